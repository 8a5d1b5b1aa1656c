package dev.docent.rag;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ShortBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Questions of a resource, as vectors to compare another question with. Their vectors are a
 * resource too, because to compute them would take the first second of each start. Thread-safe.
 */
final class Exemplars {
    /**
     * A question a line: its vector as Base64 of 16-bit floats, a tab, and its text. Written by
     * {@code ExemplarVectors} among the tests, which also compare it with what the model says. They
     * are of the space that {@link Evidence} is calibrated for.
     */
    static final String VECTORS = "exemplars.all-minilm-l6-v2-q.txt";

    private final String resource;
    private @Nullable List<Exemplar> all;

    /**
     * Reads nothing yet.
     *
     * @param resource a text file beside this class, an example on each line but those with a #
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

    /** All of them, in no promised order. */
    Stream<Near> near(float[] question) {
        return all().stream().map(example -> new Near(example, cosine(example.vector, question)));
    }

    /** Read at the first look, because only a calibrated model ever needs them. */
    private synchronized List<Exemplar> all() {
        List<Exemplar> known = all;
        if (known == null) {
            Map<String, float[]> vectors = vectors();
            known =
                    questions(resource).stream()
                            .map(text ->
                                    new Exemplar(
                                            text, Objects.requireNonNull(vectors.get(text), text)))
                            .toList();
            all = known;
        }
        return known;
    }

    /** The questions of a resource. */
    static List<String> questions(String resource) {
        return lines(resource).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList();
    }

    /** The vectors that are a resource, by question. */
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

    /** In four sums, because each addition to one of them waits for the last one. */
    private static double cosine(float[] one, float[] other) {
        int whole = one.length - one.length % 4;
        float a = 0;
        float b = 0;
        float c = 0;
        float d = 0;
        for (int i = 0; i < whole; i += 4) {
            a += one[i] * other[i];
            b += one[i + 1] * other[i + 1];
            c += one[i + 2] * other[i + 2];
            d += one[i + 3] * other[i + 3];
        }
        for (int i = whole; i < one.length; i++) {
            a += one[i] * other[i];
        }
        return a + b + c + d;
    }
}
