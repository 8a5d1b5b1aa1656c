package dev.docent.site;

import dev.docent.markdown.FrontMatter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One docs or blog plug-in of a site, as its configuration describes it. A preset brings one of
 * each; every further one has an id. Source of the layout: Docusaurus' {@code versions/files.ts}.
 *
 * @param kind what it publishes
 * @param id part of its folders' names, empty for the preset's
 * @param config of the site
 * @param options path of its own options within the configuration
 */
record ContentPlugin(ContentRoot.Kind kind, String id, ConfigScan config, String options) {
    private static final Map<ContentRoot.Kind, String> NAMES =
            Map.of(ContentRoot.Kind.DOCS, "docs", ContentRoot.Kind.BLOG, "blog");

    /** All plug-ins of a kind that a site has, the preset's first. */
    static List<ContentPlugin> of(ContentRoot.Kind kind, ConfigScan config) {
        String name = NAMES.getOrDefault(kind, "docs");
        List<ContentPlugin> all = new ArrayList<>();
        boolean plain = !config.anywhere(name).equals(Optional.of("false"));
        for (String options : config.plugins("content-" + name)) {
            String id = config.top(options + ".id").orElse("default");
            if (id.equals("default")) {
                all.addFirst(new ContentPlugin(kind, "", config, options));
                plain = false;
            } else {
                all.add(new ContentPlugin(kind, id, config, options));
            }
        }
        if (plain) {
            all.addFirst(new ContentPlugin(kind, "", config, name));
        }
        return all;
    }

    Optional<String> option(String name) {
        return config.anywhere(options + "." + name);
    }

    /** Its folder, from the site's root. */
    String path() {
        return option("path").orElse(name());
    }

    /** Its routeBasePath. */
    String route() {
        return option("routeBasePath").orElse(name());
    }

    /** The folder of its translations into a language. */
    String translated(String locale) {
        String suffix = id.isEmpty() ? "" : "-" + id;
        return "i18n/" + locale + "/docusaurus-plugin-content-" + name() + suffix;
    }

    /** The folder of one of its older versions. */
    String versioned(String version) {
        return prefix() + "versioned_docs/version-" + version;
    }

    /** Its versions that are published, newest first, without the current one. */
    List<String> versions(Path site) {
        Path file = site.resolve(prefix() + "versions.json");
        if (kind == ContentRoot.Kind.BLOG || !Files.isRegularFile(file)) {
            return List.of();
        }
        // A list of strings in JSON is also valid YAML.
        String list = SourceText.head(file).replace('\n', ' ');
        Object versions = FrontMatter.of("---\nall: " + list + "\n---\n").values().get("all");
        return versions instanceof List<?> all
                ? all.stream().map(String::valueOf).filter(this::included).toList()
                : List.of();
    }

    /** Whether the docs that are newer than the last version are published. */
    boolean current() {
        return !option("includeCurrentVersion").equals(Optional.of("false")) && included("current");
    }

    /**
     * The part of an address that names a version: empty for the last version, "next" for newer
     * docs, unless the site says otherwise.
     */
    String versionPath(String version, List<String> versions) {
        Optional<String> said = option("versions." + version + ".path");
        String last =
                option("lastVersion").orElse(versions.isEmpty() ? "current" : versions.getFirst());
        return said.orElse(
                version.equals(last) ? "" : version.equals("current") ? "next" : version);
    }

    private boolean included(String version) {
        List<String> only = config.list(options + ".onlyIncludeVersions");
        return only.isEmpty() || only.contains(version);
    }

    private String name() {
        return NAMES.getOrDefault(kind, "docs");
    }

    private String prefix() {
        return id.isEmpty() ? "" : id + "_";
    }
}
