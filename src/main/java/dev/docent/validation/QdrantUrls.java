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
     * Returns the address as it is used; empty if it cannot be.
     *
     * @param transport what is to be spoken to it
     */
    static Optional<String> check(VariableCheck c, QdrantProtocol transport) {
        if (PasteMistakes.spoilt(c)
                || PasteMistakes.misplaced(c)
                || PasteMistakes.badCharacter(c)) {
            return Optional.empty();
        }
        if (c.value().matches("[^?#]*[,;|].*")) {
            c.problem(
                    Diagnosis.PASTED_TOO_MUCH,
                    "holds more than one address.",
                    "Store one. " + c.get());
            return Optional.empty();
        }
        ServiceUrl url;
        try {
            url = ServiceUrl.parse(c.value());
        } catch (IllegalArgumentException e) {
            c.problem(Diagnosis.BAD_ADDRESS, String.valueOf(e.getMessage()), c.likeExample());
            return Optional.empty();
        }
        Optional<String> reason = c.rule().against(url.host());
        if (reason.isPresent()) {
            c.problem(Diagnosis.BAD_ADDRESS, reason.get() + ".", c.get());
            return Optional.empty();
        }
        if (c.rules().placeholderHosts().matcher(url.host()).matches()) {
            c.problem(Diagnosis.PLACEHOLDER, "still names a placeholder as its host.", c.get());
            return Optional.empty();
        }
        if (url.scheme().isEmpty() && url.port() == 0 && word(url.host())) {
            c.problem(Diagnosis.BAD_ADDRESS, "is a single word and no address.", c.likeExample());
            return Optional.empty();
        }
        return usable(c, url, transport);
    }

    /** A name without a dot may be a host in Docker Compose, but may as well be a key. */
    private static boolean word(String host) {
        return !host.contains(".") && !host.contains(":") && !host.equals("localhost");
    }

    private static Optional<String> usable(
            VariableCheck c, ServiceUrl url, QdrantProtocol transport) {
        boolean cloud = c.rules().onlyTls(url.host());
        if (url.scheme().equals("http") && cloud) {
            c.problem(
                    Diagnosis.TLS_NEEDED,
                    "begins with http://, and " + url.host() + " accepts only TLS.",
                    "Begin it with https://");
            return Optional.empty();
        }
        boolean page =
                c.rule().ignoredPaths().stream()
                        .anyMatch(path ->
                                url.path().equals(path)
                                        || (path.length() > 1 && url.path().startsWith(path)));
        boolean prefix = !page && !url.prefix().isEmpty();
        if (prefix && (cloud || url.path().matches("/collections\\b.*"))) {
            c.problem(
                    Diagnosis.PATH_NOT_USED,
                    "has a path behind its host.",
                    "End it after the host and port.");
            return Optional.empty();
        }
        if (prefix && transport == QdrantProtocol.GRPC) {
            c.problem(
                    Diagnosis.PATH_NOT_USED,
                    "has a path behind its host, and gRPC knows none.",
                    "Leave DOCENT_QDRANT_TRANSPORT unset, and REST is spoken behind that path.");
            return Optional.empty();
        }
        if (prefix && !url.path().matches("[\\w./~-]+")) {
            c.problem(
                    Diagnosis.BAD_CHARACTER,
                    "has a path behind its host with a character that none should have.",
                    "Use letters, digits, - and _ in it.");
            return Optional.empty();
        }
        if (page && url.path().length() > 1) {
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
        if (url.port() == QdrantProtocol.REST_PORT && transport != QdrantProtocol.REST && !prefix) {
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
        int end = c.value().length() - url.path().length();
        return Optional.of(page ? c.value().substring(0, end) : c.value());
    }
}
