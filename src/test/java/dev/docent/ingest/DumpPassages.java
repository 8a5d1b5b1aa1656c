package dev.docent.ingest;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.docent.rag.Passage;
import dev.docent.site.ContentRoot;
import dev.docent.site.PageFile;
import dev.docent.site.PageFinder;
import dev.docent.site.PageReader;
import dev.docent.site.Site;
import dev.docent.site.SiteScan;
import dev.docent.site.SiteSettings;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Writes the passages of a folder, a JSON object a line, to look at them. */
final class DumpPassages {
    private DumpPassages() {}

    public static void main(String[] args) throws IOException {
        SiteSettings settings = new SiteSettings("", "/", args[1], null);
        Site site = SiteScan.of(Path.of(args[0]), settings);
        PageReader reader = new PageReader(site, 4 << 20);
        PassageSplitter splitter = new PassageSplitter(400, text -> text.length() / 4);
        ObjectMapper json = new ObjectMapper();
        List<String> problems = new ArrayList<>();
        try (Writer out = Files.newBufferedWriter(Path.of(args[2]))) {
            for (ContentRoot root : site.roots()) {
                for (PageFile file : PageFinder.find(root, new ArrayList<>())) {
                    for (Passage passage : splitter.passages(reader.read(file, problems), true)) {
                        out.write(json.writeValueAsString(passage) + "\n");
                    }
                }
            }
        }
    }
}
