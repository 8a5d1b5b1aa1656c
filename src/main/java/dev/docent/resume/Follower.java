package dev.docent.resume;

import dev.docent.chat.AnswerEvent;

/** A reader of an answer. */
public interface Follower {
    /**
     * Takes an event.
     *
     * @param id the event's number, from 1 on
     */
    void accept(int id, AnswerEvent event);

    /** Sends what was taken. */
    void flush();

    /** Whether the reader's connection has broken. */
    boolean left();
}
