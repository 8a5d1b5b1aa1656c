/** The wire: routes, the event stream, refusals, origins and the static pages. */
@NullMarked
package dev.docent.http;

import org.jspecify.annotations.NullMarked;
