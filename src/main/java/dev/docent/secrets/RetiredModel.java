package dev.docent.secrets;

import java.time.LocalDate;
import java.util.regex.Pattern;

/** A model that has ended, or will on a known day. */
record RetiredModel(Pattern name, LocalDate ends, String successor) {}
