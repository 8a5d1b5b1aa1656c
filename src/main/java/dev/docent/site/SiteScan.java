package dev.docent.site;

import dev.docent.markdown.Dialect;
import dev.docent.script.Value;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what a folder is (a site's root, the root of a repository with a site in it, a site's
 * docs or blog, plain Markdown, or a single file), which folders of pages it has, and where each of
 * them is published. Source of the layout: Docusaurus' {@code versions/files.ts}, {@code
 * versions/version.ts} and {@code i18n.ts}.
 */
public final class SiteScan {
    private final Path dir;
    private final SiteSettings settings;
    private final SiteFolder place;
    private final Path site;
    private final SiteConfig config;
    private final List<ContentPlugin> plugins;
    private final @Nullable ContentPlugin main;
    private final String baseUrl;
    private final String siteUrl;
    private final String docsRoute;
    private final List<ContentRoot> roots = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    private final List<String> notes = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    private SiteScan(Path dir, SiteSettings settings) {
        this.dir = dir;
        this.settings = settings;
        place = SiteFolder.of(dir);
        site = place.site();
        config = place.config();
        plugins = ContentPlugin.of(config);
        List<ContentPlugin> docs =
                plugins.stream().filter(p -> p.kind() == ContentRoot.Kind.DOCS).toList();
        main =
                docs.stream()
                        .filter(plugin -> plugin.id().isEmpty())
                        .findFirst()
                        .orElse(docs.isEmpty() ? null : docs.getFirst());
        notes.addAll(place.notes());
        siteUrl = setting("url", settings.siteUrl(), "say --site-url", "");
        baseUrl = setting("baseUrl", settings.baseUrl(), "say --base-url", "/");
        docsRoute = docsRoute();
    }

    /** Looks at a folder, or at a single file. */
    public static Site of(Path dir, SiteSettings settings) {
        return new SiteScan(dir.toAbsolutePath().normalize(), settings).scan();
    }

    private Site scan() {
        if (place.whole()) {
            wholeSite();
        } else {
            oneFolder();
        }
        Boolean slash = settings.trailingSlash();
        String foundSlash =
                setting(
                        "trailingSlash",
                        slash == null ? null : slash.toString(),
                        "set DOCENT_TRAILING_SLASH",
                        "false");
        Dialect dialect = dialect();
        List<String> folders =
                config.texts(config.get("staticDirectories"), "staticDirectories")
                        .orElse(List.of("static"));
        List<Path> fixed = folders.stream().map(site::resolve).map(Path::normalize).toList();
        ignored();
        notes.addAll(config.notes());
        warnings.addAll(0, config.warnings());
        return new Site(
                site,
                place.tree(),
                siteUrl.replaceAll("(?<!/)/++$", ""),
                foundSlash.equals("true"),
                dialect,
                config.text("markdown.anchors.maintainCase", "").equals(Optional.of("true")),
                htmlComments(),
                List.copyOf(roots),
                fixed,
                place.whole(),
                List.copyOf(notes),
                List.copyOf(warnings));
    }

    private String setting(String name, @Nullable String said, String remedy, String otherwise) {
        if (said != null) {
            return said;
        }
        Optional<String> found = config.text(name, remedy);
        found.ifPresent(value -> notes.add(name + " is \"" + value + "\" there."));
        return found.orElse(otherwise);
    }

    private String docsRoute() {
        String said = settings.routeBasePath();
        if (said != null) {
            return said;
        }
        Optional<String> found =
                main == null
                        ? Optional.empty()
                        : main.option("routeBasePath", "say --route-base-path");
        found.ifPresent(value -> notes.add("routeBasePath is \"" + value + "\" there."));
        return found.orElse("docs");
    }

    /**
     * Source: Docusaurus' {@code configValidation.ts}, which turns {@code v4: true} into all flags.
     */
    private boolean htmlComments() {
        Value flags = config.get("future.v4");
        Value on = new Value.Flag(true);
        boolean strict = flags.equals(on) || flags.get("mdx1CompatDisabledByDefault").equals(on);
        return config.text("markdown.mdx1Compat.comments", "").map("false"::equals).orElse(strict);
    }

    /** Options that change addresses or text in a way that only running the site's code shows. */
    private void ignored() {
        for (String option : List.of("markdown.parseFrontMatter", "markdown.preprocessor")) {
            if (!(config.get(option) instanceof Value.Absent)) {
                warnings.add(
                        option
                                + " in the configuration is a function, which Docent does not run;"
                                + " pages are read without it.");
            }
        }
    }

    // ---- a whole site

    private void wholeSite() {
        SiteLocale standard = SiteLocale.standard(config, site, baseUrl);
        List<SiteLocale> locales =
                SiteLocale.others(config, site, baseUrl, standard.name()).stream()
                        .filter(locale -> wanted(settings.locales(), locale.name()))
                        .toList();
        List<ContentRoot> others = new ArrayList<>();
        for (ContentPlugin plugin : plugins) {
            PageRules rules = plugin.rules();
            List<String> all = plugin.versions(site);
            for (String version : chosen(plugin, all)) {
                Path folder = site.resolve(plugin.versioned(version)).normalize();
                String route = route(plugin) + "/" + plugin.versionPath(version, all);
                if (!Files.isDirectory(folder)) {
                    missing(plugin, folder);
                    continue;
                }
                if (wanted(settings.locales(), standard.name())) {
                    root(plugin, version, folder, route, rules, standard, false)
                            .ifPresent(roots::add);
                }
                for (SiteLocale locale : locales) {
                    root(plugin, version, folder, route, rules, locale, true)
                            .ifPresent(others::add);
                }
            }
        }
        roots.addAll(others);
    }

    private static boolean wanted(List<String> names, String name) {
        return names.isEmpty() || names.contains(name);
    }

    private void missing(ContentPlugin plugin, Path folder) {
        if (!(plugin.options().get("path") instanceof Value.Absent)) {
            warnings.add(
                    "The configuration names the folder %s, which is not there.".formatted(folder));
        }
    }

    /** The versions that the owner wants; the last one where a plug-in has none of them. */
    private List<String> chosen(ContentPlugin plugin, List<String> all) {
        List<String> asked = settings.versions();
        if (asked.isEmpty() || all.size() < 2) {
            return all;
        }
        String last = plugin.last(all);
        List<String> found =
                all.stream()
                        .filter(v ->
                                asked.contains(v) || (asked.contains("last") && v.equals(last)))
                        .toList();
        if (found.isEmpty()) {
            warnings.add(
                    "There is no version %s of %s; its last version, %s, is read. It has %s."
                            .formatted(
                                    String.join(" or ", asked),
                                    plugin.path(),
                                    last,
                                    String.join(", ", all)));
            return List.of(last);
        }
        notes.add(
                "Of %s, these versions are read: %s."
                        .formatted(plugin.path(), String.join(", ", found)));
        return found;
    }

    private Optional<ContentRoot> root(
            ContentPlugin plugin,
            String version,
            Path folder,
            String route,
            PageRules rules,
            SiteLocale locale,
            boolean translated) {
        String below =
                locale.folder() + "/" + plugin.translated() + plugin.translatedVersion(version);
        Path translations = site.resolve(below).normalize();
        boolean there = locale.translated() && Files.isDirectory(translations);
        if (translated && !there) {
            return Optional.empty();
        }
        String name = translated ? below : plugin.versioned(version);
        return Optional.of(
                new ContentRoot(
                        folder,
                        there ? translations : null,
                        translated,
                        name(name, plugin),
                        plugin.kind(),
                        settings.siteUrl() == null ? locale.host() : null,
                        joined(locale.baseUrl(), route),
                        rules));
    }

    /** How a root's files begin in passages: no two alike, or one would replace the other. */
    private String name(String folder, ContentPlugin plugin) {
        Path path = Path.of(folder);
        String shown =
                path.isAbsolute() && path.startsWith(site)
                        ? site.relativize(path).toString().replace('\\', '/')
                        : folder;
        String name = shown.replaceAll("^(?:\\.{0,2}/)++", "").replaceAll("(?<!/)/++$", "") + "/";
        for (int i = 0; !names.add(name); i++) {
            String own =
                    i == 0 ? site.getFileName() + "" : plugin.id().isEmpty() ? "more" : plugin.id();
            name = own + "/" + name;
        }
        return name;
    }

    // ---- one folder

    private void oneFolder() {
        Path name = dir.getFileName();
        String called = name == null ? "docs" : name.toString().replace("/", "");
        if (Files.isRegularFile(dir)) {
            roots.add(
                    ContentRoot.of(
                            dir,
                            "",
                            ContentRoot.Kind.DOCS,
                            joined(baseUrl, docsRoute),
                            PageRules.PLAIN));
            return;
        }
        Optional<ContentPlugin> own =
                place.known()
                        ? plugins.stream()
                                .filter(p -> site.resolve(p.path()).normalize().equals(dir))
                                .findFirst()
                        : Optional.empty();
        ContentPlugin plugin = own.orElse(main);
        String route = plugin == null ? docsRoute : route(plugin);
        String version =
                plugin == null || !place.known()
                        ? ""
                        : plugin.versionPath("current", plugin.versions(site));
        roots.add(
                ContentRoot.of(
                        dir,
                        called + "/",
                        plugin == null ? ContentRoot.Kind.DOCS : plugin.kind(),
                        joined(baseUrl, route + "/" + version),
                        own.map(ContentPlugin::rules).orElse(PageRules.PLAIN)));
    }

    /** The route that the owner names is the one of the main docs. */
    private String route(ContentPlugin plugin) {
        return Objects.equals(plugin, main) ? docsRoute : plugin.route("");
    }

    private static String joined(String base, String route) {
        return ("/" + base + "/" + route + "/").replaceAll("/{2,}", "/");
    }

    /** Docusaurus reads {@code .md} as MDX unless its configuration says otherwise. */
    private Dialect dialect() {
        if (place.known()) {
            String format = config.text("markdown.format", "").orElse("mdx");
            return format.toLowerCase(Locale.ROOT).equals("mdx") ? Dialect.MDX : Dialect.MARKDOWN;
        }
        try (Stream<Path> files = Files.walk(dir, 6)) {
            boolean docusaurus =
                    files.map(path -> String.valueOf(path.getFileName()))
                            .anyMatch(n -> n.endsWith(".mdx") || n.startsWith("_category_."));
            return docusaurus ? Dialect.MDX : Dialect.MARKDOWN;
        } catch (IOException | UncheckedIOException e) {
            return Dialect.MARKDOWN;
        }
    }
}
