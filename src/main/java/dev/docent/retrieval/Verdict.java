package dev.docent.retrieval;

/** Whether a question can be answered from what was found. */
public enum Verdict {
    /** The passages are evidence enough. */
    ANSWERABLE,
    /** The site does not answer it. */
    UNANSWERED,
    /** It names nothing to look up, so the reader is asked what is meant. */
    VAGUE
}
