package dev.docent.site;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A folder of pages for a test, and what is made of it. */
public final class Tree {
    public final Path folder;

    public Tree(Path folder) {
        this.folder = folder;
    }

    /** Writes a file. */
    public Tree with(String file, String text) {
        try {
            Path path = folder.resolve(file);
            Files.createDirectories(path.getParent());
            Files.writeString(path, text);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Tree without(String file) {
        try {
            Files.delete(folder.resolve(file));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** File and address of each page below a folder of the tree. */
    List<String> addresses(String dir, SiteSettings settings) {
        Site site = SiteScan.of(folder.resolve(dir), settings);
        PageReader reader = new PageReader(site, 1 << 20);
        List<String> addresses = new ArrayList<>();
        for (ContentRoot root : site.roots()) {
            for (PageFile file : PageFinder.find(root, new ArrayList<>())) {
                reader.read(file, new ArrayList<>())
                        .forEach(page -> addresses.add(page.file() + " " + page.url()));
            }
        }
        return addresses;
    }
}
