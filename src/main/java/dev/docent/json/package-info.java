/** JSON from annotated records and JSON trees, with one mapper for all packages. */
@NullMarked
package dev.docent.json;

import org.jspecify.annotations.NullMarked;
