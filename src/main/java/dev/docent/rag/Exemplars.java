package dev.docent.rag;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Questions of a resource, as vectors to compare another question with. Thread-safe. */
final class Exemplars {
    private final Embedder embedder;
    private final String resource;
    private @Nullable List<Exemplar> all;

    /**
     * Reads nothing yet.
     *
     * @param resource a text file beside this class, an example on each line but those with a #
     */
    Exemplars(Embedder embedder, String resource) {
        this.embedder = embedder;
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

    /** Computed once, at the first look, because only a calibrated model ever needs them. */
    synchronized List<Exemplar> all() {
        List<Exemplar> known = all;
        if (known == null) {
            known =
                    lines().parallelStream()
                            .map(text -> new Exemplar(text, embedder.embedQuery(text)))
                            .toList();
            all = known;
        }
        return known;
    }

    private List<String> lines() {
        try (InputStream stream =
                        Objects.requireNonNull(
                                Exemplars.class.getResourceAsStream(resource), resource);
                BufferedReader lines =
                        new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            return lines.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static double cosine(float[] one, float[] other) {
        double cosine = 0;
        for (int i = 0; i < one.length; i++) {
            cosine += one[i] * other[i];
        }
        return cosine;
    }
}
