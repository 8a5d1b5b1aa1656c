/** JSON out of annotated records, and JSON as trees, by one mapper for all. */
@NullMarked
package dev.docent.json;

import org.jspecify.annotations.NullMarked;
