package dev.docent.site;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How much of the Markdown below a site belongs to a plug-in that was found.
 *
 * @param found how many pages were found
 * @param unclaimed how many files belong to no plug-in, by the folder that holds them
 */
public record Coverage(int found, Map<String, Integer> unclaimed) {
    private static final int MAX_DEPTH = 20;
    private static final int SHOWN = 8;

    /** Folders of a site that hold code, what was built from it, and files that are copied. */
    private static final Set<String> NO_PAGES =
            Set.of(
                    "node_modules",
                    "build",
                    "dist",
                    "src",
                    "static",
                    "plugins",
                    "scripts",
                    "tests",
                    "test");

    /** Files about a folder, for those who work on it. */
    private static final Pattern ABOUT =
            Pattern.compile(
                    "(?i)(?:readme|changelog|contributing|license|code_of_conduct|security|agents|claude)(?:[._-].*)?\\.mdx?");

    public Coverage {
        unclaimed = Map.copyOf(unclaimed);
    }

    /** Looks at a whole site; of a single folder everything was taken. */
    public static Coverage of(Site site, List<PageFile> files) {
        Map<String, Integer> unclaimed = new TreeMap<>();
        if (site.whole()) {
            Set<Path> claimed = new HashSet<>();
            for (ContentRoot root : site.roots()) {
                claimed.add(root.folder());
                Path translations = root.translations();
                if (translations != null) {
                    claimed.add(translations);
                }
            }
            claimed.addAll(site.fixed());
            try {
                Files.walkFileTree(
                        site.folder(), Set.of(), MAX_DEPTH, new Walk(site, claimed, unclaimed));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return new Coverage(files.size(), unclaimed);
    }

    private static final class Walk extends SimpleFileVisitor<Path> {
        private final Path site;
        private final Set<Path> claimed;
        private final Map<String, Integer> unclaimed;

        Walk(Site site, Set<Path> claimed, Map<String, Integer> unclaimed) {
            this.site = site.folder();
            this.claimed = claimed;
            this.unclaimed = unclaimed;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            String name = String.valueOf(folder.getFileName());
            boolean leftOut =
                    claimed.contains(folder)
                            || (!folder.equals(site)
                                    && (name.startsWith(".")
                                            || name.startsWith("_")
                                            || NO_PAGES.contains(name)
                                            || unpublished(folder)));
            return leftOut ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
        }

        /** Versions and languages that the configuration leaves out, which it does on purpose. */
        private boolean unpublished(Path folder) {
            Path relative = site.relativize(folder);
            return relative.getNameCount() == 2
                    && (relative.startsWith("i18n")
                            || relative.toString().matches("versioned_docs.version-.*"));
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
            Path folder = file.getParent();
            if ((name.endsWith(".md") || name.endsWith(".mdx"))
                    && folder != null
                    && !folder.equals(site)
                    && !name.startsWith("_")
                    && !ABOUT.matcher(name).matches()) {
                unclaimed.merge(site.relativize(folder).getName(0) + "/", 1, Integer::sum);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) {
            // What cannot be opened cannot be counted; a page among it is reported where it is
            // read.
            return FileVisitResult.CONTINUE;
        }
    }

    private int lost() {
        return unclaimed.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** A sentence for the owner where less than half of the Markdown was found. */
    public Optional<String> underHalf() {
        int all = found + lost();
        return found < lost()
                ? Optional.of(
                        "ONLY %,d OF %,d MARKDOWN FILES WERE FOUND TO BE PAGES. The warnings above say what could not be read; most readers' questions would find nothing."
                                .formatted(found, all))
                : Optional.empty();
    }

    /** What is to be said, a sentence each. */
    public List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        if (!unclaimed.isEmpty()) {
            String folders =
                    unclaimed.entrySet().stream()
                            .sorted(
                                    Map.Entry.<String, Integer>comparingByValue(
                                                    Comparator.reverseOrder())
                                            .thenComparing(Map.Entry.comparingByKey()))
                            .limit(SHOWN)
                            .map(e -> "%s (%,d)".formatted(e.getKey(), e.getValue()))
                            .collect(Collectors.joining(", "));
            warnings.add(
                    "%,d Markdown files belong to no plug-in that was found, in %s%s."
                            .formatted(
                                    lost(),
                                    folders,
                                    unclaimed.size() > SHOWN ? " and other folders" : ""));
        }
        return warnings;
    }
}
