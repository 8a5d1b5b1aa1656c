@NullMarked
package dev.docent.database;

import org.jspecify.annotations.NullMarked;
