@NullMarked
package dev.docent.budget;

import org.jspecify.annotations.NullMarked;
