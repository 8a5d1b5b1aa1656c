package dev.docent.config;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The address of a service, taken apart from whatever people paste: a bare host, a host with a
 * port, or a URL with a path. Immutable.
 *
 * @param scheme {@code http}, {@code https}, or empty where none was written
 * @param host host name or address in lower case, an IPv6 address without its brackets
 * @param port 1 to 65535, or 0 where none was written
 * @param path with its slash; empty if there is none
 */
public record ServiceUrl(String scheme, String host, int port, String path) {
    private static final Pattern SHAPE =
            Pattern.compile(
                    "(?:(?<scheme>[a-z][a-z0-9+.-]{0,20}):/{1,3})?+(?<who>[^/?#]*@)?"
                            + "(?<host>\\[[^/?#\\[\\]]*]|[^/?#:\\[\\]]*)(?::(?<port>\\d*))?"
                            + "(?<path>/[^?#]*)?(?<query>[?#].*)?",
                    Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    /**
     * Takes an address apart.
     *
     * @throws IllegalArgumentException with a sentence that holds no part of the text and reads
     *     well after the setting's name
     */
    public static ServiceUrl parse(String pasted) {
        Matcher shape = SHAPE.matcher(pasted.strip());
        if (!shape.matches()) {
            throw new IllegalArgumentException("is not the address of a service.");
        }
        String scheme = lower(shape.group("scheme"));
        if (!scheme.isEmpty() && !scheme.equals("http") && !scheme.equals("https")) {
            throw new IllegalArgumentException("begins with neither https:// nor http://.");
        }
        if (shape.group("who") != null) {
            throw new IllegalArgumentException("has a user or key before an @ sign.");
        }
        if (shape.group("query") != null) {
            throw new IllegalArgumentException("has something behind a question mark or #.");
        }
        String host = lower(shape.group("host")).replaceAll("[\\[\\]]", "");
        if (!HostName.valid(host)) {
            throw new IllegalArgumentException("names no host.");
        }
        String path = Optional.ofNullable(shape.group("path")).orElse("");
        return new ServiceUrl(scheme, host, port(shape.group("port")), path);
    }

    /**
     * Whether the connection is to be encrypted: as the scheme says; where there is none, for any
     * host but one of a private network.
     */
    public boolean tls() {
        return scheme.isEmpty() ? !HostName.isPrivate(host) : scheme.equals("https");
    }

    /** The path without a slash at its end, to stand before other paths; empty if there is none. */
    public String prefix() {
        return path.replaceFirst("(?<!/)/++$", "");
    }

    /** The port that was written, otherwise the given one. */
    public int portOr(int usual) {
        return port == 0 ? usual : port;
    }

    private static int port(@Nullable String digits) {
        if (digits == null || digits.isEmpty()) {
            return 0;
        }
        int port = digits.length() > 5 ? 0 : Integer.parseInt(digits);
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("has a port that is not in 1 to 65535.");
        }
        return port;
    }

    private static String lower(@Nullable String text) {
        return text == null ? "" : text.toLowerCase(Locale.ROOT);
    }
}
