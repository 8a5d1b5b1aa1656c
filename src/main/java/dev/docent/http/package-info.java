/** The HTTP interface: routes, the event stream, problems, origins and static files. */
@NullMarked
package dev.docent.http;

import org.jspecify.annotations.NullMarked;
