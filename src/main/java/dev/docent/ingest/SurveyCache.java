package dev.docent.ingest;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
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
 * What the last ingestion found in each file, kept in a file of its own, so that the next one reads
 * only what changed since. It says nothing of the index, which is asked each time what it holds. A
 * cache that is lost, damaged, or of another program, costs the time to read all and nothing else.
 */
public final class SurveyCache {
    /** Remembers nothing. */
    public static final SurveyCache NONE = new SurveyCache(Path.of(""), Optional::empty);

    /** Characters of a digest. */
    private static final int DIGEST = 64;

    private static final Logger LOG = LoggerFactory.getLogger(SurveyCache.class);

    private final Path file;
    private final Supplier<Optional<String>> program;

    /**
     * A cache in a file, which need not exist.
     *
     * @param program names what reads the pages, since another version of it may find something
     *     else in the same files; empty where that cannot be told, and nothing is kept. Asked only
     *     when it is needed
     */
    public SurveyCache(Path file, Supplier<Optional<String>> program) {
        this.file = file;
        this.program = program;
    }

    /**
     * What was found in each page.
     *
     * @param circumstances all that bears on it besides the files; under others nothing is known
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

    /** Puts this in the place of what was known; where that fails, the next run reads all again. */
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
                // At once, since half a cache is none.
                Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(half);
            }
        } catch (IOException e) {
            LOG.debug("{} is not written", file, e);
        }
    }

    /** Made when it is needed: a start has better use for the time. */
    private static final class Json {
        static final JsonMapper MAPPER =
                JsonMapper.builder().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();
    }

    /** What is kept; found under other circumstances, or by another program, it says nothing. */
    private record Kept(String program, String circumstances, Map<String, FileSurvey> surveys) {}

    /** The digest of all that follows comes first. */
    private static byte[] encoded(Kept kept) throws IOException {
        byte[] json = Json.MAPPER.writeValueAsBytes(kept);
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
