package dev.docent.retrieval;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.docent.json.Json;
import dev.docent.rag.EmbeddingSpace;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What cosines mean in one embedding space on one site, learnt from the site: how those of
 * questions that it answers differ from those of questions that others ask. See {@link Calibrator}.
 *
 * @param model of the space
 * @param passages how many the site had
 * @param language that most of its text is in, see {@link Language}; null where an earlier version
 *     fitted it
 * @param best the best cosine of a question
 * @param margin by how much it exceeds the mean of the dense list
 * @param abroad the best cosine of a question in another language; null as above
 * @param topic how far a question's own vector lies in the direction of {@code direction}
 * @param direction from others' questions to the site's, 32-bit floats in big-endian order
 * @param made how many questions were made of the site's headings
 * @param refused how many of them would be refused, each without its own section
 * @param others how many questions of others there were
 * @param passed how many of them would be answered
 */
// An array for JSON; calibrations are never compared.
@SuppressWarnings("ArrayRecordComponent")
public record Calibration(
        String model,
        long passages,
        @Nullable String language,
        Scale best,
        @Nullable Scale abroad,
        Scale margin,
        Scale topic,
        byte[] direction,
        int made,
        int refused,
        int others,
        int passed) {

    /**
     * Where two kinds of questions lie on a scale.
     *
     * @param others mean of others' questions
     * @param own mean of the site's questions
     * @param spread standard deviation within both
     */
    public record Scale(double others, double own, double spread) {
        /** Larger ratios say more about the tails of a distribution than about a question. */
        private static final double MOST = 3;

        /** The logarithm of how much likelier a value is for an own question, −3 to 3. */
        double ratio(double value) {
            double middle = (others + own) / 2;
            return Math.clamp((value - middle) * (own - others) / (spread * spread), -MOST, MOST);
        }
    }

    private static final ObjectReader READER =
            Json.MAPPER
                    .readerFor(Calibration.class)
                    .without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    /** Which part of a site may be new before it is fitted anew. */
    private static final double CHANGED = 0.2;

    public Calibration {
        direction = direction.clone();
    }

    /** Whether it was fitted in this space. */
    public boolean isOf(EmbeddingSpace space) {
        return model.equals(space.model()) && direction.length == space.dimension() * Float.BYTES;
    }

    /** How far the cosines of own and others' questions are apart in the space of all-MiniLM. */
    private static final double APART = 0.3;

    private static final double MOST_STRETCHED = 6;

    /**
     * What to multiply a cosine with, so that cosines are as far apart as in all-MiniLM's space.
     */
    double stretch() {
        return Math.clamp(APART / Math.max(1e-6, best.own() - best.others()), 1, MOST_STRETCHED);
    }

    /** The language of the site, or what it is taken to be. */
    String siteLanguage() {
        return language == null ? Language.ENGLISH : language;
    }

    /**
     * How far the best cosine of a question in another language is above that of others' questions,
     * in standard deviations. Own ones in other languages are not known.
     */
    double abroad(double cosine) {
        Scale scale = abroad == null ? best : abroad;
        return (cosine - scale.others()) / scale.spread();
    }

    /** Whether this version has nothing to add to it. */
    boolean complete() {
        return language != null && abroad != null;
    }

    /** Whether a site of so many passages is still about the one that it was fitted on. */
    boolean holdsFor(long now) {
        return Math.abs(now - passages) <= CHANGED * passages;
    }

    /** Place of a question's vector on the scale {@link #topic}. */
    double topic(float[] question) {
        return along(floats(), question);
    }

    /** The same with the counts of its mistakes. */
    Calibration checked(int refusedOwn, int passedOthers) {
        return new Calibration(
                model,
                passages,
                language,
                best,
                abroad,
                margin,
                topic,
                direction,
                made,
                refusedOwn,
                others,
                passedOthers);
    }

    /** For the owner, in a sentence's part. */
    public String words() {
        return String.format(
                Locale.ROOT,
                "fitted on %d questions made of headings, of which it refuses %s, and on %d of"
                        + " others, of which it refuses %s",
                made,
                share(refused, made),
                others,
                share(others - passed, others));
    }

    /** For {@link #parse}. */
    public String json() {
        return Json.text(this);
    }

    /**
     * Empty where the text is none that {@link #json} wrote; what a later version added is left.
     */
    public static Optional<Calibration> parse(String json) {
        try {
            return Optional.ofNullable(READER.readValue(json));
        } catch (JacksonException | RuntimeException e) {
            return Optional.empty();
        }
    }

    static byte[] bytes(float[] vector) {
        ByteBuffer bytes = ByteBuffer.allocate(vector.length * Float.BYTES);
        bytes.asFloatBuffer().put(vector);
        return bytes.array();
    }

    private FloatBuffer floats() {
        return ByteBuffer.wrap(direction).asFloatBuffer();
    }

    private static double along(FloatBuffer direction, float[] question) {
        double sum = 0;
        for (float value : question) {
            sum += direction.get() * value;
        }
        return sum;
    }

    private static String share(int part, int all) {
        return String.format(Locale.ROOT, "%.0f %%", 100.0 * part / Math.max(1, all));
    }
}
