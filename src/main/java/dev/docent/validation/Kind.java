package dev.docent.validation;

/** What a variable holds, which decides how it is checked. */
enum Kind {
    API_KEY,
    QDRANT_URL,
    DATABASE_URL,
    ORIGINS,
    NAME,
    MODEL,
    LEVEL
}
