@NullMarked
package dev.docent.script;

import org.jspecify.annotations.NullMarked;
