package dev.docent.ingest;

import dev.docent.rag.EmbeddingSpace;
import dev.docent.rag.Passage;
import dev.docent.site.FailedFile;
import dev.docent.site.Page;
import dev.docent.site.PageFile;
import dev.docent.site.PageInputs;
import dev.docent.site.PageReader;
import dev.docent.site.SourceText;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What there is to ingest. It keeps only the id and hash of a passage, to need little memory even
 * for a large site. Not thread-safe.
 */
final class Survey {
    private final PageReader reader;
    private final PassageSplitter splitter;
    private final EmbeddingSpace space;
    private final IngestSettings settings;
    private final List<FailedFile> failed;
    private final Map<UUID, String> hashes = new HashMap<>();
    private final Map<PageFile, FileSurvey> surveys = new LinkedHashMap<>();
    private final Map<String, String> addresses = new HashMap<>();
    private final List<String> warnings = new ArrayList<>();
    private final @Nullable PageList list;
    private final Copies copies = new Copies();
    private int pages;
    private int sections;

    Survey(
            PageReader reader,
            PassageSplitter splitter,
            EmbeddingSpace space,
            IngestSettings settings,
            List<FailedFile> failed,
            @Nullable PageList list) {
        this.list = list;
        this.reader = reader;
        this.splitter = splitter;
        this.space = space;
        this.settings = settings;
        this.failed = failed;
    }

    /** What was found in a file, or why it cannot be read. */
    private record Read(
            PageFile file, @Nullable FileSurvey survey, String failure, List<Page> listed) {}

    /**
     * Reads files on all cores. A file that cannot be read is noted and skipped.
     *
     * @param known what an earlier run found; it is used again for files that did not change
     */
    void add(List<PageFile> files, Map<String, FileSurvey> known) {
        files.parallelStream()
                .map(file -> {
                    FileSurvey before = known.get(file.toString());
                    return before != null && stands(before, file)
                            ? new Read(file, before, "", List.of())
                            : read(file);
                })
                .forEachOrdered(this::add);
    }

    private boolean stands(FileSurvey survey, PageFile file) {
        FileSystem files = file.path().getFileSystem();
        return survey.sources().entrySet().stream()
                .allMatch(source ->
                        PageInputs.unchanged(
                                files.getPath(source.getKey()),
                                source.getValue(),
                                settings.maxFileBytes()));
    }

    private Read read(PageFile file) {
        List<String> odd = new ArrayList<>();
        PageInputs sources = new PageInputs(settings.maxFileBytes());
        try {
            List<Page> found = reader.read(file, odd, sources);
            Map<UUID, FileSurvey.Extract> passages = new LinkedHashMap<>();
            Set<String> anchors = new HashSet<>();
            for (Passage passage : splitter.passages(found, settings.dryRun())) {
                passages.put(
                        passage.id(),
                        new FileSurvey.Extract(hash(passage), passage.tokens(), words(passage)));
                anchors.add(passage.anchor());
            }
            List<FileSurvey.Address> pages =
                    found.stream()
                            .map(page -> new FileSurvey.Address(page.file(), page.url()))
                            .toList();
            return new Read(
                    file,
                    new FileSurvey(sources.digests(), pages, passages, anchors.size(), odd),
                    "",
                    list == null ? List.of() : found);
        } catch (SourceText.UnreadableException e) {
            return new Read(file, null, e.reason(), List.of());
        }
    }

    private void add(Read read) {
        FileSurvey survey = read.survey;
        if (survey == null) {
            failed.add(new FailedFile(read.file.file(), read.failure));
            return;
        }
        warnings.addAll(survey.warnings());
        if (list != null) {
            read.listed.forEach(list::add);
        }
        pages += survey.pages().size();
        survey.pages().forEach(this::address);
        survey.passages().forEach((id, passage) -> hashes.put(id, passage.hash()));
        if (settings.dryRun()) {
            copies.add(read.file.root().name(), survey.passages().values());
        }
        sections += survey.sections();
        surveys.put(read.file, survey);
    }

    private void address(FileSurvey.Address page) {
        String other = page.url() == null ? null : addresses.putIfAbsent(page.url(), page.file());
        if (other != null) {
            warnings.add(
                    "%s and %s are both published at %s; readers see only one of them."
                            .formatted(other, page.file(), page.url()));
        }
    }

    /** The hash that tells whether a passage must be embedded again. */
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
        return PageInputs.digest(all.getBytes(StandardCharsets.UTF_8));
    }

    private static long words(Passage passage) {
        String all =
                String.join("\1", passage.headingPath())
                        + "\0"
                        + passage.title()
                        + "\0"
                        + passage.text();
        String digest = PageInputs.digest(all.getBytes(StandardCharsets.UTF_8));
        return Long.parseUnsignedLong(digest.substring(0, 16), 16);
    }

    /** What of a site is a copy of what, a sentence each; only a dry run looks. */
    List<String> copies() {
        return copies.notes();
    }

    /** The hashes of all passages by id. */
    Map<UUID, String> hashes() {
        return hashes;
    }

    /** What was found in each readable file, as {@link #add} takes it. */
    Map<String, FileSurvey> surveys() {
        Map<String, FileSurvey> all = new LinkedHashMap<>();
        surveys.forEach((file, survey) -> all.put(file.toString(), survey));
        return all;
    }

    /** The passages of a file that are new or have another hash, with their lengths in tokens. */
    Map<UUID, Integer> fresh(PageFile file, Map<UUID, String> present) {
        Map<UUID, Integer> fresh = new HashMap<>();
        FileSurvey survey = surveys.get(file);
        if (survey != null) {
            survey.passages()
                    .forEach((id, passage) -> {
                        if (!passage.hash().equals(present.get(id))) {
                            fresh.put(id, passage.tokens());
                        }
                    });
        }
        return fresh;
    }

    List<String> warnings() {
        return warnings;
    }

    int files() {
        return surveys.size();
    }

    int pages() {
        return pages;
    }

    int sections() {
        return sections;
    }
}
