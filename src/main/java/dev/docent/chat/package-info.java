/** A question in, the events of its answer out, and the conversation kept. */
@NullMarked
package dev.docent.chat;

import org.jspecify.annotations.NullMarked;
