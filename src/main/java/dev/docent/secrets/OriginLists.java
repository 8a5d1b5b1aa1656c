package dev.docent.secrets;

import dev.docent.config.HostName;
import dev.docent.config.Origins;
import java.net.IDN;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Checks a list of origins in the forms in which people write it: commas, semicolons, blanks, line
 * ends or a JSON array between them.
 */
final class OriginLists {
    private static final int MOST_COMPLAINTS = 5;
    private static final int MOST_STARS = 3;
    private static final int LONGEST_HOST = 253;

    private static final Pattern SEPARATOR = Pattern.compile("[,;\\s]+");
    private static final Pattern DRESSING = Pattern.compile("^[\\[\\]\"'`“”‘’]+|[\\]\"'`“”‘’]+$");

    private static final Pattern URL =
            Pattern.compile(
                    "(?:(?<scheme>[a-z][a-z0-9+.-]{0,20}):/{1,3})?+(?<who>[^/?#]*@)?"
                            + "(?<host>\\[[0-9a-f:.]+]|[^/?#:@\\[\\]]*)(?<port>:[^/?#]*)?"
                            + "(?<rest>[/?#].*)?",
                    Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    /** Plainly the name of a site, and not a key that has a dot in it. */
    private static final Pattern SITE =
            Pattern.compile(
                    "(?=(?:\\D*\\d){0,4}\\D*$)[a-z0-9*-]{1,63}(\\.[a-z0-9*-]{1,63})*\\.[a-z]{2,18}|localhost");

    private final Case c;
    private int complaints;

    private OriginLists(Case c) {
        this.c = c;
    }

    /** The origins and patterns with commas between; empty where one cannot be used. */
    static Optional<String> check(Case c) {
        if (Paste.spoilt(c)) {
            return Optional.empty();
        }
        return new OriginLists(c).list();
    }

    private Optional<String> list() {
        Set<String> origins = new LinkedHashSet<>();
        List<String> entries =
                SEPARATOR
                        .splitAsStream(c.value())
                        .map(entry -> DRESSING.matcher(entry).replaceAll(""))
                        .filter(entry -> !entry.isEmpty())
                        .toList();
        for (String entry : entries) {
            entry(entry).ifPresent(origins::add);
        }
        if (entries.isEmpty()) {
            c.problem("names no origin.", c.likeExample());
        } else if (complaints > MOST_COMPLAINTS) {
            c.problemWith((complaints - MOST_COMPLAINTS) + " more entries are no origins.", "");
        }
        return complaints == 0 && !entries.isEmpty()
                ? Optional.of(String.join(",", origins))
                : Optional.empty();
    }

    private Optional<String> entry(String entry) {
        if (entry.equals("*")) {
            return wrong(
                    "\"*\" would let every site on the internet spend your quota.",
                    "Name your site: " + c.rule().example());
        }
        if (entry.equalsIgnoreCase("null")) {
            return wrong(
                    "\"null\" is the origin of every sandboxed page.",
                    "Name your site: " + c.rule().example());
        }
        if (Paste.placeholder(c, entry)) {
            return wrong("an entry is still a placeholder.", c.likeExample());
        }
        Optional<Shape> shape = c.rules().shape(entry).filter(s -> !isSite(s));
        if (shape.isPresent()) {
            String where = shape.get().belongsIn();
            return wrong(
                    "an entry is " + shape.get().is() + ".",
                    where.isEmpty() ? "Take it out." : "That belongs in " + where + ".");
        }
        Matcher url = URL.matcher(entry);
        if (!url.matches() || url.group("who") != null) {
            return wrong("an entry is not an origin.", c.likeExample());
        }
        return parts(
                text(url.group("scheme")).toLowerCase(Locale.ROOT),
                ascii(url.group("host")),
                text(url.group("port")),
                text(url.group("rest")));
    }

    private Optional<String> parts(String scheme, String host, String port, String rest) {
        String bare = host.replaceAll("[\\[\\]]", "");
        String plausible = bare.replace("*", "x");
        boolean portFine = port.isEmpty() || port.matches(":\\d{1,5}");
        boolean web = scheme.isEmpty() || scheme.equals("http") || scheme.equals("https");
        if (!HostName.valid(plausible) || !portFine || !web) {
            return wrong("an entry is not an origin.", c.likeExample());
        }
        String usual = HostName.isPrivate(bare) ? "http" : "https";
        String origin =
                Origins.serialized((scheme.isEmpty() ? usual : scheme) + "://" + host + port);
        boolean shown = SITE.matcher(bare).matches();
        if (scheme.isEmpty()) {
            return shown
                    ? wrong(
                            "\""
                                    + host
                                    + port
                                    + (rest.isEmpty() ? "" : "/")
                                    + "\" is not an origin.",
                            "Write " + origin)
                    : wrong("an entry has no scheme.", c.likeExample());
        }
        String named = shown || scheme.equals("http") ? "\"" + origin + "\"" : "an entry";
        named = HostName.valid(plausible) && plausible.contains(".") ? "\"" + origin + "\"" : named;
        String reason = c.rule().notHosts().get(bare);
        if (reason != null) {
            return wrong(named + " " + reason + ".", "Take it out.");
        }
        if (!rest.isEmpty() && !rest.equals("/")) {
            return wrong(
                    named.replaceFirst("\"$", "/…\"") + " has a path, and an origin has none.",
                    "Write " + origin);
        }
        if (!pattern(origin, bare, port)) {
            return Optional.empty();
        }
        if (rest.equals("/")) {
            c.warningFor(
                    "the slash behind " + origin + " came off.", "An origin ends with its host.");
        }
        if (scheme.equals("http") && !HostName.isPrivate(bare)) {
            c.warningFor(
                    origin + " matches only pages that are served without TLS, hardly any today.",
                    "Write https" + origin.substring(4));
        }
        return Optional.of(origin);
    }

    /** Checks the star of a pattern; an origin without one passes. */
    private boolean pattern(String origin, String host, String port) {
        if (!origin.contains("*")) {
            return true;
        }
        int last = host.lastIndexOf('*');
        String behind = host.substring(last + 1);
        Optional<String> shared = c.rules().shared(host);
        String label = host.contains(".") ? host.substring(0, host.indexOf('.')) : host;
        if (port.contains("*") || label.length() <= last || !behind.contains(".")) {
            wrong(
                    "\"" + origin + "\" has a star where none can stand.",
                    "A star stands for a part of the first name: https://my-book-*-myteam.vercel.app");
        } else if (host.chars().filter(ch -> ch == '*').count() > MOST_STARS) {
            wrong("\"" + origin + "\" has more than three stars.", c.likeExample());
        } else if (label.equals("*") && (shared.isPresent() || dots(host) < 2)) {
            wrong(
                    "\""
                            + origin
                            + "\" would let in every site under "
                            + host.substring(2)
                            + ", where anybody can have one.",
                    "Name a part that is yours: https://my-book-*-myteam." + host.substring(2));
        } else {
            if (shared.isPresent() && (label.startsWith("*") || label.endsWith("*"))) {
                c.warningFor(
                        "anybody can take a name under "
                                + shared.get()
                                + " that fits "
                                + origin
                                + ".",
                        "Put your own names on both sides of the star:"
                                + " https://my-book-*-myteam.vercel.app");
            }
            return true;
        }
        return false;
    }

    private static long dots(String host) {
        return host.chars().filter(ch -> ch == '.').count();
    }

    private Optional<String> wrong(String sentence, String remedy) {
        complaints++;
        if (complaints <= MOST_COMPLAINTS) {
            c.problemWith(sentence, remedy);
        }
        return Optional.empty();
    }

    private boolean isSite(Shape shape) {
        return shape.fits(c.rule().variable());
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }

    /** A host as browsers write it: international names in their ASCII form (RFC 5891). */
    private static String ascii(String host) {
        // IDN throws a bare RuntimeException for a text of some thousand characters.
        if (host.length() > LONGEST_HOST) {
            return "";
        }
        try {
            return IDN.toASCII(host).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
