package dev.docent.failure;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Makes a service's own words fit to stand behind a sentence of ours: on one line, of bounded
 * length, without the secret by which the service is called, nor a part of it.
 */
public final class OwnWords {
    private static final int LONGEST = 300;

    /** No sentence of a service has so much before its first 300 visible characters. */
    private static final int MOST_MARKUP = 20_000;

    /** So many characters of a secret in a row are a part of it; fewer are a coincidence. */
    private static final int PART = 8;

    private static final String STARS = "*****";

    /** Blanks, line ends, and what could steer the owner's terminal. */
    private static final Pattern INVISIBLE =
            Pattern.compile("[\\s\\p{Cc}\\p{Cf}\\p{Cn}\\p{Co}\\p{Cs}]++");

    private static final Pattern LIKE_A_KEY =
            Pattern.compile("(?:AIza|AQ\\.|eyJ|npg_)[\\w-][\\w.-]*|(?<=://)[^\\s/@]+(?=@)");

    private static final Pattern PAGE =
            Pattern.compile("(?i)<(?:!doctype|html|head|body|title|style|script|h1|p)\\b");

    private static final Pattern MARKUP =
            Pattern.compile("(?is)<(?:script|style)\\b[^<]*+(?:<(?!/)[^<]*+)*+|<[^<>]*+>");

    private OwnWords() {}

    /**
     * The words as one sentence or more, which ends with a full stop; empty if there are none.
     *
     * @param message of any length and content, also HTML
     * @param secret what must not be repeated, in no encoding; empty for none
     */
    public static String of(String message, String secret) {
        String text = withoutSecret(message, secret);
        text = LIKE_A_KEY.matcher(text).replaceAll(STARS);
        if (PAGE.matcher(text).find()) {
            text = text.substring(0, Math.min(text.length(), MOST_MARKUP));
            text = MARKUP.matcher(text).replaceAll(" ");
        }
        text = INVISIBLE.matcher(text).replaceAll(" ").strip();
        if (text.codePoints().noneMatch(Character::isLetterOrDigit)) {
            return "";
        }
        if (text.codePointCount(0, text.length()) > LONGEST) {
            return text.substring(0, text.offsetByCodePoints(0, LONGEST)).strip() + " ….";
        }
        return text.endsWith(".") ? text : text + ".";
    }

    /** The same behind a few words of ours, which end with a colon; empty if there are none. */
    public static String after(String ours, String message, String secret) {
        String words = of(message, secret);
        return words.isEmpty() ? "" : " " + ours + " " + words;
    }

    private static String withoutSecret(String message, String secret) {
        if (secret.isEmpty()) {
            return message;
        }
        String text = message;
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        for (String form :
                Stream.of(
                                secret,
                                URLEncoder.encode(secret, StandardCharsets.UTF_8),
                                Base64.getEncoder().encodeToString(bytes),
                                Base64.getUrlEncoder().encodeToString(bytes))
                        .distinct()
                        .toList()) {
            text = form.length() < PART ? whole(text, form) : parts(text, form);
        }
        return text;
    }

    /** A short secret may be a part of a word, and is taken out only where it stands alone. */
    private static String whole(String text, String form) {
        return Pattern.compile("(?<![\\p{L}\\p{N}])" + Pattern.quote(form) + "(?![\\p{L}\\p{N}])")
                .matcher(text)
                .replaceAll(STARS);
    }

    private static String parts(String text, String form) {
        Set<String> known = new HashSet<>();
        for (int i = 0; i + PART <= form.length(); i++) {
            known.add(form.substring(i, i + PART));
        }
        StringBuilder rest = new StringBuilder(text.length());
        int at = 0;
        while (at < text.length()) {
            int end = at;
            while (end + PART <= text.length() && known.contains(text.substring(end, end + PART))) {
                end++;
            }
            if (end == at) {
                rest.append(text.charAt(at));
                at++;
            } else {
                rest.append(STARS);
                at = end + PART - 1;
            }
        }
        return rest.toString();
    }
}
