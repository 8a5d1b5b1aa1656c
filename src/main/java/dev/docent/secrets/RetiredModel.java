package dev.docent.secrets;

import java.time.LocalDate;
import java.util.regex.Pattern;

/**
 * A model, or a family of models, that has ended or will on a known day.
 *
 * @param label the name as the rules have it, with a star for the rest of it
 */
record RetiredModel(String label, Pattern name, LocalDate ends, String successor) {}
