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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

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

    /** What a file holds, or why it cannot be read. */
    private record Read(
            PageFile file,
            List<Address> pages,
            Map<UUID, String> hashes,
            Map<UUID, Integer> lengths,
            int sections,
            List<String> warnings,
            @Nullable String failure) {}

    /** Of a page, what tells whether another one hides it. */
    private record Address(String file, @Nullable String url) {}

    /** Reads files, on all cores; one that cannot be read is noted, and the others go on. */
    void add(List<PageFile> files) {
        files.parallelStream().map(this::read).forEachOrdered(this::add);
    }

    private Read read(PageFile file) {
        List<String> odd = new ArrayList<>();
        try {
            List<Page> found = reader.read(file, odd);
            Map<UUID, String> own = new LinkedHashMap<>();
            Map<UUID, Integer> tokens = new HashMap<>();
            Set<String> anchors = new HashSet<>();
            for (Passage passage : cutter.passages(found, counted)) {
                own.put(passage.id(), hash(passage));
                tokens.put(passage.id(), passage.tokens());
                anchors.add(passage.anchor());
            }
            List<Address> pages =
                    found.stream().map(page -> new Address(page.file(), page.url())).toList();
            return new Read(file, pages, own, tokens, anchors.size(), odd, null);
        } catch (SourceText.UnreadableException e) {
            return new Read(file, List.of(), Map.of(), Map.of(), 0, odd, e.reason());
        }
    }

    private void add(Read read) {
        warnings.addAll(read.warnings);
        if (read.failure != null) {
            failed.add(new IngestReport.FailedFile(read.file.file(), read.failure));
            return;
        }
        pages += read.pages.size();
        read.pages.forEach(this::address);
        hashes.putAll(read.hashes);
        sections += read.sections;
        lengths.put(read.file, read.lengths);
    }

    private void address(Address page) {
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
