package dev.docent.site;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Where the site is that a folder belongs to.
 *
 * @param site the folder of its configuration, or the folder itself
 * @param tree the checkout that the site is a part of; nothing outside of it is read for a page
 * @param config its configuration
 * @param known whether there is a configuration
 * @param whole whether the whole site is meant rather than one folder of it
 * @param notes how it was found, a sentence each
 */
record SiteFolder(
        Path site, Path tree, SiteConfig config, boolean known, boolean whole, List<String> notes) {

    private static final int MAX_DEPTH = 3;

    /** Folders that hold no site, or one that is not published. */
    private static final Set<String> SKIPPED =
            Set.of(
                    "node_modules",
                    "build",
                    "dist",
                    "target",
                    "static",
                    "fixtures",
                    "__fixtures__",
                    "test",
                    "tests",
                    "__tests__",
                    "templates",
                    "examples");

    private static final List<String> USUAL =
            List.of("website", "site", "docs", "documentation", "www", "web");

    static SiteFolder of(Path dir) {
        Optional<Path> own = SiteConfig.in(dir);
        if (own.isPresent()) {
            return found(own.get(), true, List.of());
        }
        Path above = dir.getParent();
        Optional<Path> outer = above == null ? Optional.empty() : SiteConfig.in(above);
        if (outer.isPresent()) {
            return found(outer.get(), false, List.of());
        }
        if (Files.isDirectory(dir)) {
            List<Path> below = new ArrayList<>();
            collect(dir, 1, below);
            if (!below.isEmpty()) {
                return nested(dir, below);
            }
            Optional<SiteFolder> beside = beside(dir);
            if (beside.isPresent()) {
                return beside.get();
            }
        }
        return new SiteFolder(dir, tree(dir, dir), SiteConfig.none(), false, false, List.of());
    }

    private static SiteFolder found(Path file, boolean whole, List<String> more) {
        Path site = Optional.ofNullable(file.getParent()).orElse(file);
        Path tree = tree(site, Optional.ofNullable(site.getParent()).orElse(site));
        List<String> notes = new ArrayList<>(more);
        notes.add("The site's layout is read from " + file + ".");
        return new SiteFolder(
                site, tree, SiteConfig.read(file, tree), true, whole, List.copyOf(notes));
    }

    private static SiteFolder nested(Path dir, List<Path> configs) {
        configs.sort(
                Comparator.<Path>comparingInt(Path::getNameCount)
                        .thenComparingInt(SiteFolder::rank)
                        .thenComparing(Comparator.naturalOrder()));
        Path first = configs.getFirst();
        List<String> notes = new ArrayList<>();
        notes.add(
                "%s is no site, but %s in it is, so that is read."
                        .formatted(dir, dir.relativize(first).getParent()));
        configs.stream()
                .skip(1)
                .forEach(other ->
                        notes.add(
                                "There is another site in %s; name that folder to read it."
                                        .formatted(dir.relativize(other).getParent())));
        return found(first, true, notes);
    }

    private static int rank(Path config) {
        Path folder = config.getParent();
        int rank = folder == null ? -1 : USUAL.indexOf(name(folder));
        return rank < 0 ? USUAL.size() : rank;
    }

    private static void collect(Path folder, int depth, List<Path> configs) {
        for (Path child : folders(folder)) {
            Optional<Path> config = SiteConfig.in(child);
            if (config.isPresent()) {
                configs.add(config.get());
            } else if (depth < MAX_DEPTH) {
                collect(child, depth + 1, configs);
            }
        }
    }

    /** A site beside the folder whose docs are in it, as in {@code docs/} and {@code website/}. */
    private static Optional<SiteFolder> beside(Path dir) {
        Path above = dir.getParent();
        if (above == null || !Files.exists(above.resolve("package.json"))) {
            return Optional.empty();
        }
        return folders(above).stream()
                .flatMap(folder -> SiteConfig.in(folder).stream())
                .map(file -> found(file, false, List.of()))
                .filter(place ->
                        ContentPlugin.of(place.config).stream()
                                .anyMatch(
                                        p -> place.site.resolve(p.path()).normalize().equals(dir)))
                .findFirst();
    }

    private static List<Path> folders(Path folder) {
        List<Path> folders = new ArrayList<>();
        try (DirectoryStream<Path> children = Files.newDirectoryStream(folder)) {
            for (Path child : children) {
                String name = name(child);
                if (!name.startsWith(".")
                        && !SKIPPED.contains(name)
                        && Files.isDirectory(child)
                        && !Files.isSymbolicLink(child)) {
                    folders.add(child);
                }
            }
        } catch (IOException e) {
            // What cannot be listed holds no site that could be read.
            return List.of();
        }
        folders.sort(null);
        return folders;
    }

    /** The checkout that a folder is in, or else a folder around it. */
    private static Path tree(Path folder, Path otherwise) {
        for (Path at = folder; at != null; at = at.getParent()) {
            if (Files.exists(at.resolve(".git"))) {
                return at;
            }
        }
        return otherwise;
    }

    private static String name(Path path) {
        return String.valueOf(path.getFileName()).replace("/", "").toLowerCase(Locale.ROOT);
    }
}
