package dev.docent.validation;

import dev.docent.config.Cleaned;
import dev.docent.config.Environment;
import dev.docent.config.HostName;
import dev.docent.config.Problems;
import dev.docent.config.QdrantProtocol;
import dev.docent.config.RetiredModel;
import dev.docent.config.ServiceUrl;
import dev.docent.config.Suggestion;
import dev.docent.failure.Diagnosis;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** Applies the rules of {@code config/secrets.yaml} to an environment. Immutable. */
public final class EnvironmentValidator {
    private static final String PREFIX = "DOCENT_";

    private static final String STORE =
            " and add it under Settings → Variables and secrets → New secret.";

    private final Rules rules;
    private final Clock clock;

    private EnvironmentValidator(Rules rules, Clock clock) {
        this.rules = rules;
        this.clock = clock;
    }

    /** A validator with the packaged rules. */
    public static EnvironmentValidator load(Clock clock) {
        return new EnvironmentValidator(Rules.load(), clock);
    }

    /** The variables that have rules, in their order. */
    public List<String> variables() {
        return rules.rules().stream().map(Rule::variable).toList();
    }

    /** Whether a value looks like a key or token, wherever it stands. */
    public boolean looksSecret(String value) {
        return rules.shape(value).filter(shape -> !shape.address()).isPresent();
    }

    /** The models that were or will be shut down, in their order. */
    public List<RetiredModel> retiredModels() {
        return rules.retiredModels();
    }

    /**
     * Checks the variables that the choices make use of.
     *
     * @param choices what the owner chose; if empty, because that is unknown, every value that is
     *     set is checked, and none is reported as missing
     * @param known names of all variables that have a meaning, to find misspelt ones
     * @param problems gets what is wrong
     * @return the environment with cleaned values, without those that cannot or will not be used
     */
    public Environment check(
            Environment environment,
            Collection<Choice> choices,
            Collection<String> known,
            Problems problems) {
        boolean inSpace = environment.value(rules.spaceVariable()).isPresent();
        Map<String, List<String>> unused = new TreeMap<>();
        Map<String, Optional<String>> results = new HashMap<>();
        for (Rule rule : rules.rules()) {
            Optional<String> raw = environment.value(rule.variable());
            if (used(rule, choices)) {
                results.put(
                        rule.variable(),
                        raw.isPresent() && !Cleaned.of(rule.variable(), raw.get()).value().isEmpty()
                                ? checked(rule, raw.get(), inSpace, choices, problems)
                                : missing(rule, environment, choices, known, problems));
            } else if (raw.filter(value -> !value.isBlank()).isPresent()) {
                results.put(rule.variable(), Optional.empty());
                unused.computeIfAbsent(because(rule, choices), _ -> new ArrayList<>())
                        .add(rule.variable());
            }
        }
        notUsed(unused, problems);
        misspelt(environment, known, problems);
        return environment.replaced(results);
    }

    private Optional<String> checked(
            Rule rule, String raw, boolean inSpace, Collection<Choice> choices, Problems problems) {
        LocalDate today = LocalDate.now(clock.withZone(ZoneOffset.UTC));
        Cleaned cleaned = Cleaned.of(rule.variable(), raw);
        VariableCheck c = new VariableCheck(rule, cleaned.value(), rules, today, inSpace, problems);
        Optional<String> whole = Optional.of(cleaned.value());
        Optional<String> value =
                switch (rule.kind()) {
                    case API_KEY -> whole.filter(_ -> ApiKeys.check(c));
                    case QDRANT_URL -> QdrantUrls.check(c, transport(choices));
                    case DATABASE_URL -> whole.filter(_ -> DatabaseUrls.check(c));
                    case ORIGINS -> OriginLists.check(c);
                    case NAME -> whole.filter(_ -> NameChecks.name(c));
                    case MODEL -> NameChecks.model(c);
                    case LEVEL -> NameChecks.level(c);
                };
        if (value.isPresent() && !cleaned.removed().isEmpty()) {
            cleaned.warn(rule.variable(), problems);
        }
        return value;
    }

    private static QdrantProtocol transport(Collection<Choice> choices) {
        return choices.stream().anyMatch(c -> c.condition().equals("qdrant.transport=rest"))
                ? QdrantProtocol.REST
                : choices.stream().anyMatch(c -> c.condition().equals("qdrant.transport=grpc"))
                        ? QdrantProtocol.GRPC
                        : QdrantProtocol.AUTO;
    }

    private Optional<String> missing(
            Rule rule,
            Environment environment,
            Collection<Choice> choices,
            Collection<String> known,
            Problems problems) {
        Optional<Choice> needed = chosen(rule.requiredWhen(), choices);
        Optional<String> other = instead(rule, environment, known);
        if (needed.isPresent() && !privateAddress(rule, environment)) {
            String headline =
                    rule.variable()
                            + (environment.value(rule.variable()).isPresent()
                                    ? " is empty"
                                    : " is not set");
            if (other.isPresent()) {
                problems.problem(
                        Diagnosis.OTHER_NAME,
                        headline + ", but " + other.get() + " is.",
                        "Did you mean "
                                + rule.variable()
                                + "? Store it under that name in Settings → Variables and secrets.");
            } else {
                problems.problem(
                        Diagnosis.MISSING,
                        headline + ".",
                        "It is needed because "
                                + needed.get().because()
                                + ". "
                                + rule.get()
                                + STORE);
            }
        } else if (other.isPresent()) {
            problems.warning(
                    Diagnosis.UNKNOWN_NAME,
                    other.get() + " is not a variable of Docent's.",
                    "Did you mean " + rule.variable() + "?");
        }
        return Optional.empty();
    }

    /** A variable that is set and probably was meant to be this one. */
    private static Optional<String> instead(
            Rule rule, Environment environment, Collection<String> known) {
        return rule.alsoWritten().stream()
                .filter(name -> environment.value(name).filter(v -> !v.isBlank()).isPresent())
                .findFirst()
                .or(() -> {
                    List<String> strangers =
                            environment.names().stream()
                                    .filter(name -> !known.contains(name))
                                    .filter(name -> name.matches("\\w{6,40}"))
                                    .toList();
                    return Suggestion.nearest(rule.variable(), strangers);
                });
    }

    private static boolean privateAddress(Rule rule, Environment environment) {
        if (rule.unlessPrivate().isEmpty()) {
            return false;
        }
        try {
            String url = environment.value(rule.unlessPrivate()).orElse("");
            return HostName.isPrivate(
                    ServiceUrl.parse(Cleaned.of(rule.unlessPrivate(), url).value()).host());
        } catch (IllegalArgumentException e) {
            // The address is reported as a problem of its own.
            return false;
        }
    }

    private static boolean used(Rule rule, Collection<Choice> choices) {
        return rule.usedWhen().isEmpty()
                || choices.isEmpty()
                || chosen(rule.usedWhen(), choices).isPresent();
    }

    /** Why a variable is not used: another value of the same key was chosen. */
    private static String because(Rule rule, Collection<Choice> choices) {
        String condition = rule.usedWhen().getFirst();
        String key = condition.substring(0, condition.indexOf('=') + 1);
        return choices.stream()
                .filter(choice -> choice.condition().startsWith(key))
                .map(Choice::because)
                .findFirst()
                .orElse("nothing asks for it");
    }

    private static void notUsed(Map<String, List<String>> unused, Problems problems) {
        unused.forEach((because, names) ->
                problems.warning(
                        Diagnosis.NOT_USED,
                        enumerated(names)
                                + (names.size() == 1 ? " is" : " are")
                                + " set but not used, because "
                                + because
                                + ".",
                        ""));
    }

    private static String enumerated(List<String> names) {
        return names.size() == 1
                ? names.getFirst()
                : String.join(", ", names.subList(0, names.size() - 1)) + " and " + names.getLast();
    }

    private static void misspelt(
            Environment environment, Collection<String> known, Problems problems) {
        for (String name : new TreeSet<>(environment.names())) {
            String headline = name + " is not a variable of Docent's.";
            if (name.startsWith(PREFIX)
                    && !known.contains(name)
                    && name.matches("\\w{1,80}")
                    && problems.warnings().stream()
                            .noneMatch(told -> told.headline().equals(headline))) {
                problems.warning(
                        Diagnosis.UNKNOWN_NAME,
                        headline,
                        Optional.of(name.substring(PREFIX.length()))
                                .filter(known::contains)
                                .or(() -> Suggestion.nearest(name, known))
                                .map(near -> "Did you mean " + near + "?")
                                .orElse("Take it out if it was meant for Docent."));
            }
        }
    }

    private static Optional<Choice> chosen(List<String> conditions, Collection<Choice> choices) {
        return choices.stream().filter(c -> conditions.contains(c.condition())).findFirst();
    }
}
