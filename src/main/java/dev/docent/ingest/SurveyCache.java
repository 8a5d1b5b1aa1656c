package dev.docent.ingest;

import com.fasterxml.jackson.databind.SerializationFeature;
import dev.docent.json.Json;
import dev.docent.site.PageInputs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file that keeps what the last ingestion found in each page, so that the next one reads only
 * what changed. It says nothing about the index, which is always asked for its content. If the
 * cache is lost, damaged or of another build, all pages are read again, and nothing else happens.
 */
public final class SurveyCache {
    /** Stores nothing. */
    public static final SurveyCache NONE = new SurveyCache(Path.of(""), Optional::empty);

    /** Length of a digest in characters. */
    private static final int DIGEST = 64;

    private static final Logger LOG = LoggerFactory.getLogger(SurveyCache.class);

    private final Path file;
    private final Supplier<Optional<String>> program;

    /**
     * A cache in a file, which need not exist.
     *
     * @param program identifies the build, since another one may find something else in the same
     *     files; if it is empty, nothing is stored. Called only when needed
     */
    public SurveyCache(Path file, Supplier<Optional<String>> program) {
        this.file = file;
        this.program = program;
    }

    /**
     * What was found in each page.
     *
     * @param circumstances everything besides the files that influences the result; if they differ,
     *     the result is empty
     */
    Map<String, FileSurvey> recall(String circumstances) {
        Optional<String> reader = program.get();
        if (reader.isEmpty()) {
            return Map.of();
        }
        try {
            Kept kept = decoded(Files.readAllBytes(file));
            return kept.program.equals(reader.get()) && kept.circumstances.equals(circumstances)
                    ? kept.surveys
                    : Map.of();
        } catch (NoSuchFileException e) {
            return Map.of();
        } catch (IOException e) {
            LOG.debug("{} is not used", file, e);
            return Map.of();
        }
    }

    /** Replaces the cache's content; if that fails, the next run reads all pages again. */
    void remember(String circumstances, Map<String, FileSurvey> surveys) {
        Optional<String> reader = program.get();
        if (reader.isEmpty()) {
            return;
        }
        try {
            Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent());
            Files.createDirectories(folder);
            Path half = Files.createTempFile(folder, "survey", ".tmp");
            try {
                Files.write(half, encoded(new Kept(reader.get(), circumstances, surveys)));
                // Atomically, because half a cache is useless.
                Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(half);
            }
        } catch (IOException e) {
            LOG.debug("{} is not written", file, e);
        }
    }

    /** The cache's content; valid only for the same program and circumstances. */
    private record Kept(String program, String circumstances, Map<String, FileSurvey> surveys) {}

    /** The digest of the JSON, then the JSON. */
    private static byte[] encoded(Kept kept) throws IOException {
        byte[] json =
                Json.MAPPER
                        .writer(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                        .writeValueAsBytes(kept);
        byte[] digest = PageInputs.digest(json).getBytes(StandardCharsets.US_ASCII);
        byte[] all = Arrays.copyOf(digest, digest.length + json.length);
        System.arraycopy(json, 0, all, digest.length, json.length);
        return all;
    }

    private static Kept decoded(byte[] all) throws IOException {
        int start = Math.min(DIGEST, all.length);
        byte[] json = Arrays.copyOfRange(all, start, all.length);
        if (!new String(all, 0, start, StandardCharsets.US_ASCII).equals(PageInputs.digest(json))) {
            throw new IOException("damaged");
        }
        return Json.MAPPER.readValue(json, Kept.class);
    }
}
