@NullMarked
package dev.docent.connection;

import org.jspecify.annotations.NullMarked;
