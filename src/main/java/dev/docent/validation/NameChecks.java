package dev.docent.validation;

import dev.docent.config.SafeToShow;
import dev.docent.config.Suggestion;
import dev.docent.failure.Diagnosis;
import dev.docent.logging.LogSettings;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Checks values that are not secrets: names, models and levels. */
final class NameChecks {
    /**
     * Excludes what Qdrant refuses in the name of a collection (its validate_collection_name), and
     * characters that cannot be shown in one line.
     */
    private static final Pattern NAME =
            Pattern.compile("[^<>:\"/\\\\|?*\\p{C}\\p{Zl}\\p{Zp}]{1,255}");

    private static final Pattern MODEL = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

    private static final List<String> LEVELS =
            Stream.of(LogSettings.Level.values()).map(Enum::name).toList();

    private NameChecks() {}

    /** Returns whether it can be the name of a collection. */
    static boolean name(VariableCheck c) {
        if (PasteMistakes.spoilt(c) || PasteMistakes.masked(c) || PasteMistakes.misplaced(c)) {
            return false;
        }
        boolean fine = NAME.matcher(c.value()).matches();
        if (!fine) {
            c.problem(
                    Diagnosis.BAD_NAME,
                    "has a character or a length that no such name can have.",
                    "Use letters, digits, - and _. " + c.get());
        }
        return fine;
    }

    /** The name of a model; empty if it cannot be one. */
    static Optional<String> model(VariableCheck c) {
        if (PasteMistakes.spoilt(c) || PasteMistakes.misplaced(c)) {
            return Optional.empty();
        }
        String bare = c.value().startsWith("models/") ? c.value().substring(7) : c.value();
        if (!MODEL.matcher(bare).matches()) {
            c.problem(
                    Diagnosis.BAD_NAME,
                    "is not the name of a model.",
                    c.likeExample() + ". " + c.get());
            return Optional.empty();
        }
        Optional<String> against = c.rule().against(bare);
        if (against.isPresent()) {
            c.problem(Diagnosis.BAD_NAME, against.get() + ".", c.likeExample() + ". " + c.get());
            return Optional.empty();
        }
        c.rules().retiredModels().stream()
                .filter(model -> model.covers(bare))
                .findFirst()
                .ifPresent(model -> {
                    boolean over = !model.ends().isAfter(c.today());
                    c.warning(
                            Diagnosis.MODEL_RETIRES,
                            "names "
                                    + model.words()
                                    + ", which "
                                    + (over ? "ended" : "ends")
                                    + " on "
                                    + model.ends()
                                    + ".",
                            ("Write " + model.successor() + ", its successor. " + model.remark())
                                    .strip());
                });
        return Optional.of(bare);
    }

    /** The level in its proper spelling; empty if it is not a level. */
    static Optional<String> level(VariableCheck c) {
        String level = c.value().toUpperCase(Locale.ROOT);
        if (LEVELS.contains(level)) {
            return Optional.of(level);
        }
        String other = c.rules().levels().get(level);
        if (other != null) {
            c.warning(
                    Diagnosis.CLEANED,
                    "is " + level + ", which is called " + other + " here.",
                    "Write " + other);
            return Optional.of(other);
        }
        c.problemWithShown(
                Diagnosis.BAD_VALUE,
                SafeToShow.quoted(c.value()) + " is not one of " + String.join(", ", LEVELS) + ".",
                Suggestion.nearest(c.value(), LEVELS).map(near -> "Write " + near).orElse(""));
        return Optional.empty();
    }
}
