package dev.docent.validation;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What {@code config/secrets.yaml} says about one variable.
 *
 * @param usedWhen conditions {@code key=value}; the variable is used if one holds, or if there are
 *     none
 * @param requiredWhen conditions; if one holds, it is an error to leave the variable out
 * @param unlessPrivate a variable with an address; if that is of a private network, this variable
 *     is optional; empty for none
 * @param get an imperative: where to get the value, without a full stop
 * @param example a value of the right form
 * @param alsoWritten names that people use for it by mistake
 * @param ignoredPaths paths after an address that have no meaning
 * @param not values that it cannot have
 */
record Rule(
        String variable,
        Kind kind,
        List<String> usedWhen,
        List<String> requiredWhen,
        String unlessPrivate,
        String get,
        String example,
        List<String> alsoWritten,
        List<String> ignoredPaths,
        List<Not> not) {

    /** Values that this variable cannot have, with the reason as the rest of a sentence. */
    record Not(Pattern value, String because) {}

    /** Why the variable cannot have this value; empty if nothing is known against it. */
    Optional<String> against(String value) {
        return not.stream()
                .filter(one -> one.value().matcher(value).matches())
                .map(Not::because)
                .findFirst();
    }
}
