package dev.docent.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL connection string, taken apart. Its parts are percent-decoded, and a {@code +} is a
 * plus, as in libpq ("Connection URIs" in the PostgreSQL manual, 34.1.1.2). Immutable; shows no
 * password when it is printed.
 *
 * @param hosts where the server is, at least one, tried in this order
 * @param database name of the database, by default the user's
 * @param user who logs in
 * @param secret the password, empty text where the URL has none
 * @param parameters the parameters after the question mark by libpq's names, in the order written,
 *     the last one of each name; without user and password
 */
public record DatabaseUrl(
        List<Host> hosts,
        String database,
        String user,
        Secret secret,
        Map<String, String> parameters) {

    /** What people paste around the URL: psql's command line, an assignment, quotes. */
    private static final Pattern WRAPPING =
            Pattern.compile("^(?:(?:export\\s+)?[A-Z_]+\\s*=|psql\\s)?\\s*(['\"]?)(.*?)\\1\\s*;?$");

    /**
     * {@code postgres}, {@code postgresql}, either with an SQLAlchemy dialect, or JDBC's prefix.
     */
    private static final Pattern SHAPE =
            Pattern.compile(
                    "^(?:jdbc:)?postgres(?:ql)?(?:\\+\\w+)?://"
                            + "(?:(?<who>[^/?]*)@)?(?<where>[^/?@]*)(?:/(?<database>[^?]*))?(?:\\?(?<query>.*))?$",
                    Pattern.CASE_INSENSITIVE);

    private static final Pattern HOST =
            Pattern.compile("^(?<name>\\[[0-9A-Fa-f:.%]+]|[^:\\[\\]/]+)(?::(?<port>\\d{1,5}))?$");

    private static final int DEFAULT_PORT = 5432;

    public DatabaseUrl {
        hosts = List.copyOf(hosts);
        parameters = Map.copyOf(parameters);
    }

    /**
     * Where a server listens.
     *
     * @param name host name or address, an IPv6 address without its brackets, in lower case
     * @param port 1 to 65535
     */
    public record Host(String name, int port) {}

    /**
     * Takes a connection string apart, in any of the forms in which people paste it: {@code
     * postgres://} and {@code postgresql://}, with an SQLAlchemy dialect ({@code
     * postgresql+asyncpg://}), with JDBC's prefix, as a {@code psql '…'} command, as an assignment,
     * in quotes.
     *
     * @throws IllegalArgumentException with one sentence that holds no part of {@code pasted}, and
     *     that reads well after the setting's name
     */
    public static DatabaseUrl parse(String pasted) {
        Matcher wrapping = WRAPPING.matcher(pasted.strip());
        Matcher shape = SHAPE.matcher(wrapping.matches() ? wrapping.group(2) : pasted);
        if (!shape.matches()) {
            throw new IllegalArgumentException(
                    "is not a PostgreSQL URL. Write it as"
                            + " postgresql://user:password@host/database?sslmode=require");
        }
        String[] who = Optional.ofNullable(shape.group("who")).orElse("").split(":", 2);
        Map<String, String> parameters = parameters(shape.group("query"));
        String user = Optional.ofNullable(parameters.remove("user")).orElse(decoded(who[0]));
        String password =
                Optional.ofNullable(parameters.remove("password"))
                        .orElse(who.length > 1 ? decoded(who[1]) : "");
        if (user.isEmpty()) {
            throw new IllegalArgumentException("names no user before the @ sign.");
        }
        String database = decoded(Optional.ofNullable(shape.group("database")).orElse(""));
        return new DatabaseUrl(
                hosts(shape.group("where")),
                database.isEmpty() ? user : database,
                user,
                Secret.of(password),
                parameters);
    }

    /** A parameter's value by libpq's name for it; empty if the URL does not have it. */
    public Optional<String> parameter(String name) {
        return Optional.ofNullable(parameters.get(name));
    }

    private static List<Host> hosts(String where) {
        List<Host> hosts = new ArrayList<>();
        for (String one : where.split(",", -1)) {
            Matcher host = HOST.matcher(one);
            int port = 0;
            if (host.matches()) {
                String digits = host.group("port");
                port = digits == null ? DEFAULT_PORT : Integer.parseInt(digits);
            }
            if (port < 1 || port > 65_535) {
                throw new IllegalArgumentException(
                        "has no usable host and port after the @ sign. In a user name or password"
                                + " write : as %3A, / as %2F, @ as %40, ? as %3F and # as %23.");
            }
            String name = decoded(host.group("name")).toLowerCase(Locale.ROOT);
            hosts.add(new Host(name.replaceAll("[\\[\\]]", ""), port));
        }
        return hosts;
    }

    private static Map<String, String> parameters(@Nullable String query) {
        Map<String, String> parameters = new LinkedHashMap<>();
        if (query != null) {
            for (String pair : query.split("&", -1)) {
                String[] parts = pair.split("=", 2);
                if (parts.length == 2) {
                    parameters.put(decoded(parts[0]), decoded(parts[1]));
                }
            }
        }
        return parameters;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), UTF_8);
        } catch (IllegalArgumentException _) {
            // The decoder's own message repeats the text, which may be a password.
            throw new IllegalArgumentException(
                    "has a % that is not followed by two hexadecimal digits. Write a % of a"
                            + " password as %25.");
        }
    }
}
