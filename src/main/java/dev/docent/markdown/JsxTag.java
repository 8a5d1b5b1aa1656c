package dev.docent.markdown;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A tag of JSX or HTML as it stands in the source.
 *
 * @param name element or component, empty for a fragment or a comment
 * @param closing whether it is a closing tag
 * @param selfClosing whether it ends in a slash
 * @param source the tag as written
 */
record JsxTag(String name, boolean closing, boolean selfClosing, String source) {
    private static final Set<String> WITHIN_WORDS =
            Set.of(
                    "a", "abbr", "b", "code", "em", "font", "i", "kbd", "mark", "q", "s", "small",
                    "span", "strong", "sub", "sup", "u", "var", "wbr");

    private static final Pattern TAB = Pattern.compile("\\{[^{}]*}");
    private static final Pattern LABEL =
            Pattern.compile("['\"]?\\blabel['\"]?\\s*:\\s*(['\"`])((?:(?!\\1).)*)\\1");
    private static final Pattern VALUE =
            Pattern.compile("['\"]?\\bvalue['\"]?\\s*:\\s*(['\"`])((?:(?!\\1).)*)\\1");

    private static final Pattern NAME = Pattern.compile("^</?\\s*([\\w$.:-]*)");

    static JsxTag of(String source) {
        Matcher name = NAME.matcher(source);
        return new JsxTag(
                name.find() ? name.group(1) : "",
                source.startsWith("</"),
                source.endsWith("/>"),
                source);
    }

    /** Whether it is an element of HTML rather than a component. */
    boolean html() {
        return !name.isEmpty() && Character.isLowerCase(name.charAt(0));
    }

    /** Whether it is an element of HTML that does not set words apart. */
    boolean withinWords() {
        return html() && WITHIN_WORDS.contains(element());
    }

    /** What the tabs of this element are called, by their values. */
    Map<String, String> labels() {
        Map<String, String> labels = new HashMap<>();
        Matcher tab = TAB.matcher(source);
        while (tab.find()) {
            Matcher label = LABEL.matcher(tab.group());
            Matcher value = VALUE.matcher(tab.group());
            if (label.find() && value.find()) {
                labels.put(value.group(2), label.group(2));
            }
        }
        return labels;
    }

    /** The name in lower case. */
    String element() {
        return name.toLowerCase(Locale.ROOT);
    }

    /** The value of an attribute; empty if it is missing or not a plain string. */
    Optional<String> attribute(String key) {
        Matcher attribute =
                Pattern.compile(
                                "[\\s\"'}]"
                                        + key
                                        + "\\s*=\\s*\\{?\\s*(?:\"([^\"]*)\"|'([^']*)'|`([^`]*)`)")
                        .matcher(source);
        if (!attribute.find()) {
            return Optional.empty();
        }
        for (int group = 1; group <= 3; group++) {
            String value = attribute.group(group);
            if (value != null && !value.isBlank()) {
                return Optional.of(value.strip());
            }
        }
        return Optional.empty();
    }

    /** The text in its attributes that readers see: a tab's label, a card's title. */
    String visibleText() {
        if (closing || name.isEmpty()) {
            return "";
        }
        if (html()) {
            return element().equals("img") ? attribute("alt").orElse("") : "";
        }
        if (name.equals("Translate") || name.equals("Head")) {
            return "";
        }
        StringBuilder text = new StringBuilder();
        for (String key :
                new String[] {
                    "title", "label", "summary", "heading", "header", "description", "message"
                }) {
            attribute(key)
                    .ifPresent(value -> text.append(text.isEmpty() ? "" : ": ").append(value));
        }
        return text.toString();
    }
}
