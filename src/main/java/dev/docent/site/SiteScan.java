package dev.docent.site;

import dev.docent.markdown.Dialect;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what a folder is (a site's root, its docs, its blog, plain Markdown, or a single file),
 * which folders of pages it has, and where each of them is published. Source of the layout:
 * Docusaurus' {@code versions/files.ts} and {@code versions/version.ts}.
 */
public final class SiteScan {
    private static final List<String> CONFIGS =
            Stream.of("ts", "js", "mjs", "cjs").map(end -> "docusaurus.config." + end).toList();
    private static final ContentPlugin PLAIN =
            new ContentPlugin(ContentRoot.Kind.DOCS, "", ConfigScan.of(""), "docs");

    private final Path dir;
    private final Path site;
    private final boolean isRoot;
    private final ConfigScan config;
    private final List<ContentPlugin> docs;
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
        config = ConfigScan.of(file.map(SourceText::head).orElse(""));
        docs = ContentPlugin.of(ContentRoot.Kind.DOCS, config);
        file.ifPresent(path -> notes.add("The site's layout is read from " + path + "."));
        siteUrl = setting("url", settings.siteUrl(), config.top("url"), "");
        baseUrl = setting("baseUrl", settings.baseUrl(), config.top("baseUrl"), "/");
        docsRoute =
                setting(
                        "routeBasePath",
                        settings.routeBasePath(),
                        docs.stream()
                                .filter(plugin -> plugin.id().isEmpty())
                                .findFirst()
                                .flatMap(plugin -> plugin.option("routeBasePath")),
                        "docs");
    }

    /** Looks at a folder, or at a single file. */
    public static Site of(Path dir, SiteSettings settings) {
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
        List<ContentPlugin> plugins = new ArrayList<>(docs);
        plugins.addAll(ContentPlugin.of(ContentRoot.Kind.BLOG, config));
        for (ContentPlugin plugin : plugins) {
            List<String> versions = plugin.versions(site);
            if (plugin.current()) {
                add(plugin, plugin.path(), "", current(plugin, versions));
            }
            for (String version : versions) {
                String path = plugin.versionPath(version, versions);
                add(plugin, plugin.versioned(version), "", path);
            }
        }
        for (String locale : locales()) {
            plugins.forEach(plugin -> translations(plugin, locale));
        }
    }

    private void translations(ContentPlugin plugin, String locale) {
        String folder = plugin.translated(locale);
        if (plugin.kind() == ContentRoot.Kind.BLOG) {
            add(plugin, folder, locale, "");
            return;
        }
        List<String> versions = plugin.versions(site);
        if (plugin.current()) {
            add(plugin, folder + "/current", locale, current(plugin, versions));
        }
        for (String version : versions) {
            String path = plugin.versionPath(version, versions);
            add(plugin, folder + "/version-" + version, locale, path);
        }
    }

    private static String current(ContentPlugin plugin, List<String> versions) {
        return plugin.kind() == ContentRoot.Kind.BLOG
                ? ""
                : plugin.versionPath("current", versions);
    }

    private void oneFolder() {
        Path name = dir.getFileName();
        String called = name == null ? "docs" : name.toString().replace("/", "");
        if (Files.isRegularFile(dir)) {
            roots.add(new ContentRoot(dir, "", ContentRoot.Kind.DOCS, base(docsRoute, "")));
            return;
        }
        List<ContentPlugin> all = new ArrayList<>(docs);
        all.addAll(ContentPlugin.of(ContentRoot.Kind.BLOG, config));
        Optional<ContentPlugin> own =
                site.equals(dir)
                        ? Optional.empty()
                        : all.stream()
                                .filter(p -> site.resolve(p.path()).normalize().equals(dir))
                                .findFirst();
        ContentPlugin plugin = own.orElse(docs.isEmpty() ? PLAIN : docs.getFirst());
        String version = site.equals(dir) ? "" : current(plugin, plugin.versions(site));
        roots.add(new ContentRoot(dir, called + "/", plugin.kind(), base(route(plugin), version)));
    }

    private void add(ContentPlugin plugin, String folder, String locale, String version) {
        Path path = site.resolve(folder).normalize();
        if (Files.isDirectory(path)) {
            String name = folder.replaceAll("^(?:\\.\\.?/)+", "") + "/";
            String base = base(locale + "/" + route(plugin), version);
            roots.add(new ContentRoot(path, name, plugin.kind(), base));
        }
    }

    /** The route that the owner names is the one of the preset's docs. */
    private String route(ContentPlugin plugin) {
        boolean main = plugin.kind() == ContentRoot.Kind.DOCS && plugin.id().isEmpty();
        return main ? docsRoute : plugin.route();
    }

    private String base(String route, String version) {
        return ("/" + baseUrl + "/" + route + "/" + version + "/").replaceAll("/{2,}", "/");
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

    /** Docusaurus reads {@code .md} as MDX unless its configuration says {@code format: detect}. */
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
}
