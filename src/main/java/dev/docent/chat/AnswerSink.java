package dev.docent.chat;

import dev.docent.rag.Sink;

/** Takes an answer's events, as {@link ChatService#answer} has it. */
public interface AnswerSink extends Sink<AnswerEvent> {}
