package dev.docent.site;

import dev.docent.markdown.FrontMatter;
import dev.docent.script.Value;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One docs, blog or pages plug-in of a site, as its configuration describes it. A preset brings one
 * of each; every further one has an id. Source of the layout: Docusaurus' {@code
 * versions/files.ts}, {@code versions/version.ts} and the {@code options.ts} of the plug-ins.
 *
 * @param kind what it publishes
 * @param id part of its folders' names, empty for the default one
 * @param options its own options
 * @param config of the site, which takes the warnings
 */
record ContentPlugin(ContentRoot.Kind kind, String id, Value options, SiteConfig config) {
    /** What a preset calls each of them. */
    static final Map<ContentRoot.Kind, String> NAMES =
            new EnumMap<>(
                    Map.of(
                            ContentRoot.Kind.DOCS,
                            "docs",
                            ContentRoot.Kind.BLOG,
                            "blog",
                            ContentRoot.Kind.PAGES,
                            "pages"));

    private static final String CURRENT = "current";

    private static final Pattern CONTENT =
            Pattern.compile("\\b(?:plugin-)?content-(docs|blog|pages)(?![\\w-])");

    /** How a plug-in of the site's own extends one of Docusaurus'. */
    private static final Pattern EXTENDED =
            Pattern.compile(
                    "(?:from|require\\(|import\\()\\s*['\"]@docusaurus/plugin-content-(docs|blog|pages)['\"]");

    /** The docs, blog and pages plug-ins of a site, those of presets first. */
    static List<ContentPlugin> of(SiteConfig config) {
        List<ContentPlugin> plugins = new ArrayList<>();
        config.elements("presets").forEach(preset -> preset(preset, config, plugins));
        config.elements("plugins").forEach(plugin -> plugin(plugin, config, plugins));
        if (plugins.isEmpty()) {
            if (config.known()) {
                config.warn(
                        "The configuration names no docs, blog or pages plug-in that could be read,"
                                + " so those of Docusaurus' classic preset are assumed.");
            }
            classic(new Value.Absent(), config, plugins);
        }
        return plugins;
    }

    private static Value first(Value entry) {
        return entry instanceof Value.Items items
                ? items.values().isEmpty() ? new Value.Absent() : items.values().getFirst()
                : entry;
    }

    private static Value options(Value entry) {
        return entry instanceof Value.Items items && items.values().size() > 1
                ? items.values().get(1)
                : new Value.Absent();
    }

    private static void preset(Value entry, SiteConfig config, List<ContentPlugin> plugins) {
        Value options = options(entry);
        boolean known =
                options instanceof Value.Fields(Map<String, ?> fields, List<?> _)
                        && NAMES.values().stream().anyMatch(fields::containsKey);
        if (first(entry) instanceof Value.Unknown unknown && !known) {
            config.unread("An element of presets", unknown);
        } else if (known || module(first(entry)).contains("classic")) {
            classic(options, config, plugins);
        }
    }

    private static void classic(Value options, SiteConfig config, List<ContentPlugin> plugins) {
        NAMES.forEach((kind, name) -> {
            Value own = options.get(name);
            if (!own.equals(new Value.Flag(false))) {
                add(kind, own, config, plugins);
            }
        });
    }

    private static void plugin(Value entry, SiteConfig config, List<ContentPlugin> plugins) {
        Value module = first(entry);
        if (module instanceof Value.Unknown unknown) {
            config.unread("An element of plugins", unknown);
            return;
        }
        Matcher name = CONTENT.matcher(module(module));
        Matcher base = EXTENDED.matcher(config.source(module).orElse(""));
        if (name.find()) {
            add(kind(name.group(1)), options(entry), config, plugins);
        } else if (entry instanceof Value.Items && base.find()) {
            add(kind(base.group(1)), options(entry), config, plugins);
        }
    }

    private static ContentRoot.Kind kind(String name) {
        return switch (name) {
            case "docs" -> ContentRoot.Kind.DOCS;
            case "blog" -> ContentRoot.Kind.BLOG;
            default -> ContentRoot.Kind.PAGES;
        };
    }

    private static String module(Value value) {
        return switch (value) {
            case Value.Text(String text) -> text;
            case Value.Foreign(String module, String _) -> module;
            default -> "";
        };
    }

    private static void add(
            ContentRoot.Kind kind, Value options, SiteConfig config, List<ContentPlugin> plugins) {
        String name = NAMES.get(kind);
        Value usable = options;
        if (!(options instanceof Value.Fields) && !(options instanceof Value.Absent)) {
            String remedy = kind == ContentRoot.Kind.DOCS ? "say --route-base-path" : "";
            config.warn("The options of a " + name + " plug-in", options, remedy);
            usable = new Value.Absent();
        }
        String id =
                config.text(usable.get("id"), name + ".id", "")
                        .filter(text -> !text.equals("default"))
                        .orElse("");
        // Docusaurus refuses two with one id, so the second only looks like one.
        boolean another = plugins.stream().noneMatch(p -> p.kind() == kind && p.id().equals(id));
        if (another) {
            plugins.add(new ContentPlugin(kind, id, usable, config));
        }
    }

    /** An option as text; empty if it is not there or not known, which is a warning. */
    Optional<String> option(String name, String remedy) {
        return config.text(options.get(name), label(name), remedy);
    }

    private Optional<String> option(String name) {
        return option(name, "");
    }

    private boolean off(String name) {
        return option(name).equals(Optional.of("false"));
    }

    private String label(String option) {
        return NAMES.get(kind) + (id.isEmpty() ? "" : " (" + id + ")") + "." + option;
    }

    /** Its folder, from the site's root. */
    String path() {
        return option("path")
                .orElse(kind == ContentRoot.Kind.PAGES ? "src/pages" : NAMES.get(kind) + "");
    }

    /** Its routeBasePath. */
    String route(String remedy) {
        return option("routeBasePath", remedy)
                .orElse(kind == ContentRoot.Kind.PAGES ? "/" : NAMES.get(kind) + "");
    }

    /** Which files it publishes, and how their names become addresses. */
    PageRules rules() {
        if (kind == ContentRoot.Kind.BLOG
                && !(options.get("processBlogPosts") instanceof Value.Absent)) {
            config.warn(
                    label("processBlogPosts")
                            + " is a function, so Docent cannot tell which posts it leaves out.");
        }
        return new PageRules(
                config.texts(options.get("include"), label("include")).orElse(PageRules.INCLUDE),
                config.texts(options.get("exclude"), label("exclude")).orElse(PageRules.EXCLUDE),
                kind != ContentRoot.Kind.DOCS || !off("numberPrefixParser"));
    }

    /** The folder of its translations within that of a language. */
    String translated() {
        return "docusaurus-plugin-content-" + NAMES.get(kind) + (id.isEmpty() ? "" : "-" + id);
    }

    /** The folder of one of its versions. */
    String versioned(String version) {
        return version.equals(CURRENT) ? path() : prefix() + "versioned_docs/version-" + version;
    }

    /** What a translation's folder of a version is called; empty where there are no versions. */
    String translatedVersion(String version) {
        return kind != ContentRoot.Kind.DOCS
                ? ""
                : version.equals(CURRENT) ? "/current" : "/version-" + version;
    }

    /**
     * Its versions that are published: {@code current}, then the others from the newest to the
     * oldest. A blog has only {@code current}.
     */
    List<String> versions(Path site) {
        List<String> all = new ArrayList<>(kind == ContentRoot.Kind.DOCS ? older(site) : List.of());
        boolean listed = all.contains(CURRENT);
        if (kind != ContentRoot.Kind.DOCS || (!listed && !off("includeCurrentVersion"))) {
            all.addFirst(CURRENT);
        }
        if (kind == ContentRoot.Kind.DOCS) {
            config.texts(options.get("onlyIncludeVersions"), label("onlyIncludeVersions"))
                    .ifPresent(all::retainAll);
        }
        return all;
    }

    private List<String> older(Path site) {
        Path file = site.resolve(prefix() + "versions.json");
        boolean disabled = option("disableVersioning").equals(Optional.of("true"));
        if (disabled || !Files.isRegularFile(file)) {
            return List.of();
        }
        // A list of strings in JSON is also valid YAML.
        String list = SourceText.head(file).replace('\n', ' ').replace('\r', ' ');
        Object versions = FrontMatter.of("---\nall: " + list + "\n---\n").values().get("all");
        if (versions instanceof List<?> all) {
            return all.stream().map(String::valueOf).toList();
        }
        config.warn(
                file.getFileName()
                        + " is not a list of versions, so there is only the current one.");
        return List.of();
    }

    /** The version that an address without a version leads to. */
    String last(List<String> versions) {
        return option("lastVersion")
                .orElseGet(() ->
                        versions.stream()
                                .filter(version -> !version.equals(CURRENT))
                                .findFirst()
                                .orElse(CURRENT));
    }

    /**
     * The part of an address that names a version: empty for the last version, "next" for newer
     * docs, unless the site says otherwise.
     */
    String versionPath(String version, List<String> versions) {
        if (kind != ContentRoot.Kind.DOCS) {
            return "";
        }
        Value said = options.get("versions").get(version).get("path");
        return config.text(said, label("versions." + version + ".path"), "")
                .orElseGet(() ->
                        version.equals(last(versions))
                                ? ""
                                : version.equals(CURRENT) ? "next" : version);
    }

    private String prefix() {
        return id.isEmpty() ? "" : id + "_";
    }
}
