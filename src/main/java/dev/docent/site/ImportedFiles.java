package dev.docent.site;

import dev.docent.markdown.Dialect;
import dev.docent.markdown.FrontMatter;
import dev.docent.markdown.ModuleLines;
import dev.docent.markdown.Partials;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The files that one page of a site imports. Their names are resolved as Docusaurus' webpack does:
 * from the page, from {@code @site}, or with a slash at the start from a folder of static files or
 * the site's root. Files outside of the site's checkout are not read.
 */
final class ImportedFiles implements Partials {
    private final Site site;
    private final String name;
    private final Path importer;
    private final String source;
    private final PageInputs sources;
    private final List<String> problems;

    /**
     * The imports of a page.
     *
     * @param name of the page, for messages
     * @param importer its file
     * @param source its text, front matter included
     * @param sources reads the files and notes them
     * @param problems receives a sentence for each file that is shown and not there
     */
    ImportedFiles(
            Site site,
            String name,
            Path importer,
            String source,
            PageInputs sources,
            List<String> problems) {
        this.site = site;
        this.name = name;
        this.importer = importer;
        this.source = source;
        this.sources = sources;
        this.problems = problems;
    }

    /** What a page is written in. */
    static Dialect dialect(Site site, Path path, FrontMatter matter) {
        String format =
                matter.values().get("mdx") instanceof Map<?, ?> mdx
                        ? String.valueOf(mdx.get("format"))
                        : "";
        return switch (format) {
            case "md" -> Dialect.MARKDOWN;
            case "mdx" -> Dialect.MDX;
            default -> dialect(site, path.toString(), matter.body());
        };
    }

    private static Dialect dialect(Site site, String path, String body) {
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

    @Override
    public Optional<Partial> find(String module) {
        if (!module.endsWith(".md") && !module.endsWith(".mdx")) {
            return Optional.empty();
        }
        Optional<Path> path = resolved(module);
        try {
            return path.map(found -> {
                String text = sources.text(found);
                FrontMatter matter = FrontMatter.of(text);
                return new Partial(
                        matter.body(),
                        dialect(site, found, matter),
                        new ImportedFiles(site, shown(found), found, text, sources, problems));
            });
        } catch (SourceText.UnreadableException e) {
            problems.add("%s: %s, %s.".formatted(place(module), shown(path.get()), e.reason()));
            return Optional.empty();
        }
    }

    @Override
    public Optional<String> code(String module) {
        boolean raw = module.matches("!{0,2}raw-loader!.*|.*\\?raw");
        if (!raw) {
            return Optional.empty();
        }
        String file = module.replaceFirst("^!{0,2}raw-loader!", "").replaceFirst("\\?raw$", "");
        Optional<Path> path = resolved(file);
        try {
            return path.map(sources::text);
        } catch (SourceText.UnreadableException e) {
            problems.add("%s: %s, %s.".formatted(place(module), shown(path.get()), e.reason()));
            return Optional.empty();
        }
    }

    @Override
    public void unclosed(int line) {
        long before = lines(source) - lines(FrontMatter.of(source).body());
        problems.add(
                "%s line %d: a tag, brace or quote there never ends, so it is read as text."
                        .formatted(name, before + line));
    }

    private static long lines(String text) {
        return text.chars().filter(c -> c == '\n').count();
    }

    private Optional<Path> resolved(String module) {
        try {
            for (Path candidate : candidates(module)) {
                Path path = candidate.normalize();
                if (path.startsWith(site.tree()) && sources.exists(path)) {
                    return Optional.of(path);
                }
            }
        } catch (InvalidPathException e) {
            problems.add(place(module) + ": it imports " + module + ", which is no path.");
            return Optional.empty();
        }
        problems.add(
                "%s: it shows %s, which was not found, so that part is missing."
                        .formatted(place(module), module));
        return Optional.empty();
    }

    private List<Path> candidates(String module) {
        List<Path> candidates = new ArrayList<>();
        if (module.startsWith("@site/")) {
            candidates.add(site.folder().resolve(module.substring("@site/".length())));
        } else if (module.startsWith("/")) {
            String below = module.replaceFirst("^/+", "");
            site.fixed().forEach(folder -> candidates.add(folder.resolve(below)));
            candidates.add(site.folder().resolve(below));
        } else if (module.startsWith(".")) {
            candidates.add(importer.resolveSibling(module));
        }
        return candidates;
    }

    private String shown(Path path) {
        return path.startsWith(site.tree())
                ? site.tree().relativize(path).toString().replace('\\', '/')
                : path.toString();
    }

    /** Where the page imports a module. */
    private String place(String module) {
        int at = source.indexOf(module);
        long line = at < 0 ? 1 : 1 + source.substring(0, at).chars().filter(c -> c == '\n').count();
        return name + " line " + line;
    }
}
