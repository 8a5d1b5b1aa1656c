/** Takes a question, gives the events of its answer, and stores the conversation. */
@NullMarked
package dev.docent.chat;

import org.jspecify.annotations.NullMarked;
