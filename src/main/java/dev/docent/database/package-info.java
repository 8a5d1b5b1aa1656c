/** Conversations in PostgreSQL or in an H2 file, through Helidon DbClient. */
@NullMarked
package dev.docent.database;

import org.jspecify.annotations.NullMarked;
