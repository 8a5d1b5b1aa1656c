package dev.docent.retrieval;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.docent.failure.DependencyException;
import dev.docent.rag.Candidates;
import dev.docent.rag.Embedder;
import dev.docent.rag.Hit;
import dev.docent.rag.Outline;
import dev.docent.rag.Passage;
import dev.docent.rag.PassageIndex;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Finds the passages that an answer may rest on, and decides whether there are any. Thread-safe.
 *
 * <p>{@link Ranking} orders what the index finds, and {@link Evidence} decides.
 */
public final class Retriever {
    private static final Logger LOG = LoggerFactory.getLogger(Retriever.class);

    /** Length of each of the two lists that are fused; the evidence is calibrated on it. */
    private static final int CANDIDATES = 50;

    /** How many passages an answer may rest on. */
    private static final int PASSAGES = 6;

    /** How many of them are widened to their section. */
    private static final int WIDENED = 3;

    /** Length up to which a passage is widened, in tokens as its ingestion counted. */
    private static final int WIDENED_TOKENS = 900;

    /** How many characters of passages' texts are kept: those of some thousand passages. */
    private static final long CACHED_CHARACTERS = 4_000_000;

    /** How many questions' vectors are kept. */
    private static final int CACHED_QUESTIONS = 1000;

    /** The cosine that is evidence where the index has no words, in a space that is not known. */
    private static final double COSINE = 0.55;

    private final PassageIndex index;
    private final Embedder embedder;
    private final OffTopic offTopic;
    private final Calibrations calibrations;
    private final Cache<String, Asked> questions;

    /** By outline, which is another one where the text is. */
    private final Cache<Outline, String> texts;

    public Retriever(PassageIndex index, Embedder embedder) {
        this.index = index;
        this.embedder = embedder;
        this.offTopic = new OffTopic(index);
        this.calibrations = new Calibrations(index, embedder.space());
        this.questions = Caffeine.newBuilder().maximumSize(CACHED_QUESTIONS).build();
        this.texts =
                Caffeine.newBuilder()
                        .maximumWeight(CACHED_CHARACTERS)
                        .<Outline, String>weigher((_, text) -> text.length())
                        .build();
    }

    /**
     * The passages for an answer, the first ones widened to their section.
     *
     * @param question in words that need no history, not blank
     * @param page path or file of the page that the reader is on, null where it is not known
     * @throws DependencyException when the index fails, or the embedder does and the index has no
     *     list by words
     */
    public Retrieval retrieve(String question, @Nullable String page) {
        Ranked ranked = ranked(question, page, PASSAGES);
        int widened =
                ranked.verdict() == Verdict.ANSWERABLE
                        ? Math.min(WIDENED, ranked.hits().size())
                        : 0;
        List<Outline> found = ranked.hits().stream().map(Hit::passage).toList();
        List<List<Outline>> pieces = new ArrayList<>();
        for (List<Outline> section : index.sections(found.subList(0, widened))) {
            pieces.add(around(found.get(pieces.size()), section));
        }
        found.subList(widened, found.size()).forEach(passage -> pieces.add(List.of(passage)));
        return loaded(ranked, pieces);
    }

    /**
     * The ranked passages as they were ingested.
     *
     * @param question in words that need no history, not blank
     * @param page path or file of the page that the reader is on, null where it is not known
     * @param limit how many at most
     * @throws DependencyException as {@link #retrieve} does
     */
    public Retrieval search(String question, @Nullable String page, int limit) {
        Ranked ranked = ranked(question, page, limit);
        return loaded(ranked, ranked.hits().stream().map(hit -> List.of(hit.passage())).toList());
    }

    private Ranked ranked(String question, @Nullable String page, int limit) {
        Found found = find(question);
        List<Hit> candidates = found.candidates().hits();
        Optional<Calibration> calibration = calibrations.get();
        Ranking ranking =
                new Ranking(
                        found.candidates(),
                        page,
                        calibration.map(Calibration::stretch).orElse(1.0));
        List<Hit> hits = ranking.order(candidates);
        return new Ranked(
                question,
                found.candidates(),
                verdict(question, found, ranking, calibration),
                hits.subList(0, Math.min(limit, hits.size())));
    }

    private Verdict verdict(
            String question, Found found, Ranking ranking, Optional<Calibration> calibration) {
        return switch (QuestionForm.of(question)) {
            case VAGUE -> Verdict.VAGUE;
            case ORDER, NONSENSE -> Verdict.UNANSWERED;
            case PLAIN ->
                    !found.candidates().hits().isEmpty()
                                    && suffices(question, found, ranking, calibration)
                            ? Verdict.ANSWERABLE
                            : Verdict.UNANSWERED;
        };
    }

    /**
     * Loads the texts, in one call at the most.
     *
     * @param pieces for each hit the parts of its section to give, itself included
     */
    private Retrieval loaded(Ranked ranked, List<List<Outline>> pieces) {
        Map<UUID, Passage> passages = passages(pieces.stream().flatMap(List::stream).toList());
        List<Retrieval.Scored> loaded = new ArrayList<>();
        for (int i = 0; i < pieces.size(); i++) {
            Hit hit = ranked.hits().get(i);
            Passage found = passages.get(hit.passage().id());
            List<Passage> parts =
                    pieces.get(i).stream()
                            .map(part -> passages.get(part.id()))
                            .filter(Objects::nonNull)
                            .toList();
            // An update may have removed a passage between the two calls.
            if (found != null) {
                loaded.add(new Retrieval.Scored(joined(found, parts), hit.cosine()));
            }
        }
        Names names =
                Names.of(
                        ranked.question(),
                        ranked.candidates(),
                        loaded.stream().map(Retrieval.Scored::passage).toList());
        // Of two names, the one that is there can be answered, and the other be told.
        boolean featureless =
                ranked.verdict() == Verdict.ANSWERABLE
                        && !names.absent().isEmpty()
                        && !names.known();
        return new Retrieval(
                featureless ? Verdict.UNANSWERED : ranked.verdict(), loaded, names.absent());
    }

    private Map<UUID, Passage> passages(List<Outline> wanted) {
        Map<UUID, Passage> passages = new HashMap<>();
        Set<UUID> missing = new LinkedHashSet<>();
        for (Outline outline : wanted) {
            String text = texts.getIfPresent(outline);
            if (text == null) {
                missing.add(outline.id());
            } else {
                passages.put(outline.id(), new Passage(outline, text));
            }
        }
        if (!missing.isEmpty()) {
            index.passages(missing)
                    .forEach((id, passage) -> {
                        passages.put(id, passage);
                        texts.put(passage.outline(), passage.text());
                    });
        }
        return passages;
    }

    private Found find(String question) {
        Asked asked;
        try {
            asked = questions.get(question, this::embedded);
        } catch (DependencyException e) {
            Candidates words = index.search(question, null, CANDIDATES);
            if (words.hits().isEmpty() && words.idf().isEmpty()) {
                throw e;
            }
            LOG.atLevel(e.known() ? Level.DEBUG : Level.WARN)
                    .log(
                            "Searching by words alone: {} {}",
                            e.failure().briefly(),
                            e.failure().action());
            return new Found(words, null);
        }
        return new Found(index.search(question, asked.vector(), CANDIDATES), asked);
    }

    private Asked embedded(String question) {
        return new Asked(embedder.embedQuery(question), embedder.unusualness(question));
    }

    private boolean suffices(
            String question, Found found, Ranking ranking, Optional<Calibration> calibration) {
        Candidates candidates = found.candidates();
        List<Hit> hits = candidates.hits();
        Asked asked = found.asked();
        if (asked == null) {
            return Evidence.suffices(Evidence.confidence(hits, ranking));
        }
        String language = calibration.map(Calibration::siteLanguage).orElse(Language.ENGLISH);
        Signs signs = Signs.of(question, language, candidates, hits, ranking);
        if (calibration.isPresent() && !candidates.idf().isEmpty()) {
            return Decision.answers(signs, calibration.get(), asked.vector());
        }
        if (Evidence.calibratedFor(embedder.space())) {
            return Evidence.suffices(
                    Evidence.confidence(
                            candidates, ranking, offTopic.of(asked.vector()), asked.unusualness()));
        }
        return candidates.idf().isEmpty()
                ? Evidence.suffices(Evidence.confidence(hits, COSINE))
                : Decision.answers(signs);
    }

    /** As many neighbours of a passage as there is room for, the nearest first, around it. */
    private static List<Outline> around(Outline passage, List<Outline> section) {
        int from = section.indexOf(passage);
        int to = from + 1;
        int tokens = passage.tokens();
        while (from >= 0) {
            if (to < section.size() && tokens + section.get(to).tokens() <= WIDENED_TOKENS) {
                tokens += section.get(to).tokens();
                to++;
            } else if (from > 0 && tokens + section.get(from - 1).tokens() <= WIDENED_TOKENS) {
                from--;
                tokens += section.get(from).tokens();
            } else {
                break;
            }
        }
        return from < 0 ? List.of(passage) : section.subList(from, to);
    }

    /** The passage with the texts of all parts. */
    private static Passage joined(Passage passage, List<Passage> parts) {
        if (parts.size() <= 1) {
            return passage;
        }
        return new Passage(
                passage.id(),
                passage.file(),
                passage.title(),
                passage.headingPath(),
                passage.anchor(),
                passage.url(),
                passage.part(),
                parts.stream().map(Passage::text).collect(Collectors.joining("\n\n")),
                parts.stream().mapToInt(Passage::tokens).sum());
    }

    /** A question's vector and unusualness. */
    // A vector is a plain array on the hot path; this record is never compared.
    @SuppressWarnings("ArrayRecordComponent")
    private record Asked(float[] vector, double unusualness) {}

    /**
     * What the index has for a question.
     *
     * @param asked null where the embedder failed
     */
    private record Found(Candidates candidates, @Nullable Asked asked) {}

    /** The best hits, in order, and the decision as far as it needs no text. */
    private record Ranked(
            String question, Candidates candidates, Verdict verdict, List<Hit> hits) {}
}
