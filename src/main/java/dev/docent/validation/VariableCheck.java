package dev.docent.validation;

import dev.docent.config.Problems;
import java.time.LocalDate;

/**
 * One variable being checked: its rule, its cleaned value, and where to say what is wrong. The
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

    /** Whether this is a Space of Hugging Face, which has no other machine beside it. */
    boolean inSpace() {
        return inSpace;
    }

    /** A problem whose sentence goes on after the variable's name. */
    void problem(String sentence, String remedy) {
        problems.problem(rule.variable() + " " + sentence, remedy);
    }

    /** A problem with one part of the value; the sentence stands after a colon. */
    void problemWith(String sentence, String remedy) {
        problems.problem(rule.variable() + ": " + sentence, remedy);
    }

    /**
     * A problem with a value that may be repeated: a sentence that begins after the name itself.
     */
    void problemWithShown(String sentence, String remedy) {
        problems.problem(rule.variable() + sentence, remedy);
    }

    /** A warning whose sentence goes on after the variable's name. */
    void warning(String sentence, String remedy) {
        problems.warning(rule.variable() + " " + sentence, remedy);
    }

    /** A warning about one part of the value; the sentence stands after a colon. */
    void warningFor(String sentence, String remedy) {
        problems.warning(rule.variable() + ": " + sentence, remedy);
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
