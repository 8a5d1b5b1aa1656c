package dev.docent.validation;

import dev.docent.config.Problem;
import dev.docent.failure.Diagnosis;
import java.util.Optional;

/** Checks the stars of an origin's pattern: all sites that they allow must be the owner's. */
final class OriginWildcards {
    private static final int MOST = 3;

    private OriginWildcards() {}

    /**
     * What is wrong with the stars; empty if there are none or they can be used. Warns about those
     * that allow more than they should.
     *
     * @param origin in its plain form, which may be shown
     * @param host the origin's, without brackets
     * @param port with its colon, or empty
     */
    static Optional<Problem> objection(VariableCheck c, String origin, String host, String port) {
        if (!origin.contains("*")) {
            return Optional.empty();
        }
        int last = host.lastIndexOf('*');
        String behind = host.substring(last + 1);
        Optional<String> shared = c.rules().shared(host);
        String parent = host.substring(host.indexOf('.') + 1);
        String label = host.contains(".") ? host.substring(0, host.indexOf('.')) : host;
        String shown = "\"" + origin + "\"";
        if (port.contains("*") || label.length() <= last || !behind.contains(".")) {
            return problem(
                    Diagnosis.BAD_ORIGIN,
                    shown + " has a star where none can stand.",
                    "A star stands for a part of the first name: https://my-book-*-myteam.vercel.app");
        }
        if (host.chars().filter(ch -> ch == '*').count() > MOST) {
            return problem(
                    Diagnosis.BAD_ORIGIN, shown + " has more than three stars.", c.likeExample());
        }
        if (label.matches("[*-]+") && (shared.isPresent() || !parent.contains("."))) {
            return problem(
                    Diagnosis.WIDE_ORIGIN,
                    shown
                            + " would let in every site under "
                            + parent
                            + ", where anybody can have one.",
                    "Name a part that is yours: https://my-book-*-myteam." + parent);
        }
        if (shared.isPresent() && (label.startsWith("*") || label.endsWith("*"))) {
            c.warningFor(
                    Diagnosis.WIDE_ORIGIN,
                    "anybody can take a name under " + shared.get() + " that fits " + origin + ".",
                    "Put your own names on both sides of the star:"
                            + " https://my-book-*-myteam.vercel.app");
        }
        return Optional.empty();
    }

    private static Optional<Problem> problem(Diagnosis diagnosis, String sentence, String remedy) {
        return Optional.of(new Problem(diagnosis, sentence, remedy));
    }
}
