package dev.docent.validation;

import java.time.LocalDate;
import java.util.regex.Pattern;

/**
 * A model, or a family of models, that has ended or will on a known day.
 *
 * @param label the name as the rules have it, with a star for the rest of it
 * @param remark what else there is to do, with a full stop; empty for nothing
 */
record RetiredModel(String label, Pattern name, LocalDate ends, String successor, String remark) {

    /** How a sentence names it. */
    String words() {
        return label.endsWith("*") ? "a model of " + label.replaceAll("[-.]?\\*$", "") : label;
    }
}
