package dev.docent.ingest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what a folder is: a site's root, its docs, its blog, plain Markdown, or a single file;
 * and with it the folders of pages and where each of them is published. Source of the layout:
 * Docusaurus' {@code versions/files.ts} and {@code versions/version.ts}.
 */
final class SiteScan {
    private static final List<String> CONFIGS =
            Stream.of("ts", "js", "mjs", "cjs").map(end -> "docusaurus.config." + end).toList();
    private static final int MAX_CONFIG_BYTES = 1 << 20;

    private final Path dir;
    private final Path site;
    private final boolean isRoot;
    private final ConfigScan config;
    private final String baseUrl;
    private final String siteUrl;
    private final String docsRoute;
    private final List<ContentRoot> roots = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    private SiteScan(Path dir, SiteSettings settings) {
        this.dir = dir;
        Path above = dir.getParent();
        Optional<Path> own = configIn(dir);
        Optional<Path> file = own.isPresent() || above == null ? own : configIn(above);
        isRoot = own.isPresent();
        site = file.isPresent() && !isRoot && above != null ? above : dir;
        config = ConfigScan.of(file.map(path -> head(path)).orElse(""));
        file.ifPresent(path -> notes.add("The site's layout is read from " + path + "."));
        siteUrl = setting("url", settings.siteUrl(), config.top("url"), "");
        baseUrl = setting("baseUrl", settings.baseUrl(), config.top("baseUrl"), "/");
        docsRoute =
                setting(
                        "routeBasePath",
                        settings.routeBasePath(),
                        config.anywhere("docs.routeBasePath"),
                        "docs");
    }

    /** Looks at a folder, or at a single file. */
    static Site of(Path dir, SiteSettings settings) {
        return new SiteScan(dir.toAbsolutePath().normalize(), settings).scan(settings);
    }

    private Site scan(SiteSettings settings) {
        if (isRoot) {
            wholeSite();
        } else {
            oneFolder();
        }
        Boolean slash = settings.trailingSlash();
        String foundSlash =
                setting(
                        "trailingSlash",
                        slash == null ? null : slash.toString(),
                        config.top("trailingSlash"),
                        "false");
        return new Site(
                site,
                siteUrl.replaceAll("/+$", ""),
                foundSlash.equals("true"),
                dialect(),
                List.copyOf(roots),
                List.copyOf(notes));
    }

    private String setting(
            String name, @Nullable String said, Optional<String> found, String otherwise) {
        if (said != null) {
            return said;
        }
        found.ifPresent(value -> notes.add(name + " is \"" + value + "\" there."));
        return found.orElse(otherwise);
    }

    private void wholeSite() {
        String docs = config.anywhere("docs.path").orElse("docs");
        String blog = config.anywhere("blog.path").orElse("blog");
        String blogRoute = config.anywhere("blog.routeBasePath").orElse("blog");
        List<String> versions = versions();
        add(docs, ContentRoot.Kind.DOCS, docsRoute, versionPath("current", versions));
        for (String version : versions) {
            String path = versionPath(version, versions);
            add("versioned_docs/version-" + version, ContentRoot.Kind.DOCS, docsRoute, path);
        }
        add(blog, ContentRoot.Kind.BLOG, blogRoute, "");
        for (String locale : locales()) {
            String folder = "i18n/" + locale + "/docusaurus-plugin-content-";
            String route = locale + "/" + docsRoute;
            String current = versionPath("current", versions);
            add(folder + "docs/current", ContentRoot.Kind.DOCS, route, current);
            for (String version : versions) {
                String path = versionPath(version, versions);
                add(folder + "docs/version-" + version, ContentRoot.Kind.DOCS, route, path);
            }
            add(folder + "blog", ContentRoot.Kind.BLOG, locale + "/" + blogRoute, "");
        }
    }

    private void oneFolder() {
        Path name = dir.getFileName();
        String called = name == null ? "docs" : name.toString().replace("/", "");
        boolean blog =
                !site.equals(dir) && called.equals(config.anywhere("blog.path").orElse("blog"));
        if (Files.isRegularFile(dir)) {
            roots.add(new ContentRoot(dir, "", ContentRoot.Kind.DOCS, base(docsRoute, "")));
        } else if (blog) {
            String route = config.anywhere("blog.routeBasePath").orElse("blog");
            roots.add(new ContentRoot(dir, called + "/", ContentRoot.Kind.BLOG, base(route, "")));
        } else {
            String version = site.equals(dir) ? "" : versionPath("current", versions());
            String base = base(docsRoute, version);
            roots.add(new ContentRoot(dir, called + "/", ContentRoot.Kind.DOCS, base));
        }
    }

    private void add(String folder, ContentRoot.Kind kind, String route, String version) {
        Path path = site.resolve(folder).normalize();
        if (Files.isDirectory(path)) {
            String name = folder.replaceAll("^(?:\\.\\.?/)+", "") + "/";
            roots.add(new ContentRoot(path, name, kind, base(route, version)));
        }
    }

    private String base(String route, String version) {
        return ("/" + baseUrl + "/" + route + "/" + version + "/").replaceAll("/{2,}", "/");
    }

    /** The last version is published without its name, and docs that came after it as "next". */
    private String versionPath(String version, List<String> versions) {
        Optional<String> said = config.anywhere("docs.versions." + version + ".path");
        String last =
                config.anywhere("docs.lastVersion")
                        .orElse(versions.isEmpty() ? "current" : versions.getFirst());
        return said.orElse(
                version.equals(last) ? "" : version.equals("current") ? "next" : version);
    }

    private List<String> versions() {
        Path file = site.resolve("versions.json");
        // A list of strings in JSON is one in YAML too.
        return Files.isRegularFile(file)
                        && FrontMatter.of(
                                                "---\nversions: "
                                                        + head(file).replace('\n', ' ')
                                                        + "\n---\n")
                                        .values()
                                        .get("versions")
                                instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }

    private List<String> locales() {
        List<String> locales = new ArrayList<>();
        String main = config.anywhere("i18n.defaultLocale").orElse("en");
        Path folder = site.resolve("i18n");
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> children = Files.newDirectoryStream(folder)) {
                for (Path child : children) {
                    Path name = child.getFileName();
                    if (Files.isDirectory(child) && name != null && !name.toString().equals(main)) {
                        locales.add(name.toString());
                    }
                }
            } catch (IOException e) {
                notes.add("The folder i18n cannot be read, so translations are left out.");
            }
        }
        locales.sort(null);
        return locales;
    }

    /** Docusaurus takes Markdown for MDX unless it is told to tell them apart by their endings. */
    private Dialect dialect() {
        if (!site.equals(dir) || isRoot) {
            boolean detect = config.anywhere("markdown.format").orElse("mdx").equals("detect");
            return detect ? Dialect.MARKDOWN : Dialect.MDX;
        }
        try (Stream<Path> files = Files.walk(dir, 6)) {
            boolean docusaurus =
                    files.map(path -> String.valueOf(path.getFileName()))
                            .anyMatch(n -> n.endsWith(".mdx") || n.startsWith("_category_."));
            return docusaurus ? Dialect.MDX : Dialect.MARKDOWN;
        } catch (IOException | java.io.UncheckedIOException e) {
            return Dialect.MARKDOWN;
        }
    }

    private static Optional<Path> configIn(Path folder) {
        return CONFIGS.stream().map(folder::resolve).filter(Files::isRegularFile).findFirst();
    }

    private static String head(Path file) {
        try (var in = Files.newInputStream(file)) {
            return new String(in.readNBytes(MAX_CONFIG_BYTES), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }
}
