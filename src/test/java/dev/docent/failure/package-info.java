@NullMarked
package dev.docent.failure;

import org.jspecify.annotations.NullMarked;
