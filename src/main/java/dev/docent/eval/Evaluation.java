package dev.docent.eval;

import dev.docent.eval.EvalQuestion.Place;
import dev.docent.eval.EvalReport.Miss;
import dev.docent.eval.EvalReport.Score;
import dev.docent.rag.FollowUp;
import dev.docent.rag.Passage;
import dev.docent.retrieval.Retrieval;
import dev.docent.retrieval.Retriever;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/**
 * Asks a retriever the questions of some files, one after the other, and counts right and wrong
 * results.
 *
 * <p>A passage is right if its file and heading are right. If a question needs all expected places,
 * the last one found decides hit@5, and the first one decides hit@1 and the reciprocal rank.
 */
public final class Evaluation {
    private static final int DEPTH = 20;
    private static final int FIRST_FEW = 5;

    private Evaluation() {}

    /**
     * Runs the questions of some files.
     *
     * @param files at least one, each with one JSON object a line, see {@link QuestionFile}
     * @param retriever over the index of the site that the questions are about
     * @throws EvalException when a file cannot be used
     * @throws dev.docent.failure.DependencyException when the retriever fails
     */
    public static EvalReport run(List<Path> files, Retriever retriever) {
        Map<Path, List<EvalQuestion>> questions = new LinkedHashMap<>();
        // All files are read first, so that a mistake in the last one shows at once.
        files.forEach(file -> questions.put(file, QuestionFile.read(file)));
        Map<String, List<Outcome>> byKind = new TreeMap<>();
        List<Outcome> all = new ArrayList<>();
        List<Score> corpora = new ArrayList<>();
        questions.forEach((file, asked) -> {
            List<Outcome> outcomes = asked.stream().map(one -> ask(one, retriever)).toList();
            corpora.add(score(file.toString(), outcomes));
            all.addAll(outcomes);
        });
        all.forEach(outcome ->
                byKind.computeIfAbsent(outcome.question().kind(), kind -> new ArrayList<>())
                        .add(outcome));
        List<Score> scores = new ArrayList<>();
        byKind.forEach((kind, outcomes) -> scores.add(score(kind, outcomes)));
        scores.add(score("all", all));
        List<Duration> times = all.stream().map(Outcome::time).sorted().toList();
        return new EvalReport(
                scores,
                corpora,
                all.stream().filter(Outcome::missed).map(Evaluation::miss).toList(),
                times.get((times.size() - 1) / 2),
                times.get((int) Math.ceil(times.size() * 0.99) - 1));
    }

    private static Outcome ask(EvalQuestion question, Retriever retriever) {
        String standalone = FollowUp.standalone(question.history(), question.text());
        long start = System.nanoTime();
        Retrieval found = retriever.search(standalone, null, DEPTH);
        return new Outcome(question, found, Duration.ofNanos(System.nanoTime() - start));
    }

    private static Score score(String kind, List<Outcome> outcomes) {
        List<Outcome> inScope = outcomes.stream().filter(o -> o.question().inScope()).toList();
        List<Outcome> outside = outcomes.stream().filter(o -> !o.question().inScope()).toList();
        return new Score(
                kind,
                share(inScope, outcome -> outcome.first() == 1),
                share(inScope, outcome -> outcome.last() <= FIRST_FEW),
                mean(inScope, outcome -> 1.0 / outcome.first()),
                share(inScope, outcome -> outcome.file() == 1),
                share(inScope, outcome -> outcome.file() <= FIRST_FEW),
                mean(inScope, outcome -> 1.0 / outcome.file()),
                share(inScope, outcome -> !outcome.found().evidence()),
                share(outside, outcome -> !outcome.found().evidence()));
    }

    private static Share share(List<Outcome> outcomes, Predicate<Outcome> right) {
        return new Share((int) outcomes.stream().filter(right).count(), outcomes.size());
    }

    private static double mean(List<Outcome> outcomes, ToDoubleFunction<Outcome> value) {
        return outcomes.stream().mapToDouble(value).average().orElse(0);
    }

    private static Miss miss(Outcome outcome) {
        return new Miss(
                outcome.question().id(),
                outcome.question().text(),
                outcome.question().expected().stream().map(Place::toString).toList(),
                outcome.found().passages().stream()
                        .limit(3)
                        .map(passage -> new Place(passage.file(), passage.anchor(), 0).toString())
                        .toList(),
                outcome.found().evidence());
    }

    private record Outcome(EvalQuestion question, Retrieval found, Duration time) {
        /** Rank of a place that was not found; its reciprocal counts as 0. */
        private static final int NEVER = Integer.MAX_VALUE;

        int first() {
            return question.expected().stream().mapToInt(this::rank).min().orElse(NEVER);
        }

        int last() {
            return question.all()
                    ? question.expected().stream().mapToInt(this::rank).max().orElse(NEVER)
                    : first();
        }

        int file() {
            return rank(passage ->
                    question.expected().stream()
                            .anyMatch(place -> place.file().equals(passage.file())));
        }

        boolean missed() {
            return question.inScope() ? last() > FIRST_FEW || !found.evidence() : found.evidence();
        }

        private int rank(Place place) {
            return rank(place::holds);
        }

        private int rank(Predicate<Passage> right) {
            List<Passage> passages = found.passages();
            for (int i = 0; i < passages.size(); i++) {
                if (right.test(passages.get(i))) {
                    return i + 1;
                }
            }
            return NEVER;
        }
    }
}
