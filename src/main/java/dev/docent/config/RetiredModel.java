package dev.docent.config;

import java.time.LocalDate;
import java.util.regex.Pattern;

/**
 * A model, or a family of models, that has ended or will on a known day, as {@code
 * config/secrets.yaml} lists them.
 *
 * @param label the name as it is listed, with a star for the rest of it
 * @param name matches the names of all that is meant, whole
 * @param ends the first day without it
 * @param successor the name of the model to take instead
 * @param remark what else there is to do, with a full stop; empty for nothing
 */
public record RetiredModel(
        String label, Pattern name, LocalDate ends, String successor, String remark) {

    /** Whether a model is this one or of this family. */
    public boolean covers(String model) {
        return name.matcher(model).matches();
    }

    /** How a sentence names it. */
    public String words() {
        return label.endsWith("*") ? "a model of " + label.replaceAll("[-.]?\\*$", "") : label;
    }
}
