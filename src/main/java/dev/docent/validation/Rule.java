package dev.docent.validation;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What {@code config/secrets.yaml} says about one variable.
 *
 * @param usedWhen conditions {@code key=value}, of which one must hold; empty means always
 * @param requiredWhen conditions of which one makes it an error to leave the variable out
 * @param unlessPrivate a variable whose address, where it is of a private network, makes this one
 *     optional; empty for none
 * @param get an imperative: where to get the value, without a full stop
 * @param example a value of the right form
 * @param alsoWritten names under which people store it by mistake
 * @param restPort port of the service's REST interface, 0 where it does not matter
 * @param grpcPort port of the service's gRPC interface, 0 where it does not matter
 * @param restBy the setting that has REST spoken, empty where none has
 * @param ignoredPaths paths behind an address that mean nothing
 * @param not what it cannot be
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
        int restPort,
        int grpcPort,
        String restBy,
        List<String> ignoredPaths,
        List<Not> not) {

    /** A value that this variable cannot have, with the reason as the rest of a sentence. */
    record Not(Pattern value, String because) {}

    /** Why the value cannot be one of this variable; empty where nothing is known against it. */
    Optional<String> against(String value) {
        return not.stream()
                .filter(one -> one.value().matcher(value).matches())
                .map(Not::because)
                .findFirst();
    }
}
