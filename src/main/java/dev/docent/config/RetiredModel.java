package dev.docent.config;

import java.time.LocalDate;
import java.util.regex.Pattern;

/**
 * A model, or a family of models, that was or will be shut down on a known day, as listed in {@code
 * config/secrets.yaml}.
 *
 * @param label the name as it is listed, with a star for the rest of it
 * @param name matches the full names of these models
 * @param ends the first day without it
 * @param successor the name of the model to use instead
 * @param remark what else there is to do, with a full stop; empty for nothing
 */
public record RetiredModel(
        String label, Pattern name, LocalDate ends, String successor, String remark) {

    /** Whether a model is this one or of this family. */
    public boolean covers(String model) {
        return name.matcher(model).matches();
    }

    /** Its name within a sentence. */
    public String words() {
        return label.endsWith("*") ? "a model of " + label.replaceAll("[-.]?\\*$", "") : label;
    }
}
