package dev.docent.secrets;

import dev.docent.config.Jwt;
import java.time.LocalDate;

/** Checks API keys. The look of a key is a hint: an unknown one is accepted. */
final class ApiKeys {
    private static final int DAYS_AHEAD = 7;

    private ApiKeys() {}

    /** Returns whether the key may be used. */
    static boolean check(Case c) {
        if (Paste.spoilt(c) || bearer(c) || address(c) || Paste.badCharacter(c) || expired(c)) {
            return false;
        }
        c.rules()
                .shape(c.value())
                .filter(shape -> !shape.fits(c.rule().variable()))
                .ifPresent(shape ->
                        c.warning(
                                "looks like " + shape.is() + ".",
                                shape.belongsIn().isEmpty()
                                        ? c.get()
                                        : "If it is one, it belongs in "
                                                + shape.belongsIn()
                                                + ". "
                                                + c.get()));
        return true;
    }

    private static boolean bearer(Case c) {
        boolean bearer = c.value().regionMatches(true, 0, "bearer ", 0, 7);
        if (bearer) {
            c.problem("begins with the word Bearer.", "Store the key alone. " + c.get());
        }
        return bearer;
    }

    /** An address can never be a key, wherever it came from. */
    private static boolean address(Case c) {
        boolean known = c.rules().shape(c.value()).filter(Shape::address).isPresent();
        if (known) {
            return Paste.misplaced(c);
        }
        boolean any = c.value().contains("://");
        if (any) {
            c.problem("is an address instead of a key.", c.get());
        }
        return any;
    }

    private static boolean expired(Case c) {
        LocalDate expiry = Jwt.expiry(c.value()).orElse(LocalDate.MAX);
        if (expiry.isBefore(c.today())) {
            c.problem("expired on " + expiry + ".", c.get());
            return true;
        }
        if (!expiry.isAfter(c.today().plusDays(DAYS_AHEAD))) {
            c.warning("expires on " + expiry + ".", "Renew it before. " + c.get());
        }
        return false;
    }
}
