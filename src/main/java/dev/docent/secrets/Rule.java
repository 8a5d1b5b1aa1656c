package dev.docent.secrets;

import java.util.List;
import java.util.Map;

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
 * @param notHosts hosts that it cannot be, each with the reason
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
        Map<String, String> notHosts) {}
