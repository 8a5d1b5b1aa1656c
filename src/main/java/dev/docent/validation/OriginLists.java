package dev.docent.validation;

import dev.docent.config.HostName;
import dev.docent.config.Origins;
import dev.docent.config.Problem;
import dev.docent.failure.Diagnosis;
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
 * Checks a list of origins in the forms in which people write it: separated by commas, semicolons,
 * blanks or line ends, or as a JSON array.
 */
final class OriginLists {
    private static final int MOST_COMPLAINTS = 5;
    private static final int LONGEST_HOST = 253;

    private static final Pattern ASCII =
            Pattern.compile("[\\p{ASCII}&&[^.]]{1,63}+(?:\\.[\\p{ASCII}&&[^.]]{1,63}+)*+");
    private static final Pattern SEPARATOR = Pattern.compile("[,;\\s]+");
    private static final Pattern DRESSING =
            Pattern.compile("^[\\[\\]\"'`“”‘’]++|(?<![\\]\"'`“”‘’])[\\]\"'`“”‘’]++$");

    private static final Pattern URL =
            Pattern.compile(
                    "(?:(?<scheme>[a-z][a-z0-9+.-]{0,20}):/{1,3})?+(?<who>[^/?#]*@)?"
                            + "(?<host>\\[[0-9a-f:.]+]|[^/?#:@\\[\\]]*)(?<port>:[^/?#]*)?"
                            + "(?<rest>[/?#].*)?",
                    Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    /** Plainly the name of a site, not a key with a dot in it. */
    private static final Pattern SITE =
            Pattern.compile(
                    "(?=(?:\\D*\\d){0,4}\\D*$)[a-z0-9*-]{1,63}(\\.[a-z0-9*-]{1,63})*\\.[a-z]{2,18}|localhost");

    private final VariableCheck c;
    private int complaints;

    /** What the messages call the entry that is being looked at. */
    private String named = "the value";

    private OriginLists(VariableCheck c) {
        this.c = c;
    }

    /** The origins and patterns, separated by commas; empty if one cannot be used. */
    static Optional<String> check(VariableCheck c) {
        if (PasteMistakes.spoilt(c) || PasteMistakes.masked(c)) {
            return Optional.empty();
        }
        if (c.value().chars().anyMatch(ch -> ch < ' ' && !Character.isWhitespace(ch))) {
            c.problem(
                    Diagnosis.BAD_CHARACTER,
                    "has a control character in it.",
                    "The copy went wrong. " + c.get());
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
        for (int i = 0; i < entries.size(); i++) {
            named = entries.size() == 1 ? named : "entry " + (i + 1) + " of " + entries.size();
            entry(entries.get(i)).ifPresent(origins::add);
        }
        if (entries.isEmpty()) {
            c.problem(Diagnosis.BAD_ORIGIN, "names no origin.", c.likeExample());
        } else if (complaints > MOST_COMPLAINTS) {
            c.problemWith(
                    Diagnosis.BAD_ORIGIN,
                    (complaints - MOST_COMPLAINTS) + " more entries are no origins.",
                    "");
        }
        if (complaints == 0 && c.inSpace() && origins.stream().allMatch(OriginLists::near)) {
            c.warning(
                    Diagnosis.PRIVATE_ADDRESS,
                    "names no site on the internet, so your readers' pages get 403.",
                    "Add the address of your site, such as " + c.rule().example());
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
        if (PasteMistakes.placeholder(c, entry)) {
            return wrong(
                    Diagnosis.PLACEHOLDER, named + " is still a placeholder.", c.likeExample());
        }
        Optional<ValueShape> shape = c.rules().shape(entry).filter(s -> !isSite(s));
        if (shape.isPresent()) {
            String where = shape.get().belongsIn();
            return wrong(
                    Diagnosis.OTHER_KIND,
                    named + " is " + shape.get().is() + ".",
                    (where.isEmpty() ? "" : "That belongs in " + where + ". ") + c.likeExample());
        }
        Matcher url = URL.matcher(entry);
        if (!url.matches() || url.group("who") != null) {
            return wrong(named + " is not an origin.", c.likeExample());
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
            return wrong(named + " is not an origin.", c.likeExample());
        }
        String usual = HostName.isPrivate(bare) ? "http" : "https";
        String origin =
                Origins.serialized((scheme.isEmpty() ? usual : scheme) + "://" + host + port);
        boolean shown = SITE.matcher(bare).matches();
        if (scheme.isEmpty()) {
            if (shown && host.contains("*") && !pattern(origin, bare, port)) {
                return Optional.empty();
            }
            return shown
                    ? wrong(
                            "\""
                                    + host
                                    + port
                                    + (rest.isEmpty() ? "" : "/")
                                    + "\" is not an origin.",
                            "Write " + origin)
                    : wrong(named + " has no scheme.", c.likeExample());
        }
        boolean nameable = shown || scheme.equals("http") || plausible.contains(".");
        String name = nameable ? "\"" + origin + "\"" : named;
        Optional<String> reason = c.rule().against(bare);
        if (reason.isPresent()) {
            return wrong(name + " " + reason.get() + ".", "Name your site: " + c.rule().example());
        }
        if (!rest.isEmpty() && !rest.equals("/")) {
            return wrong(
                    name.replaceFirst("\"$", "/…\"") + " has a path, and an origin has none.",
                    "Write " + origin);
        }
        if (!pattern(origin, bare, port)) {
            return Optional.empty();
        }
        if (rest.equals("/")) {
            c.warningFor(
                    Diagnosis.CLEANED,
                    "the slash behind " + origin + " came off.",
                    "An origin ends with its host.");
        }
        if (scheme.equals("https")
                && HostName.isPrivate(bare)
                && !bare.matches(".*[.:].*|localhost")) {
            c.warningFor(
                    Diagnosis.UNLIKELY_ORIGIN,
                    name + " has a host without a dot, which no site on the internet has.",
                    "Write all of it: " + c.rule().example());
        }
        if (scheme.equals("http") && !HostName.isPrivate(bare)) {
            c.warningFor(
                    Diagnosis.UNLIKELY_ORIGIN,
                    origin + " matches only pages that are served without TLS, hardly any today.",
                    "Write https" + origin.substring(4));
        }
        return Optional.of(origin);
    }

    /** Checks the stars of a pattern; an origin without one passes. */
    private boolean pattern(String origin, String host, String port) {
        Optional<Problem> objection = OriginWildcards.objection(c, origin, host, port);
        objection.ifPresent(
                problem -> wrong(problem.diagnosis(), problem.headline(), problem.remedy()));
        return objection.isEmpty();
    }

    private Optional<String> wrong(String sentence, String remedy) {
        return wrong(Diagnosis.BAD_ORIGIN, sentence, remedy);
    }

    private Optional<String> wrong(Diagnosis diagnosis, String sentence, String remedy) {
        complaints++;
        if (complaints <= MOST_COMPLAINTS) {
            c.problemWith(diagnosis, sentence, remedy);
        }
        return Optional.empty();
    }

    /** Whether the origin is of this machine or a private network. */
    private static boolean near(String origin) {
        return HostName.isPrivate(origin.replaceAll("^https?://|:\\d+$|[\\[\\]]", ""));
    }

    private boolean isSite(ValueShape shape) {
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
        // ASCII names need no IDN, whose tables would take 20 ms of a start.
        if (ASCII.matcher(host).matches()) {
            return host.toLowerCase(Locale.ROOT);
        }
        try {
            return IDN.toASCII(host).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
