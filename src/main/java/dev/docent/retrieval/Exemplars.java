package dev.docent.retrieval;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ShortBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Questions from a resource, with vectors to compare other questions with. The vectors are a
 * resource, too, because computing them would take a second of each start. Thread-safe.
 */
final class Exemplars {
    /**
     * One question per line: its vector as Base64 of 16-bit floats, a tab, and its text. Written by
     * {@code ExemplarVectors} among the tests, which also compare it with the model's vectors. The
     * vectors are of the space that {@link Evidence} is calibrated for.
     */
    static final String VECTORS = "exemplars.all-minilm-l6-v2-q.txt";

    private final String resource;
    private @Nullable Known known;

    /**
     * Reads nothing yet.
     *
     * @param resource a text file beside this class, with an example on each line that does not
     *     begin with #
     */
    Exemplars(String resource) {
        this.resource = resource;
    }

    /**
     * An example.
     *
     * @param vector of length one
     */
    // A vector is a plain array on the hot path; examples are never compared.
    @SuppressWarnings("ArrayRecordComponent")
    record Exemplar(String text, float[] vector) {}

    /** An example, and how near it is to a question. */
    record Near(Exemplar example, double cosine) {}

    /** All examples, in no particular order. */
    List<Near> near(float[] question) {
        Known examples = known();
        float[] cosines = new float[examples.all.size()];
        for (int dimension = 0; dimension < question.length; dimension++) {
            add(cosines, question[dimension], examples.columns[dimension]);
        }
        List<Near> near = new ArrayList<>(cosines.length);
        for (int i = 0; i < cosines.length; i++) {
            near.add(new Near(examples.all.get(i), cosines[i]));
        }
        return near;
    }

    /** A method of its own, because the JVM turns such a loop into vector instructions. */
    private static void add(float[] sums, float factor, float[] column) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += factor * column[i];
        }
    }

    /** Reads them on first use, because only a calibrated model needs them. */
    private synchronized Known known() {
        Known read = known;
        if (read == null) {
            read = Known.of(resource);
            known = read;
        }
        return read;
    }

    /**
     * The examples as they were read.
     *
     * @param columns for each dimension, the examples' values in it
     */
    // As above, arrays on the hot path.
    @SuppressWarnings("ArrayRecordComponent")
    private record Known(List<Exemplar> all, float[][] columns) {
        static Known of(String resource) {
            Map<String, float[]> vectors = vectors();
            List<Exemplar> all =
                    questions(resource).stream()
                            .map(text ->
                                    new Exemplar(
                                            text, Objects.requireNonNull(vectors.get(text), text)))
                            .toList();
            float[][] columns = new float[all.getFirst().vector.length][all.size()];
            for (int i = 0; i < all.size(); i++) {
                for (int dimension = 0; dimension < columns.length; dimension++) {
                    columns[dimension][i] = all.get(i).vector[dimension];
                }
            }
            return new Known(all, columns);
        }
    }

    /** The questions of a resource. */
    static List<String> questions(String resource) {
        return lines(resource).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList();
    }

    /** The vectors of the resource, by question. */
    static Map<String, float[]> vectors() {
        Map<String, float[]> vectors = new HashMap<>();
        for (String line : lines(VECTORS)) {
            int tab = line.indexOf('\t');
            byte[] bytes = Base64.getDecoder().decode(line.substring(0, tab));
            ShortBuffer halves = ByteBuffer.wrap(bytes).asShortBuffer();
            float[] vector = new float[halves.remaining()];
            for (int i = 0; i < vector.length; i++) {
                vector[i] = Float.float16ToFloat(halves.get(i));
            }
            vectors.put(line.substring(tab + 1), vector);
        }
        return vectors;
    }

    /** A line of the resource with vectors. */
    static String line(String question, float[] vector) {
        ByteBuffer bytes = ByteBuffer.allocate(vector.length * Short.BYTES);
        for (float value : vector) {
            bytes.putShort(Float.floatToFloat16(value));
        }
        return Base64.getEncoder().encodeToString(bytes.array()) + '\t' + question;
    }

    private static List<String> lines(String resource) {
        try (InputStream stream =
                        Objects.requireNonNull(
                                Exemplars.class.getResourceAsStream(resource), resource);
                BufferedReader lines =
                        new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            return lines.lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
