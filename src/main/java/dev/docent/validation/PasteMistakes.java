package dev.docent.validation;

import dev.docent.config.Secret;
import dev.docent.failure.Diagnosis;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The mistakes of copying and pasting that any value can show. */
final class PasteMistakes {
    private static final int LONGEST = 8192;

    private static final Pattern ASSIGNMENT =
            Pattern.compile(
                    "(?:export\\s+)?(?<name>[A-Z][A-Z0-9]*_[A-Z0-9_]+)\\s*[=:].*", Pattern.DOTALL);

    private static final Pattern MORE_LINES =
            Pattern.compile("\\R[ \\t]*+(?:export\\s+)?[A-Z][A-Z0-9]*_[A-Z0-9_]+\\s*=");

    private static final Pattern REFERENCE =
            Pattern.compile("\\$\\{?[A-Za-z_]\\w*}?|%[A-Za-z_]\\w*%|\\$\\{\\{.*}}");

    private static final Pattern MASKED = Pattern.compile("[*•●∙·]{3}|…|\\.{3}");

    private PasteMistakes() {}

    /** Reports what is wrong with a value of any kind; returns whether anything is. */
    static boolean spoilt(VariableCheck c) {
        String value = c.value();
        if (value.length() > LONGEST) {
            c.problem(
                    Diagnosis.PASTED_TOO_MUCH,
                    "is " + value.length() + " characters long, which no such value is.",
                    "A whole file may have been pasted. " + c.get());
            return true;
        }
        if (MORE_LINES.matcher(value).find()) {
            c.problem(
                    Diagnosis.PASTED_TOO_MUCH,
                    "holds several NAME=value lines, as a .env file does.",
                    "Store each value as a secret of its own, under its name.");
            return true;
        }
        Matcher assignment = ASSIGNMENT.matcher(value);
        if (assignment.matches()) {
            c.problem(
                    Diagnosis.PASTED_TOO_MUCH,
                    otherName(c, assignment.group("name")),
                    "Store the bare value. " + c.get());
            return true;
        }
        if (REFERENCE.matcher(value).matches()) {
            c.problem(
                    Diagnosis.REFERENCE,
                    "holds a reference to a variable, which nothing replaces here.",
                    "Store the value itself. " + c.get());
            return true;
        }
        if (placeholder(c, value)) {
            c.problem(Diagnosis.PLACEHOLDER, "still holds a placeholder.", c.get());
            return true;
        }
        return false;
    }

    /** Whether a value, or a part of one, is still a placeholder. */
    static boolean placeholder(VariableCheck c, String part) {
        boolean nameable = c.rule().kind() == Kind.NAME || c.rule().kind() == Kind.ORIGINS;
        return part.equalsIgnoreCase(c.rule().variable())
                || (!nameable && c.rules().placeholderWords().matcher(part).matches())
                || c.rules().placeholders().matcher(part).matches();
    }

    /** Reports a value that was masked where it was copied; returns whether it was. */
    static boolean masked(VariableCheck c) {
        boolean masked = MASKED.matcher(c.value()).find();
        if (masked) {
            c.problem(
                    Diagnosis.MASKED,
                    "is a masked copy: stars or dots stand where the value was hidden.",
                    "Use the page's copy button, or show the value before you copy it. " + c.get());
        }
        return masked;
    }

    /** Reports a character that no key or address can hold; returns whether there is one. */
    static boolean badCharacter(VariableCheck c) {
        if (masked(c)) {
            return true;
        }
        Optional<String> bad =
                c.value()
                        .codePoints()
                        .mapToObj(PasteMistakes::bad)
                        .flatMap(Optional::stream)
                        .findFirst();
        bad.ifPresent(what ->
                c.problem(
                        Diagnosis.BAD_CHARACTER,
                        "has " + what + " in it.",
                        (c.rule().kind() == Kind.DATABASE_URL
                                        ? "A password has a blank as %20 and a quotation mark as"
                                                + " %22; elsewhere the copy went wrong. "
                                        : "The copy went wrong. ")
                                + c.get()));
        return bad.isPresent();
    }

    /** Warns about an address that cannot be reached from here. */
    static void reachable(VariableCheck c, boolean isPrivate) {
        if (c.inSpace() && isPrivate) {
            c.warning(
                    Diagnosis.PRIVATE_ADDRESS,
                    "names this machine or one of a private network, and a Space reaches neither.",
                    c.get());
        }
    }

    /**
     * Reports a value whose form shows that it belongs to another variable; returns whether it
     * does.
     */
    static boolean misplaced(VariableCheck c) {
        Optional<ValueShape> shape =
                c.rules().shape(c.value()).filter(s -> !s.fits(c.rule().variable()));
        shape.ifPresent(s ->
                c.problem(
                        Diagnosis.OTHER_KIND,
                        "is " + s.is() + ".",
                        (s.belongsIn().isEmpty() ? "" : "That belongs in " + s.belongsIn() + ". ")
                                + c.get()));
        return shape.isPresent();
    }

    private static Optional<String> bad(int c) {
        if (c == '\n' || c == '\r') {
            return Optional.of("a line end");
        }
        if (Character.isSpaceChar(c) || c == '\t') {
            return Optional.of("a blank");
        }
        if (c < 32 || c == 127) {
            return Optional.of("a control character");
        }
        if (c == '"' || c == '\'' || c == '`' || "“”‘’„«»".indexOf(c) >= 0) {
            return Optional.of("a quotation mark");
        }
        return Secret.sendable(c) ? Optional.empty() : Optional.of("a character that is not ASCII");
    }

    private static String otherName(VariableCheck c, String name) {
        boolean known = c.rules().rules().stream().anyMatch(rule -> rule.variable().equals(name));
        return known
                ? "holds the line of another variable, " + name + "."
                : "holds a whole NAME=value line, and the name is not " + c.rule().variable() + ".";
    }
}
