package dev.docent.site;

import dev.docent.markdown.Dialect;
import dev.docent.markdown.FrontMatter;
import dev.docent.markdown.HeadingIds;
import dev.docent.markdown.Section;
import dev.docent.markdown.SectionReader;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads the pages of one site. Thread-safe. */
public final class PageReader {
    private final Site site;
    private final long maxBytes;
    private final Addresses addresses;

    public PageReader(Site site, long maxBytes) {
        this.site = site;
        this.maxBytes = maxBytes;
        addresses = new Addresses(site);
    }

    /**
     * The pages in a file: usually one; none for a draft or an unlisted page; many for a {@code
     * llms-full.txt}.
     *
     * @param problems receives a sentence for each oddity that does no harm
     * @throws SourceText.UnreadableException if the file cannot be read as text
     */
    public List<Page> read(PageFile file, List<String> problems) {
        return read(file, problems, new PageInputs(maxBytes));
    }

    /**
     * The same.
     *
     * @param sources reads the files that the pages are made of, and notes them
     */
    public List<Page> read(PageFile file, List<String> problems, PageInputs sources) {
        String source = sources.text(file.path());
        FrontMatter matter = FrontMatter.of(source);
        if (!matter.problem().isEmpty()) {
            // It may say that the page is a draft.
            throw new SourceText.UnreadableException(matter.problem());
        }
        if (hidden(file, matter, "draft", problems) || hidden(file, matter, "unlisted", problems)) {
            return List.of();
        }
        Dialect dialect = ImportedFiles.dialect(site, file.path(), matter);
        List<Section> sections =
                SectionReader.read(
                        matter.body(),
                        dialect,
                        new ImportedFiles(
                                site, file.file(), file.path(), source, sources, problems),
                        new HeadingIds(site.maintainCase(), site.htmlComments()));
        if (file.relative().endsWith(".txt")) {
            return WholeSiteFile.pages(file.file(), sections);
        }
        String title =
                matter.text("title")
                        .filter(text -> !text.isEmpty())
                        .or(() -> firstTitle(sections, dialect))
                        .orElseGet(() -> Addresses.id(file, matter));
        String url = addresses.url(file, matter);
        boolean empty = sections.stream().allMatch(section -> section.pieces().isEmpty());
        if (empty && !matter.body().isBlank()) {
            problems.add(
                    "%s has no text that could be read, so it cannot be found."
                            .formatted(file.file()));
        }
        return List.of(
                new Page(
                        file.file(),
                        title,
                        url,
                        Page.parts(title, sections),
                        Page.headings(sections)));
    }

    /** Whether a page is not for readers. Docusaurus takes a boolean, or one in quotes. */
    private static boolean hidden(
            PageFile file, FrontMatter matter, String key, List<String> problems) {
        String value = String.valueOf(matter.values().get(key)).strip().toLowerCase(Locale.ROOT);
        boolean shown = value.equals("false") || value.equals("null");
        if (!shown && !value.equals("true")) {
            problems.add(
                    "%s is left out, because its front matter says %s: %s, which is neither true nor false."
                            .formatted(file.file(), key, value));
        }
        return !shown;
    }

    /** Docusaurus takes a title from the text only if nothing comes before it. */
    private static Optional<String> firstTitle(List<Section> sections, Dialect dialect) {
        boolean nothingBefore =
                dialect == Dialect.MARKDOWN || sections.getFirst().pieces().isEmpty();
        return sections.size() > 1 && sections.get(1).level() == 1 && nothingBefore
                ? Optional.of(sections.get(1).heading()).filter(heading -> !heading.isEmpty())
                : Optional.empty();
    }
}
