package dev.docent.retrieval;

import dev.docent.failure.DependencyException;
import dev.docent.rag.Candidates;
import dev.docent.rag.Embedder;
import dev.docent.rag.Hit;
import dev.docent.rag.Outline;
import dev.docent.rag.Passage;
import dev.docent.rag.PassageIndex;
import dev.docent.retrieval.Calibration.Scale;
import dev.docent.text.Words;
import dev.docent.waiting.Sleeper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fits a {@link Calibration} to a site, in the space of an embedding model. Half of the questions
 * are headings of the site; what is found for one is its neighbours, without its own section, so
 * that it does not flatter the site. The other half are examples of what others ask, as far as
 * {@code off-topic.txt} and {@code elsewhere.txt} have them.
 */
public final class Calibrator {
    private static final Logger LOG = LoggerFactory.getLogger(Calibrator.class);

    /** How many texts are embedded at most. */
    public static final int TEXTS = 106;

    private static final int QUESTIONS = 40;

    /** How many of the others' questions are in other languages than the site. */
    private static final int FOREIGN = 16;

    /** Fewer of them in a language say less than those in English. */
    private static final int FEWEST = 8;

    /** With fewer of the site's own, chance decides. */
    private static final int FEWEST_MADE = 16;

    /** Where own questions are less above others, in standard deviations, cosines say nothing. */
    private static final double LEAST_APART = 0.5;

    /** With fewer made of what one search finds, there will not be enough. */
    private static final int FEWEST_AT_ONCE = 5;

    /** How many passages are read to make them of. */
    private static final int LOOKED_AT = 60;

    /** How many words of a text without heading make one. */
    private static final int WORDS = 8;

    /** A quota that is back later is that of a day. */
    private static final Duration PAUSE = Duration.ofMinutes(2);

    /** Length of the lists, as the retriever asks for. */
    private static final int CANDIDATES = 50;

    private static final int FEWEST_LETTERS = 4;

    /**
     * How much the direction is drawn towards the plain difference of the means, against the noise
     * in so few questions.
     */
    private static final double SHRINKAGE = 10;

    private final PassageIndex index;
    private final Embedder embedder;
    private final Sleeper sleeper;

    /** The vectors of some questions of others, where they are known without the model. */
    private final Map<String, float[]> known;

    public Calibrator(PassageIndex index, Embedder embedder) {
        this(index, embedder, Thread::sleep);
    }

    Calibrator(PassageIndex index, Embedder embedder, Sleeper sleeper) {
        this.index = index;
        this.embedder = embedder;
        this.sleeper = sleeper;
        this.known = Evidence.calibratedFor(embedder.space()) ? Exemplars.vectors() : Map.of();
    }

    /**
     * Sees to it that the published passages have a calibration: keeps the one that they have as
     * long as it holds, or else fits one and stores it with them.
     *
     * @return empty where the site is too small for one
     * @throws dev.docent.failure.DependencyException when the index or the embedder fails
     */
    public Optional<Calibration> refresh() {
        long passages = index.state().passages();
        Optional<Calibration> known =
                index.note(PassageIndex.Note.CALIBRATION)
                        .flatMap(Calibration::parse)
                        .filter(one ->
                                one.isOf(embedder.space())
                                        && one.holdsFor(passages)
                                        && one.complete());
        if (known.isPresent()) {
            return known;
        }
        Optional<Calibration> fitted = fit(passages);
        fitted.map(Calibration::json)
                .ifPresent(json -> index.keep(PassageIndex.Note.CALIBRATION, json));
        return fitted;
    }

    private Optional<Calibration> fit(long passages) {
        if (passages < FEWEST_MADE) {
            return Optional.empty();
        }
        Map<List<Object>, Outline> sections = new LinkedHashMap<>();
        List<Found> strange = new ArrayList<>();
        for (String question : strangers()) {
            Found found = search(question);
            found.candidates().hits().stream()
                    .map(Hit::passage)
                    .forEach(passage -> sections.putIfAbsent(place(passage), passage));
            strange.add(found);
            if (strange.size() == 1 && made(sections.values()).size() < FEWEST_AT_ONCE) {
                return Optional.empty();
            }
        }
        Map<Passage, String> made = made(sections.values());
        if (made.size() < FEWEST_MADE) {
            return Optional.empty();
        }
        String language = language(made.keySet());
        Map<Boolean, List<String>> elsewhere =
                Exemplars.questions("off-topic-languages.txt").stream()
                        .collect(
                                Collectors.partitioningBy(
                                        line -> line.startsWith(language + ' '),
                                        Collectors.mapping(
                                                line -> line.substring(line.indexOf(' ') + 1),
                                                Collectors.toList())));
        List<String> near = elsewhere.getOrDefault(true, List.of());
        if (near.size() >= FEWEST) {
            strange = near.stream().map(this::search).toList();
        }
        List<Asked> others =
                strange.stream().map(found -> found.asked(language, _ -> true)).toList();
        List<Asked> foreign =
                some(elsewhere.getOrDefault(false, List.of()), FOREIGN).stream()
                        .map(question -> search(question).asked(language, _ -> true))
                        .toList();
        List<Asked> own = new ArrayList<>();
        made.forEach((passage, question) -> {
            List<Object> itself = place(passage.outline());
            own.add(search(question).asked(language, hit -> !place(hit.passage()).equals(itself)));
        });
        float[] direction = direction(others, own);
        Calibration fitted =
                new Calibration(
                        embedder.space().model(),
                        passages,
                        language,
                        scale(others, own, asked -> asked.signs().best()),
                        scale(foreign, own, asked -> asked.signs().best()),
                        scale(others, own, asked -> asked.signs().margin()),
                        topic(others, own),
                        Calibration.bytes(direction),
                        own.size(),
                        0,
                        others.size(),
                        0);
        if (fitted.best().own() - fitted.best().others() < LEAST_APART * fitted.best().spread()) {
            return Optional.empty();
        }
        Calibration checked =
                fitted.checked(
                        (int) own.stream().filter(asked -> !asked.answered(fitted)).count(),
                        (int) others.stream().filter(asked -> asked.answered(fitted)).count());
        LOG.debug("calibrated: {}", checked.words());
        return Optional.of(checked);
    }

    /** Waits once where the model's quota for a minute is spent, as an ingestion leaves it. */
    private float[] embedded(String question) {
        float[] before = known.get(question);
        if (before != null) {
            return before;
        }
        try {
            return embedder.embedQuery(question);
        } catch (DependencyException e) {
            Duration pause = e.failure().retryAfter().orElse(PAUSE);
            if (!e.failure().retryable() || pause.compareTo(PAUSE) > 0) {
                throw e;
            }
            try {
                sleeper.sleep(pause);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw e;
            }
            return embedder.embedQuery(question);
        }
    }

    /** Examples of what others ask, evenly from both lists. */
    private static List<String> strangers() {
        List<String> all =
                Stream.of("off-topic.txt", "elsewhere.txt")
                        .flatMap(resource -> Exemplars.questions(resource).stream())
                        .toList();
        return some(all, QUESTIONS);
    }

    /** So many of all, evenly spread. */
    private static List<String> some(List<String> all, int many) {
        return IntStream.range(0, many).mapToObj(i -> all.get(i * all.size() / many)).toList();
    }

    private static String language(Collection<Passage> passages) {
        return Language.of(passages.stream().map(Passage::text).collect(Collectors.joining("\n")));
    }

    private Found search(String question) {
        float[] vector = embedded(question);
        return new Found(question, vector, index.search(question, vector, CANDIDATES));
    }

    /**
     * Some of the sections, each with what a reader who looks for it may ask: first those with a
     * heading, and in each case in an order that has nothing to do with how they were found.
     */
    private Map<Passage, String> made(Collection<Outline> sections) {
        List<UUID> ids =
                sections.stream()
                        .sorted(
                                Comparator.<Outline>comparingInt(
                                                section -> section.headingPath().isEmpty() ? 1 : 0)
                                        .thenComparingLong(
                                                section -> section.id().getLeastSignificantBits()))
                        .map(Outline::id)
                        .limit(LOOKED_AT)
                        .toList();
        Map<UUID, Passage> passages = index.passages(ids);
        Map<Passage, String> made = new LinkedHashMap<>();
        for (UUID id : ids) {
            Passage passage = passages.get(id);
            String question = passage == null ? "" : question(passage);
            if (made.size() < QUESTIONS && question.length() >= FEWEST_LETTERS) {
                made.put(passage, question);
            }
        }
        return made;
    }

    /**
     * The heading, as a reader would type it; with the page's title if it says too little. Where
     * there is no heading, words from the middle of the text, which no neighbour repeats.
     */
    private static String question(Passage passage) {
        if (passage.headingPath().isEmpty()) {
            return middle(passage.text());
        }
        String heading = passage.headingPath().getLast().replace("`", "");
        return QuestionForm.of(heading) == QuestionForm.PLAIN
                ? heading
                : passage.title() + " " + heading;
    }

    private static String middle(String text) {
        List<String> words = Words.written(text);
        int from = Math.max(0, (words.size() - WORDS) / 2);
        return String.join(" ", words.subList(from, Math.min(words.size(), from + WORDS)));
    }

    /** The section, or without a heading the passage. */
    private static List<Object> place(Outline passage) {
        return passage.headingPath().isEmpty()
                ? List.of(passage.id())
                : List.of(passage.file(), passage.anchor(), passage.headingPath());
    }

    private static Scale scale(List<Asked> others, List<Asked> own, ToDoubleFunction<Asked> value) {
        return scale(
                others.stream().mapToDouble(value).toArray(),
                own.stream().mapToDouble(value).toArray());
    }

    private static Scale scale(double[] others, double[] own) {
        double low = Arrays.stream(others).average().orElse(0);
        double high = Arrays.stream(own).average().orElse(0);
        double spread =
                Math.sqrt(
                        (Arrays.stream(others).map(x -> (x - low) * (x - low)).average().orElse(0)
                                        + Arrays.stream(own)
                                                .map(x -> (x - high) * (x - high))
                                                .average()
                                                .orElse(0))
                                / 2);
        return new Scale(low, high, Math.max(1e-6, spread));
    }

    /** The scale of the direction, each half of the questions by the direction of the other. */
    private static Scale topic(List<Asked> others, List<Asked> own) {
        double[] low = new double[others.size()];
        double[] high = new double[own.size()];
        for (int half = 0; half < 2; half++) {
            float[] direction = direction(every(others, half), every(own, half));
            project(others, direction, half, low);
            project(own, direction, half, high);
        }
        return scale(low, high);
    }

    private static void project(List<Asked> asked, float[] direction, int half, double[] into) {
        for (int i = 1 - half; i < asked.size(); i += 2) {
            into[i] = dot(direction, asked.get(i).vector());
        }
    }

    private static List<Asked> every(List<Asked> asked, int half) {
        List<Asked> some = new ArrayList<>();
        for (int i = half; i < asked.size(); i += 2) {
            some.add(asked.get(i));
        }
        return some;
    }

    /**
     * Fisher's linear discriminant with a ridge, of length one: {@code (S + r I)^-1 (own -
     * others)}. There are fewer questions than dimensions, so by Woodbury's identity only a system
     * of as many equations as questions is solved.
     */
    private static float[] direction(List<Asked> others, List<Asked> own) {
        List<double[]> rows = new ArrayList<>();
        double[] low = centred(others, rows);
        double[] high = centred(own, rows);
        double[] difference = new double[low.length];
        double trace = 0;
        for (int i = 0; i < low.length; i++) {
            difference[i] = high[i] - low[i];
        }
        for (double[] row : rows) {
            trace += dot(row, row);
        }
        double ridge = Math.max(1e-9, SHRINKAGE * trace / low.length);
        double[][] system = new double[rows.size()][rows.size() + 1];
        for (int i = 0; i < rows.size(); i++) {
            for (int j = 0; j <= i; j++) {
                double product = dot(rows.get(i), rows.get(j));
                system[i][j] = product;
                system[j][i] = product;
            }
            system[i][i] += ridge;
            system[i][rows.size()] = dot(rows.get(i), difference);
        }
        double[] solved = solve(system);
        for (int i = 0; i < rows.size(); i++) {
            for (int k = 0; k < difference.length; k++) {
                difference[k] -= solved[i] * rows.get(i)[k];
            }
        }
        double length = Math.sqrt(dot(difference, difference));
        float[] direction = new float[difference.length];
        for (int i = 0; i < direction.length; i++) {
            direction[i] = (float) (difference[i] / Math.max(1e-12, length));
        }
        return direction;
    }

    /** Adds the vectors less their mean, scaled so that their products sum to a covariance. */
    private static double[] centred(List<Asked> asked, List<double[]> rows) {
        double[] mean = new double[asked.getFirst().vector().length];
        for (Asked one : asked) {
            for (int i = 0; i < mean.length; i++) {
                mean[i] += one.vector()[i] / asked.size();
            }
        }
        double scale = 1 / Math.sqrt(2.0 * asked.size());
        for (Asked one : asked) {
            double[] row = new double[mean.length];
            for (int i = 0; i < mean.length; i++) {
                row[i] = scale * (one.vector()[i] - mean[i]);
            }
            rows.add(row);
        }
        return mean;
    }

    /** Gauss' elimination; the matrix is positive definite, so no pivot is needed. */
    private static double[] solve(double[][] system) {
        int n = system.length;
        for (int i = 0; i < n; i++) {
            for (int row = i + 1; row < n; row++) {
                double factor = system[row][i] / system[i][i];
                for (int k = i; k <= n; k++) {
                    system[row][k] -= factor * system[i][k];
                }
            }
        }
        double[] solved = new double[n];
        for (int i = n - 1; i >= 0; i--) {
            double sum = system[i][n];
            for (int k = i + 1; k < n; k++) {
                sum -= system[i][k] * solved[k];
            }
            solved[i] = sum / system[i][i];
        }
        return solved;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    /** What was found for a question. */
    // An array on the way to a sum; never compared.
    @SuppressWarnings("ArrayRecordComponent")
    private record Found(String question, float[] vector, Candidates candidates) {
        Asked asked(String language, Predicate<Hit> counts) {
            List<Hit> hits = candidates.hits().stream().filter(counts).toList();
            return new Asked(
                    vector,
                    Signs.of(question, language, candidates, hits, new Ranking(candidates, null)));
        }
    }

    /** A question with the signs of an answer to it. */
    // As above.
    @SuppressWarnings("ArrayRecordComponent")
    private record Asked(float[] vector, Signs signs) {
        boolean answered(Calibration calibration) {
            return Decision.answers(signs, calibration, vector);
        }
    }
}
