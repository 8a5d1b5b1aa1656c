package dev.docent.validation;

import dev.docent.config.Jwt;
import dev.docent.failure.Diagnosis;
import java.time.LocalDate;
import java.util.regex.Pattern;

/** Checks API keys. The form of a key is only a hint: an unknown form is accepted. */
final class ApiKeys {
    private static final int DAYS_AHEAD = 7;

    /** What precedes a key in commands and web addresses. */
    private static final Pattern HEADER =
            Pattern.compile(
                    "(?:-H\\s|(?:[?&]|x-goog-)?api[-_]?key\\s*[:=]|[?&]?key=|authorization\\s*:).*",
                    Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private ApiKeys() {}

    /** Returns whether the key may be used. */
    static boolean check(VariableCheck c) {
        if (PasteMistakes.spoilt(c)
                || bearer(c)
                || address(c)
                || PasteMistakes.badCharacter(c)
                || expired(c)) {
            return false;
        }
        c.rules()
                .shape(c.value())
                .filter(shape -> !shape.fits(c.rule().variable()))
                .ifPresent(shape ->
                        c.warning(
                                Diagnosis.OTHER_KIND,
                                "looks like " + shape.is() + ".",
                                shape.belongsIn().isEmpty()
                                        ? c.get()
                                        : "If it is one, it belongs in "
                                                + shape.belongsIn()
                                                + ". "
                                                + c.get()));
        c.rule()
                .against(c.value())
                .ifPresent(why -> c.warning(Diagnosis.UNLIKELY, why + ".", c.get()));
        if (c.value().matches(".*[,;].*")) {
            c.warning(
                    Diagnosis.UNLIKELY,
                    "has a comma or a semicolon in it, as lists and code have.",
                    "Store one key, without what stands behind it in the place it comes from.");
        }
        return true;
    }

    private static boolean bearer(VariableCheck c) {
        boolean bearer = c.value().regionMatches(true, 0, "bearer ", 0, 7);
        boolean header = HEADER.matcher(c.value()).matches();
        if (bearer || header) {
            c.problem(
                    Diagnosis.PASTED_TOO_MUCH,
                    bearer
                            ? "begins with the word Bearer."
                            : "begins with the name of a header or of a URL's parameter.",
                    "Store the key alone. " + c.get());
        }
        return bearer || header;
    }

    /** An address can never be a key, wherever it came from. */
    private static boolean address(VariableCheck c) {
        boolean known = c.rules().shape(c.value()).filter(ValueShape::address).isPresent();
        if (known) {
            return PasteMistakes.misplaced(c);
        }
        boolean any = c.value().contains("://");
        if (any) {
            c.problem(Diagnosis.OTHER_KIND, "is an address instead of a key.", c.get());
        }
        return any;
    }

    private static boolean expired(VariableCheck c) {
        LocalDate expiry = Jwt.expiry(c.value()).orElse(LocalDate.MAX);
        if (expiry.isBefore(c.today())) {
            c.problem(Diagnosis.KEY_EXPIRED, "expired on " + expiry + ".", c.get());
            return true;
        }
        if (!expiry.isAfter(c.today().plusDays(DAYS_AHEAD))) {
            c.warning(
                    Diagnosis.KEY_EXPIRES_SOON,
                    "expires on " + expiry + ".",
                    "Renew it before. " + c.get());
        }
        return false;
    }
}
