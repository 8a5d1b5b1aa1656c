package dev.docent.ingest;

import dev.docent.rag.EmbeddingSpace;
import dev.docent.rag.Passage;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * What there is to ingest. Of a passage it keeps the id and the hash alone, so that memory stays
 * bounded however large the site. Not thread-safe.
 */
final class Survey {
    private final PageReader reader;
    private final PassageCutter cutter;
    private final EmbeddingSpace space;
    private final boolean counted;
    private final List<IngestReport.FailedFile> failed;
    private final Map<UUID, String> hashes = new HashMap<>();
    private final Map<PageFile, Map<UUID, Integer>> lengths = new HashMap<>();
    private final Map<String, String> addresses = new HashMap<>();
    private final List<String> warnings = new ArrayList<>();
    private int pages;
    private int sections;

    Survey(
            PageReader reader,
            PassageCutter cutter,
            EmbeddingSpace space,
            boolean counted,
            List<IngestReport.FailedFile> failed) {
        this.reader = reader;
        this.cutter = cutter;
        this.space = space;
        this.counted = counted;
        this.failed = failed;
    }

    /** Reads a file; one that cannot be read is noted, and the others go on. */
    void add(PageFile file) {
        try {
            List<Page> found = reader.read(file, warnings);
            pages += found.size();
            found.forEach(this::address);
            Map<UUID, Integer> own = new HashMap<>();
            Set<String> anchors = new HashSet<>();
            for (Passage passage : cutter.passages(found, counted)) {
                hashes.put(passage.id(), hash(passage));
                own.put(passage.id(), passage.tokens());
                anchors.add(passage.anchor());
            }
            sections += anchors.size();
            lengths.put(file, own);
        } catch (SourceText.UnreadableException e) {
            failed.add(new IngestReport.FailedFile(file.file(), e.reason()));
        }
    }

    private void address(Page page) {
        String other = page.url() == null ? null : addresses.putIfAbsent(page.url(), page.file());
        if (other != null) {
            warnings.add(
                    "%s and %s are both published at %s; readers see only one of them."
                            .formatted(other, page.file(), page.url()));
        }
    }

    /** The hash that tells whether a passage must be embedded anew. */
    String hash(Passage passage) {
        String all =
                String.join(
                        "\0",
                        space.model(),
                        String.valueOf(space.dimension()),
                        passage.title(),
                        String.join("\1", passage.headingPath()),
                        String.valueOf(passage.url()),
                        passage.text());
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha.digest(all.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    /** Id to hash of all passages. */
    Map<UUID, String> hashes() {
        return hashes;
    }

    /** The passages of a file whose hash is not the given one, with their length in tokens. */
    Map<UUID, Integer> fresh(PageFile file, Map<UUID, String> present) {
        Map<UUID, Integer> fresh = new HashMap<>(lengths.getOrDefault(file, Map.of()));
        fresh.keySet().removeIf(id -> String.valueOf(hashes.get(id)).equals(present.get(id)));
        return fresh;
    }

    List<String> warnings() {
        return warnings;
    }

    int files() {
        return lengths.size();
    }

    int pages() {
        return pages;
    }

    int sections() {
        return sections;
    }
}
