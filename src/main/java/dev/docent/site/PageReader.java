package dev.docent.site;

import dev.docent.markdown.Dialect;
import dev.docent.markdown.FrontMatter;
import dev.docent.markdown.ModuleLines;
import dev.docent.markdown.Partials;
import dev.docent.markdown.Section;
import dev.docent.markdown.SectionReader;

import java.nio.file.Path;
import java.util.List;
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
            problems.add(file.file() + ": " + matter.problem() + ".");
        }
        if (matter.flag("draft") || matter.flag("unlisted")) {
            return List.of();
        }
        Dialect dialect = dialect(file.path(), matter);
        List<Section> sections =
                SectionReader.read(matter.body(), dialect, partials(file.path(), sources));
        if (file.relative().endsWith(".txt")) {
            return WholeSiteFile.pages(file.file(), sections);
        }
        String title =
                matter.text("title")
                        .filter(text -> !text.isEmpty())
                        .or(() -> firstTitle(sections, dialect))
                        .orElseGet(() -> Addresses.id(file, matter));
        String url = addresses.url(file, matter);
        return List.of(
                new Page(
                        file.file(),
                        title,
                        url,
                        Page.parts(title, sections),
                        Page.headings(sections)));
    }

    /** Docusaurus takes a title from the text only if nothing comes before it. */
    private static Optional<String> firstTitle(List<Section> sections, Dialect dialect) {
        boolean nothingBefore =
                dialect == Dialect.MARKDOWN || sections.getFirst().pieces().isEmpty();
        return sections.size() > 1 && sections.get(1).level() == 1 && nothingBefore
                ? Optional.of(sections.get(1).heading()).filter(heading -> !heading.isEmpty())
                : Optional.empty();
    }

    private Dialect dialect(Path path, FrontMatter matter) {
        String format =
                matter.values().get("mdx") instanceof java.util.Map<?, ?> mdx
                        ? String.valueOf(mdx.get("format"))
                        : "";
        return switch (format) {
            case "md" -> Dialect.MARKDOWN;
            case "mdx" -> Dialect.MDX;
            default -> dialect(path.toString(), matter.body());
        };
    }

    private Dialect dialect(String path, String body) {
        if (path.endsWith(".txt")) {
            return Dialect.MARKDOWN;
        }
        // A folder may not show that it belongs to Docusaurus, but a page that uses components
        // does.
        return path.endsWith(".mdx")
                        || site.dialect() == Dialect.MDX
                        || ModuleLines.of(body).usesComponents()
                ? Dialect.MDX
                : Dialect.MARKDOWN;
    }

    private Partials partials(Path importer, PageInputs sources) {
        return module -> {
            boolean page = module.endsWith(".md") || module.endsWith(".mdx");
            Path beside = importer.getParent();
            if (!page || beside == null) {
                return Optional.empty();
            }
            Path path =
                    module.startsWith("@site/")
                            ? site.folder().resolve(module.substring("@site/".length()))
                            : beside.resolve(module);
            Path found = path.normalize();
            boolean within = module.startsWith("@site/") || module.startsWith(".");
            if (!within || !found.startsWith(site.folder()) || !sources.exists(found)) {
                return Optional.empty();
            }
            try {
                FrontMatter matter = FrontMatter.of(sources.text(found));
                return Optional.of(
                        new Partials.Partial(
                                matter.body(), dialect(found, matter), partials(found, sources)));
            } catch (SourceText.UnreadableException e) {
                return Optional.empty();
            }
        };
    }
}
