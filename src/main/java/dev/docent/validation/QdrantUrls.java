package dev.docent.validation;

import dev.docent.config.HostName;
import dev.docent.config.QdrantProtocol;
import dev.docent.config.ServiceUrl;
import dev.docent.failure.Diagnosis;
import java.util.Optional;

/** Checks the address of a Qdrant server. */
final class QdrantUrls {
    private QdrantUrls() {}

    /**
     * Returns whether the address may be used.
     *
     * @param rest whether REST is to be spoken to it
     */
    static boolean check(VariableCheck c, boolean rest) {
        if (PasteMistakes.spoilt(c)
                || PasteMistakes.misplaced(c)
                || PasteMistakes.badCharacter(c)) {
            return false;
        }
        if (c.value().matches("[^?#]*[,;|].*")) {
            c.problem(
                    Diagnosis.PASTED_TOO_MUCH,
                    "holds more than one address.",
                    "Store one. " + c.get());
            return false;
        }
        ServiceUrl url;
        try {
            url = ServiceUrl.parse(c.value());
        } catch (IllegalArgumentException e) {
            c.problem(Diagnosis.BAD_ADDRESS, String.valueOf(e.getMessage()), c.likeExample());
            return false;
        }
        Optional<String> reason = c.rule().against(url.host());
        if (reason.isPresent()) {
            c.problem(Diagnosis.BAD_ADDRESS, reason.get() + ".", c.get());
            return false;
        }
        if (c.rules().placeholderHosts().matcher(url.host()).matches()) {
            c.problem(Diagnosis.PLACEHOLDER, "still names a placeholder as its host.", c.get());
            return false;
        }
        if (url.scheme().isEmpty() && url.port() == 0 && word(url.host())) {
            c.problem(Diagnosis.BAD_ADDRESS, "is a single word and no address.", c.likeExample());
            return false;
        }
        return usable(c, url, rest);
    }

    /** A name without a dot may be a host in Docker Compose, but may as well be a key. */
    private static boolean word(String host) {
        return !host.contains(".") && !host.contains(":") && !host.equals("localhost");
    }

    private static boolean usable(VariableCheck c, ServiceUrl url, boolean rest) {
        if (url.scheme().equals("http") && c.rules().onlyTls(url.host())) {
            c.problem(
                    Diagnosis.TLS_NEEDED,
                    "begins with http://, and " + url.host() + " accepts only TLS.",
                    "Begin it with https://");
            return false;
        }
        boolean ignored =
                url.path().isEmpty()
                        || c.rule().ignoredPaths().stream()
                                .anyMatch(path ->
                                        url.path().equals(path)
                                                || (path.length() > 1
                                                        && url.path().startsWith(path)));
        if (!ignored) {
            c.problem(
                    Diagnosis.PATH_NOT_USED,
                    "has a path behind its host.",
                    "End it after the host and port.");
            return false;
        }
        if (url.path().length() > 1) {
            c.warning(
                    Diagnosis.PATH_NOT_USED,
                    "has the path of a web page behind its host, which is not used.",
                    "Take it off.");
        }
        PasteMistakes.reachable(c, HostName.isPrivate(url.host()));
        if (url.scheme().isEmpty()) {
            c.warning(
                    Diagnosis.NO_SCHEME,
                    "has no scheme; " + (url.tls() ? "https" : "http") + ":// is taken.",
                    c.likeExample());
        }
        if (url.port() == QdrantProtocol.REST_PORT && !rest) {
            c.warning(
                    Diagnosis.OTHER_PORT,
                    "names port "
                            + url.port()
                            + ", which speaks REST; gRPC is spoken to port "
                            + QdrantProtocol.GRPC_PORT
                            + " instead.",
                    "Write port "
                            + QdrantProtocol.GRPC_PORT
                            + ", or set DOCENT_QDRANT_TRANSPORT=rest to speak REST.");
        }
        return true;
    }
}
