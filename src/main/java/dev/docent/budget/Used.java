package dev.docent.budget;

import java.util.Map;
import java.util.TreeMap;

/**
 * What all readers have spent within a time.
 *
 * @param questions that were taken
 * @param searches that were taken
 * @param tokens that the language model read and wrote
 * @param texts that were embedded
 * @param refusals how often something was too much, by the name of the budget's setting
 */
public record Used(
        long questions, long searches, long tokens, long texts, Map<String, Long> refusals) {
    static final Used NOTHING = new Used(0, 0, 0, 0, Map.of());

    public Used {
        refusals = Map.copyOf(refusals);
    }

    static Used refused(String budget) {
        return new Used(0, 0, 0, 0, Map.of(budget, 1L));
    }

    /** How often anything was too much. */
    public long refused() {
        return refusals.values().stream().mapToLong(Long::longValue).sum();
    }

    Used plus(Used more) {
        Map<String, Long> all = refusals;
        if (!more.refusals.isEmpty()) {
            all = new TreeMap<>(refusals);
            for (Map.Entry<String, Long> one : more.refusals.entrySet()) {
                all.merge(one.getKey(), one.getValue(), Long::sum);
            }
        }
        return new Used(
                questions + more.questions,
                searches + more.searches,
                tokens + more.tokens,
                texts + more.texts,
                all);
    }
}
