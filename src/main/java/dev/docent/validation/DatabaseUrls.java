package dev.docent.validation;

import dev.docent.config.DatabaseUrl;
import dev.docent.config.HostName;
import dev.docent.failure.Diagnosis;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Checks the URL of a PostgreSQL database. */
final class DatabaseUrls {
    private static final Pattern SCHEME =
            Pattern.compile("(?:jdbc:)?postgres(?:ql)?(?:\\+\\w+)?:", 2);

    /** Splits a URL into user, database name and parameters. */
    private static final Pattern DATABASE =
            Pattern.compile(
                    "[^/]*//(?<who>[^/?]*@)?[^/?]*(?:/(?<name>[^?]*))?(?:\\?(?<query>.*))?");

    private static final Pattern KEY_VALUE =
            Pattern.compile("(?:host|user|dbname|port|password)\\s*=.*", Pattern.CASE_INSENSITIVE);

    private static final Pattern USER = Pattern.compile("(?:^|&)user=");

    private static final Pattern COMMAND =
            Pattern.compile("(?:\\w+=\\S+\\s+)*psql\\b(?!.*://).*", Pattern.DOTALL);

    private static final Set<String> SSL_MODES =
            Set.of("disable", "allow", "prefer", "require", "verify-ca", "verify-full");

    private DatabaseUrls() {}

    /** Returns whether the URL may be used. */
    static boolean check(VariableCheck c) {
        if (PasteMistakes.spoilt(c)
                || otherForm(c)
                || PasteMistakes.misplaced(c)
                || PasteMistakes.badCharacter(c)) {
            return false;
        }
        Matcher parts = DATABASE.matcher(c.value());
        if (!parts.matches()) {
            c.problem(Diagnosis.BAD_ADDRESS, "is not a PostgreSQL URL.", c.likeExample());
            return false;
        }
        String name = parts.group("name") == null ? "" : parts.group("name");
        String query = parts.group("query") == null ? "" : parts.group("query");
        if (name.contains("://") || query.contains("://")) {
            c.problem(
                    Diagnosis.PASTED_TOO_MUCH, "holds more than one URL.", "Store one. " + c.get());
            return false;
        }
        // After a second @, the supposed host may be a part of the password.
        if (name.contains("@")
                || (query.contains("@")
                        && (parts.group("who") != null || !USER.matcher(query).find()))) {
            c.problem(
                    Diagnosis.PASSWORD_CUT,
                    "has an @ behind its host, so the password was cut in two.",
                    "In a user name or password write : as %3A, / as %2F, @ as %40, ? as %3F"
                            + " and # as %23.");
            return false;
        }
        if (query.isEmpty() && name.matches("[^&]*&\\w+=.*")) {
            c.problem(
                    Diagnosis.BAD_ADDRESS,
                    "has an & where its parameters begin.",
                    "Write ? instead of the first &, as in .../neondb?sslmode=require");
            return false;
        }
        DatabaseUrl url;
        try {
            url = DatabaseUrl.parse(c.value());
        } catch (IllegalArgumentException e) {
            String message = String.valueOf(e.getMessage());
            int end = message.indexOf(". ");
            c.problem(
                    Diagnosis.BAD_ADDRESS,
                    end < 0 ? message : message.substring(0, end + 1),
                    end < 0 ? c.likeExample() : message.substring(end + 2));
            return false;
        }
        return complete(c, url, name) && encrypted(c, url, query);
    }

    private static boolean otherForm(VariableCheck c) {
        String value = c.value();
        if (KEY_VALUE.matcher(value).matches()) {
            c.problem(Diagnosis.BAD_ADDRESS, "is in libpq's key=value form.", c.likeExample());
        } else if (c.rules().shape(value).filter(shape -> !shape.address()).isPresent()) {
            c.problem(
                    Diagnosis.OTHER_KIND,
                    "is a key or a password and nothing else.",
                    c.likeExample());
        } else if (COMMAND.matcher(value).matches()) {
            c.problem(Diagnosis.BAD_ADDRESS, "is a psql command that holds no URL.", c.get());
        } else if (value.matches("(?i)https?://.*") && !elsewhere(c)) {
            c.problem(
                    Diagnosis.OTHER_KIND, "is a web address instead of a PostgreSQL URL.", c.get());
        } else if (!value.contains("://")
                && value.matches("(?=[^/\\s][^/\\s@]*+@[^/\\s])[^/\\s]++/.*")) {
            c.problem(Diagnosis.BAD_ADDRESS, "has no scheme.", "Put postgresql:// before it.");
        } else if (value.matches("(?i)jdbc:(?!postgres).*")) {
            c.problem(
                    Diagnosis.BAD_ADDRESS,
                    "is a JDBC URL of another kind of database.",
                    c.likeExample());
        } else if (SCHEME.matcher(value).lookingAt() && !value.contains("://")) {
            c.problem(
                    Diagnosis.BAD_ADDRESS,
                    "lacks the two slashes behind its scheme.",
                    c.likeExample());
        } else {
            return false;
        }
        return true;
    }

    /** Whether the value's form shows that it belongs to another variable. */
    private static boolean elsewhere(VariableCheck c) {
        return c.rules().shape(c.value()).filter(s -> !s.fits(c.rule().variable())).isPresent();
    }

    private static boolean complete(VariableCheck c, DatabaseUrl url, String name) {
        for (DatabaseUrl.Host host : url.hosts()) {
            if (!HostName.valid(host.name())) {
                c.problem(
                        Diagnosis.BAD_ADDRESS, "names a host that cannot be one.", c.likeExample());
                return false;
            }
            if (c.rules().placeholderHosts().matcher(host.name()).matches()) {
                c.problem(Diagnosis.PLACEHOLDER, "still names a placeholder as its host.", c.get());
                return false;
            }
        }
        boolean local = url.hosts().stream().allMatch(host -> HostName.isPrivate(host.name()));
        String password = url.secret().reveal();
        if (password.isEmpty() && !local) {
            c.problem(Diagnosis.PASSWORD_MISSING, "has no password.", c.likeExample());
            return false;
        }
        if (!local && PasteMistakes.placeholder(c, password)) {
            c.problem(Diagnosis.PLACEHOLDER, "still has a placeholder as its password.", c.get());
            return false;
        }
        if (hasControl(password) || hasControl(url.user()) || hasControl(url.database())) {
            c.problem(
                    Diagnosis.BAD_CHARACTER,
                    "has a control character in it, written with a %.",
                    "The copy went wrong. " + c.get());
            return false;
        }
        if (name.isEmpty()) {
            c.problem(
                    Diagnosis.DATABASE_NAME_MISSING,
                    "names no database.",
                    "Write a slash and the database's name behind the host, as in .../neondb?...");
            return false;
        }
        return true;
    }

    private static boolean encrypted(VariableCheck c, DatabaseUrl url, String query) {
        String mode = url.parameter("sslmode").orElse("");
        if (!mode.isEmpty() && !SSL_MODES.contains(mode)) {
            c.problem(
                    Diagnosis.BAD_PARAMETER,
                    "has an sslmode that does not exist.",
                    "Write sslmode=require");
            return false;
        }
        List<String> hosts = url.hosts().stream().map(DatabaseUrl.Host::name).toList();
        String strict = hosts.stream().filter(c.rules()::onlyTls).findFirst().orElse("");
        if (!strict.isEmpty() && mode.isEmpty()) {
            c.problem(
                    Diagnosis.TLS_NEEDED,
                    "has no sslmode, and " + strict + " accepts only TLS.",
                    "Append " + (query.isEmpty() ? "?" : "&") + "sslmode=require");
            return false;
        }
        if (!strict.isEmpty() && mode.equals("disable")) {
            c.problem(
                    Diagnosis.TLS_NEEDED,
                    "has sslmode=disable, and " + strict + " accepts only TLS.",
                    "Write sslmode=require");
            return false;
        }
        PasteMistakes.reachable(c, hosts.stream().allMatch(HostName::isPrivate));
        boolean open = mode.isEmpty() || mode.equals("disable") || mode.equals("allow");
        if (open && !hosts.stream().allMatch(HostName::isPrivate)) {
            c.warning(
                    Diagnosis.TLS_OPTIONAL,
                    "lets the password travel without TLS if the server does not ask for it.",
                    "Write sslmode=require where the server knows TLS.");
        }
        return true;
    }

    private static boolean hasControl(String text) {
        return text.chars().anyMatch(Character::isISOControl);
    }
}
