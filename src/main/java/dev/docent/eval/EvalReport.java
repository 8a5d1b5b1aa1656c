package dev.docent.eval;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Formatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The result of an evaluation.
 *
 * @param scores a row for each kind of question in alphabetic order, and {@code all} last
 * @param corpora a row for each file of questions, in the order of the command
 * @param misses questions that were answered wrongly, in the order of the file
 * @param median time of a search, embedding included
 * @param slowest 99th percentile of that time
 */
public record EvalReport(
        List<Score> scores,
        List<Score> corpora,
        List<Miss> misses,
        Duration median,
        Duration slowest) {

    public EvalReport {
        scores = List.copyOf(scores);
        corpora = List.copyOf(corpora);
        misses = List.copyOf(misses);
    }

    /** The figures of all questions together. */
    public Score all() {
        return scores.getLast();
    }

    /** The report as text. Only misses and long file names make lines of more than 100 columns. */
    public String table() {
        List<Score> rows = new ArrayList<>(scores);
        if (corpora.size() > 1) {
            rows.addAll(rows.size() - 1, corpora);
        }
        int names =
                Math.max(14, rows.stream().mapToInt(row -> row.name().length()).max().orElse(0));
        // Locale.ROOT, so that the table reads the same on every machine.
        Formatter text = new Formatter(Locale.ROOT);
        text.format(
                "%s %4s %16s %16s %5s %8s %5s %9s %9s%n",
                padded("kind", names),
                "n",
                "hit@1 (95 %)",
                "hit@5 (95 %)",
                "MRR",
                "file@5",
                "MRR",
                "refused",
                "of others");
        for (Score score : rows) {
            text.format(
                    "%s %4d %16s %16s %5.2f %8s %5.2f %9s %9s%n",
                    padded(score.name(), names),
                    score.hit1().of() + score.refusedRight().of(),
                    interval(score.hit1()),
                    interval(score.hit5()),
                    score.mrr(),
                    percent(score.file5()),
                    score.fileMrr(),
                    percent(score.refusedWrong()),
                    percent(score.refusedRight()));
        }
        text.format(
                "%nA search took %d ms (median), %d ms (99 %%), embedding included.%n",
                median.toMillis(), slowest.toMillis());
        for (Miss miss : misses) {
            text.format("%n%s  %s%n", miss.id(), miss.question());
            text.format(
                    "  expected  %s%n",
                    miss.expected().isEmpty() ? "a refusal" : String.join(", ", miss.expected()));
            text.format(
                    "  came      %s%s%n",
                    String.join(", ", miss.came()), miss.evidence() ? "" : " (refused)");
        }
        return text.toString();
    }

    /** The report as maps, lists, numbers and strings, for a JSON library. */
    public Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("scores", scores.stream().map(score -> score.json("kind")).toList());
        json.put("corpora", corpora.stream().map(score -> score.json("file")).toList());
        json.put("misses", misses);
        json.put("median_ms", median.toMillis());
        json.put("p99_ms", slowest.toMillis());
        return json;
    }

    private static String padded(String name, int length) {
        return name + " ".repeat(length - name.length());
    }

    private static String percent(Share share) {
        return share.of() == 0 ? "" : String.format(Locale.ROOT, "%.1f %%", 100 * share.value());
    }

    private static String interval(Share share) {
        return share.of() == 0
                ? ""
                : String.format(
                        Locale.ROOT,
                        "%.1f (%.0f-%.0f)",
                        100 * share.value(),
                        100 * share.low(),
                        100 * share.high());
    }

    /**
     * The figures of one kind of question, or of one file.
     *
     * @param name the questions' kind or file
     * @param hit1 a right heading in first place
     * @param hit5 a right heading among the first five, or all of them if the question needs all
     * @param mrr mean reciprocal rank of the first right heading
     * @param file1 a right file in first place
     * @param file5 a right file among the first five
     * @param fileMrr mean reciprocal rank of the first right file
     * @param refusedWrong refused, of the questions in scope
     * @param refusedRight refused, of the questions out of scope
     */
    public record Score(
            String name,
            Share hit1,
            Share hit5,
            double mrr,
            Share file1,
            Share file5,
            double fileMrr,
            Share refusedWrong,
            Share refusedRight) {

        private Map<String, Object> json(String member) {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put(member, name);
            json.put("in_scope", hit1.of());
            json.put("out_of_scope", refusedRight.of());
            put(json, "hit_at_1", hit1);
            put(json, "hit_at_5", hit5);
            json.put("mrr", mrr);
            put(json, "file_hit_at_1", file1);
            put(json, "file_hit_at_5", file5);
            json.put("file_mrr", fileMrr);
            put(json, "refused_in_scope", refusedWrong);
            put(json, "refused_out_of_scope", refusedRight);
            return json;
        }

        private static void put(Map<String, Object> json, String member, Share share) {
            json.put(member, share.value());
            json.put(member + "_95", List.of(share.low(), share.high()));
        }
    }

    /**
     * A question that was answered wrongly.
     *
     * @param id its name
     * @param question its text
     * @param expected the right places; empty for a refusal
     * @param came the first three places that were found
     * @param evidence whether the service would have answered
     */
    public record Miss(
            String id,
            String question,
            List<String> expected,
            List<String> came,
            boolean evidence) {

        public Miss {
            expected = List.copyOf(expected);
            came = List.copyOf(came);
        }
    }
}
