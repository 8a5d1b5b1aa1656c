package dev.docent.chat;

import dev.docent.rag.Sink;

/** Receives the events of an answer, see {@link ChatService#answer}. */
public interface AnswerSink extends Sink<AnswerEvent> {}
