package dev.docent.validation;

import dev.docent.config.Problems;
import dev.docent.failure.Diagnosis;
import java.time.LocalDate;

/**
 * The check of one variable: its rule, its cleaned value, and where to report what is wrong. The
 * value may be a secret, so nothing here prints it.
 */
final class VariableCheck {
    private final Rule rule;
    private final String value;
    private final Rules rules;
    private final LocalDate today;
    private final boolean inSpace;
    private final Problems problems;

    VariableCheck(
            Rule rule,
            String value,
            Rules rules,
            LocalDate today,
            boolean inSpace,
            Problems problems) {
        this.rule = rule;
        this.value = value;
        this.rules = rules;
        this.today = today;
        this.inSpace = inSpace;
        this.problems = problems;
    }

    Rule rule() {
        return rule;
    }

    String value() {
        return value;
    }

    Rules rules() {
        return rules;
    }

    LocalDate today() {
        return today;
    }

    /** Whether this runs in a Space of Hugging Face, which has no private network. */
    boolean inSpace() {
        return inSpace;
    }

    /** A problem whose sentence continues after the variable's name. */
    void problem(Diagnosis diagnosis, String sentence, String remedy) {
        problems.problem(diagnosis, rule.variable() + " " + sentence, remedy);
    }

    /** A problem with a part of the value; the sentence follows after a colon. */
    void problemWith(Diagnosis diagnosis, String sentence, String remedy) {
        problems.problem(diagnosis, rule.variable() + ": " + sentence, remedy);
    }

    /** A problem with a value that may be shown; the sentence is appended to the name as it is. */
    void problemWithShown(Diagnosis diagnosis, String sentence, String remedy) {
        problems.problem(diagnosis, rule.variable() + sentence, remedy);
    }

    /** A warning whose sentence continues after the variable's name. */
    void warning(Diagnosis diagnosis, String sentence, String remedy) {
        problems.warning(diagnosis, rule.variable() + " " + sentence, remedy);
    }

    /** A warning about a part of the value; the sentence follows after a colon. */
    void warningFor(Diagnosis diagnosis, String sentence, String remedy) {
        problems.warning(diagnosis, rule.variable() + ": " + sentence, remedy);
    }

    /** Where to get the right value, as a sentence. */
    String get() {
        return rule.get().endsWith(",")
                ? rule.get().substring(0, rule.get().length() - 1) + "."
                : rule.get() + ".";
    }

    /** How the value should look, as a sentence. */
    String likeExample() {
        return "Write it like " + rule.example();
    }
}
