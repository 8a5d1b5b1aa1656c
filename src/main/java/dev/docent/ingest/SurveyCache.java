package dev.docent.ingest;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
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
     *     else in the same files; empty where that cannot be told, and nothing is kept. Asked when
     *     it is needed, since a start has better use for the time
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
            return decoded(Files.readAllBytes(file), header(reader.get(), circumstances));
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
                Files.write(half, encoded(header(reader.get(), circumstances), surveys));
                // At once, since half a cache is none.
                Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(half);
            }
        } catch (IOException e) {
            LOG.debug("{} is not written", file, e);
        }
    }

    private static String header(String program, String circumstances) {
        return program + '\n' + circumstances;
    }

    /** The digest of all that follows comes first. */
    private static byte[] encoded(String header, Map<String, FileSurvey> surveys)
            throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        write(out, header);
        out.writeInt(surveys.size());
        for (Map.Entry<String, FileSurvey> survey : surveys.entrySet()) {
            write(out, survey.getKey());
            write(out, survey.getValue());
        }
        byte[] body = bytes.toByteArray();
        byte[] digest = Sources.digest(body).getBytes(StandardCharsets.US_ASCII);
        byte[] all = Arrays.copyOf(digest, digest.length + body.length);
        System.arraycopy(body, 0, all, digest.length, body.length);
        return all;
    }

    private static Map<String, FileSurvey> decoded(byte[] all, String header) throws IOException {
        int start = Math.min(DIGEST, all.length);
        byte[] body = Arrays.copyOfRange(all, start, all.length);
        if (!new String(all, 0, start, StandardCharsets.US_ASCII).equals(Sources.digest(body))) {
            throw new IOException("damaged");
        }
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(body));
        if (!text(in).equals(header)) {
            return Map.of();
        }
        int size = in.readInt();
        Map<String, FileSurvey> surveys = HashMap.newHashMap(size);
        for (int i = 0; i < size; i++) {
            surveys.put(text(in), survey(in));
        }
        return surveys;
    }

    private static void write(DataOutputStream out, FileSurvey survey) throws IOException {
        out.writeInt(survey.sources().size());
        for (Map.Entry<String, String> source : survey.sources().entrySet()) {
            write(out, source.getKey());
            write(out, source.getValue());
        }
        out.writeInt(survey.pages().size());
        for (FileSurvey.Address page : survey.pages()) {
            write(out, page.file());
            out.writeBoolean(page.url() != null);
            write(out, page.url() == null ? "" : page.url());
        }
        out.writeInt(survey.passages().size());
        for (Map.Entry<UUID, FileSurvey.Extract> passage : survey.passages().entrySet()) {
            out.writeLong(passage.getKey().getMostSignificantBits());
            out.writeLong(passage.getKey().getLeastSignificantBits());
            write(out, passage.getValue().hash());
            out.writeInt(passage.getValue().tokens());
        }
        out.writeInt(survey.sections());
        out.writeInt(survey.warnings().size());
        for (String warning : survey.warnings()) {
            write(out, warning);
        }
    }

    private static FileSurvey survey(DataInputStream in) throws IOException {
        Map<String, String> sources = new LinkedHashMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            sources.put(text(in), text(in));
        }
        List<FileSurvey.Address> pages = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            String file = text(in);
            boolean addressed = in.readBoolean();
            String url = text(in);
            pages.add(new FileSurvey.Address(file, addressed ? url : null));
        }
        Map<UUID, FileSurvey.Extract> passages = new LinkedHashMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            UUID id = new UUID(in.readLong(), in.readLong());
            passages.put(id, new FileSurvey.Extract(text(in), in.readInt()));
        }
        int sections = in.readInt();
        List<String> warnings = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            warnings.add(text(in));
        }
        return new FileSurvey(sources, pages, passages, sections, warnings);
    }

    /** {@link DataOutputStream#writeUTF} takes no more than 64 KiB. */
    private static void write(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static String text(DataInputStream in) throws IOException {
        return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
    }
}
