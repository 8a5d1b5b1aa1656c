package dev.docent.site;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;

/**
 * Finds the files below a folder that Docusaurus would publish: by default {@code .md} and {@code
 * .mdx}, but nothing whose name begins with an underscore or a dot. Links are followed.
 */
public final class PageFinder extends SimpleFileVisitor<Path> {
    private static final int MAX_DEPTH = 50;

    private final ContentRoot root;
    private final List<PageFile> pages = new ArrayList<>();
    private final List<FailedFile> failed;
    private final PageRules.Patterns rules;

    private PageFinder(ContentRoot root, List<FailedFile> failed) {
        this.root = root;
        this.failed = failed;
        rules = root.rules().patterns();
    }

    /**
     * The pages of a root in the order of their paths; what cannot be read goes to {@code failed}.
     */
    public static List<PageFile> find(ContentRoot root, List<FailedFile> failed) {
        if (Files.isRegularFile(root.folder())) {
            String name = String.valueOf(root.folder().getFileName());
            return List.of(new PageFile(root.folder(), name, root));
        }
        PageFinder finder = new PageFinder(root, failed);
        try {
            Files.walkFileTree(
                    root.folder(), EnumSet.of(FileVisitOption.FOLLOW_LINKS), MAX_DEPTH, finder);
        } catch (IOException e) {
            throw new SiteException("The folder " + root.folder() + " cannot be read.");
        }
        finder.pages.sort(Comparator.comparing(PageFile::relative));
        return finder.pages;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
        String name = legible(folder);
        boolean leftOut = name.startsWith(".") || name.equals("node_modules");
        return leftOut && !folder.equals(root.folder())
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        legible(file);
        String relative = relative(file);
        if (attributes.isRegularFile() && rules.publish(relative)) {
            Path over = root.translations();
            Path translation = over == null ? file : over.resolve(relative);
            boolean translated = over != null && Files.isRegularFile(translation);
            if (translated || !root.translated()) {
                pages.add(new PageFile(translated ? translation : file, relative, root));
            }
        }
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) {
        String reason =
                e instanceof FileSystemLoopException
                        ? "it is a link to a folder that holds it"
                        : "it cannot be opened; look at its permissions";
        failed.add(new FailedFile(root.name() + relative(file), reason));
        return FileVisitResult.CONTINUE;
    }

    /**
     * A name as it is written. In a shell without a locale, as in cron or a bare container, the JVM
     * takes every name for ASCII, and addresses made of such a name lead nowhere.
     */
    private static String legible(Path path) {
        String name = name(path);
        if (name.indexOf('\ufffd') >= 0) {
            throw new SiteException(
                    "The name of the file or folder %s cannot be read in this shell's locale, so nothing was done. Start docent with LC_ALL=C.UTF-8 before it."
                            .formatted(path));
        }
        return name;
    }

    private String relative(Path file) {
        return root.folder().relativize(file).toString().replace('\\', '/');
    }

    private static String name(Path path) {
        return String.valueOf(path.getFileName()).replace("/", "");
    }
}
