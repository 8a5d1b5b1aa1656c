package dev.docent.quoting;

import dev.docent.rag.Passage;
import dev.docent.text.Excerpt;
import dev.docent.text.Excerpt.Kind;
import dev.docent.text.Words;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Finds the excerpts of passages that answer a question, by the words that they share with it.
 * Deterministic and thread-safe.
 */
public final class Quotes {
    // These values were chosen with questions about two sites: longer quotes hold more of the facts
    // that an answer should have, but fewer for each character that a reader has to read.
    private static final int MOST_PASSAGES = 3;

    /** Characters that are quoted of the first passage and of each further one, code aside. */
    private static final int FIRST = 400;

    private static final int OTHER = 200;

    /** A further excerpt of a passage has at least this share of the best one's score. */
    private static final double KEEP = 0.6;

    /** A further passage's best excerpt has at least this share of the very best one's score. */
    private static final double NEAR_BEST = 0.6;

    /** Weight of a term that only occurs in the passage's headings. */
    private static final double HEADING = 0.4;

    /** Deduction for each place in the retriever's order. */
    private static final double PASSAGE_RANK = 0.12;

    private static final Pattern WANTS_NUMBER =
            Pattern.compile(
                    "\\b(?:how (?:many|much|long|big|often|large)|(?:which|what) \\S*\\s?version|limit|default|port)\\b",
                    Pattern.CASE_INSENSITIVE);
    private static final Pattern WANTS_STEPS =
            Pattern.compile(
                    "\\b(?:how (?:do|to|can|should)|set up|configure|example|command|install)\\b",
                    Pattern.CASE_INSENSITIVE);

    /**
     * Excerpts that stand together in one passage.
     *
     * @param passage place of the passage in what was given, from 0
     * @param excerpts at least one, neighbours, in reading order
     */
    public record Quote(int passage, List<Excerpt> excerpts) {
        public Quote {
            excerpts = List.copyOf(excerpts);
        }
    }

    /**
     * The excerpts that answer, as quotes: passages in the order of their best excerpt, each one's
     * quotes in reading order.
     *
     * @param question in words that need no history
     * @param passages the most relevant first
     * @return empty only where the passages hold no text
     */
    public List<Quote> answering(String question, List<Passage> passages) {
        List<Quotable> quotable = passages.stream().map(Quotable::of).toList();
        List<Scored> ranked = rank(question, quotable);
        if (ranked.isEmpty()) {
            return List.of();
        }
        double enough = NEAR_BEST * ranked.getFirst().score();
        Map<Integer, Integer> best = new LinkedHashMap<>();
        for (Scored scored : ranked) {
            if (scored.score() >= enough && best.size() < MOST_PASSAGES) {
                best.putIfAbsent(scored.passage(), scored.place());
            }
        }
        List<Quote> quotes = new ArrayList<>();
        best.forEach((passage, place) -> {
            List<Excerpt> all = quotable.get(passage).excerpts();
            Set<Integer> places =
                    grown(all, place, ranked, passage, quotes.isEmpty() ? FIRST : OTHER);
            quotes.addAll(runs(passage, withCompany(all, places), all));
        });
        return quotes;
    }

    /**
     * The best excerpt, then the next best ones of its passage, then its neighbours, as long as
     * there is room.
     */
    private static Set<Integer> grown(
            List<Excerpt> all, int best, List<Scored> ranked, int passage, int room) {
        Set<Integer> places = new TreeSet<>();
        places.add(best);
        int left = room - all.get(best).plain().length();
        double top = 0;
        for (Scored scored : ranked) {
            if (scored.passage() == passage) {
                top = Math.max(top, scored.score());
                int length = all.get(scored.place()).plain().length();
                if (scored.score() >= KEEP * top && length <= left && places.add(scored.place())) {
                    left -= length;
                }
            }
        }
        if (all.get(best).kind() == Kind.ROW) {
            // Neighbouring rows are about something else.
            return places;
        }
        for (int next = best + 1, before = best - 1; next < all.size() || before >= 0; ) {
            boolean added = false;
            if (next < all.size()
                    && (places.contains(next) || all.get(next).plain().length() <= left)) {
                left -= places.add(next) ? all.get(next).plain().length() : 0;
                next++;
                added = true;
            }
            if (before >= 0
                    && (places.contains(before) || all.get(before).plain().length() <= left)) {
                left -= places.add(before) ? all.get(before).plain().length() : 0;
                before--;
                added = true;
            }
            if (!added) {
                break;
            }
        }
        return places;
    }

    private record Scored(int passage, int place, double score) {}

    private static List<Scored> rank(String question, List<Quotable> passages) {
        Set<String> asked = new LinkedHashSet<>(Words.topics(question));
        Map<String, Integer> spread = new HashMap<>();
        int total = 0;
        for (Quotable passage : passages) {
            passage.terms()
                    .forEach(each -> each.forEach(term -> spread.merge(term, 1, Integer::sum)));
            total += passage.terms().size();
        }
        Map<String, Double> weights = new HashMap<>();
        double sum = 0;
        for (String term : asked) {
            double weight = Math.log(1 + total / (spread.getOrDefault(term, 0) + 0.5));
            weights.put(term, weight);
            sum += weight;
        }
        List<Scored> ranked = new ArrayList<>();
        for (int p = 0; p < passages.size(); p++) {
            Quotable passage = passages.get(p);
            Set<String> heading = new HashSet<>(Words.topics(passage.headings()));
            for (int i = 0; i < passage.excerpts().size(); i++) {
                double score =
                        words(passage.terms().get(i), heading, weights) / Math.max(sum, 1e-9);
                score += cues(question, passage.excerpts().get(i)) + 0.1 / (1 + i);
                ranked.add(new Scored(p, i, score / (1 + PASSAGE_RANK * p)));
            }
        }
        ranked.sort(Comparator.comparingDouble(Scored::score).reversed());
        return ranked;
    }

    private static double words(
            Set<String> terms, Set<String> heading, Map<String, Double> weights) {
        double score = 0;
        for (Map.Entry<String, Double> weight : weights.entrySet()) {
            if (terms.contains(weight.getKey())) {
                score += weight.getValue();
            } else if (heading.contains(weight.getKey())) {
                score += HEADING * weight.getValue();
            }
        }
        return score;
    }

    private static double cues(String question, Excerpt excerpt) {
        double cue = 0;
        if (WANTS_NUMBER.matcher(question).find() && excerpt.plain().matches("(?s).*\\d.*")) {
            cue += 0.15;
        }
        if (WANTS_STEPS.matcher(question).find()
                && (excerpt.kind() == Kind.CODE || excerpt.markdown().contains("`"))) {
            cue += 0.1;
        }
        return cue;
    }

    /** Adds the introduction of each chosen excerpt, and what a chosen introduction introduces. */
    private static Set<Integer> withCompany(List<Excerpt> all, Set<Integer> places) {
        Set<Integer> company = new TreeSet<>(places);
        for (int place : places) {
            if (all.get(place).introduced() && place > 0) {
                company.add(place - 1);
            }
            if (place + 1 < all.size()
                    && all.get(place + 1).introduced()
                    && all.get(place).plain().endsWith(":")) {
                company.add(place + 1);
            }
        }
        return company;
    }

    private static List<Quote> runs(int passage, Set<Integer> places, List<Excerpt> all) {
        List<Quote> quotes = new ArrayList<>();
        List<Excerpt> run = new ArrayList<>();
        int last = -2;
        for (int place : places) {
            if (place != last + 1 && !run.isEmpty()) {
                quotes.add(new Quote(passage, run));
                run.clear();
            }
            run.add(all.get(place));
            last = place;
        }
        quotes.add(new Quote(passage, run));
        return quotes;
    }
}
