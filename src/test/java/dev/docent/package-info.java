@NullMarked
package dev.docent;

import org.jspecify.annotations.NullMarked;
