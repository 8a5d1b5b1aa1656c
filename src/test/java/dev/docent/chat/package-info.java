@NullMarked
package dev.docent.chat;

import org.jspecify.annotations.NullMarked;
