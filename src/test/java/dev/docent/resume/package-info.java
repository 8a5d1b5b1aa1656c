@NullMarked
package dev.docent.resume;

import org.jspecify.annotations.NullMarked;
