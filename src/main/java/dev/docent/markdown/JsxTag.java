package dev.docent.markdown;

import java.util.Locale;
import java.util.Optional;
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
        if (name.equals("TabItem")) {
            return attribute("label").or(() -> attribute("value")).orElse("");
        }
        StringBuilder text = new StringBuilder();
        for (String key : new String[] {"title", "label", "summary", "heading", "description"}) {
            attribute(key)
                    .ifPresent(value -> text.append(text.isEmpty() ? "" : ": ").append(value));
        }
        return text.toString();
    }
}
