package dev.docent.site;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.docent.markdown.Dialect;
import dev.docent.markdown.FrontMatter;
import dev.docent.markdown.Partials;
import dev.docent.markdown.Section;
import dev.docent.markdown.SectionReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Compares how a folder is read with a file that says how it should be: for each file its url,
 * title and headings, as Docusaurus' own code gives them.
 */
final class CompareWithTruth {
    private CompareWithTruth() {}

    public static void main(String[] args) throws IOException {
        PrintStream out = System.out;
        Site site = SiteScan.of(Path.of(args[0]), new SiteSettings("", "/", args[1], null));
        PageReader reader = new PageReader(site, 4 << 20);
        JsonNode truth = new ObjectMapper().readTree(Path.of(args[2]).toFile());
        int right = 0;
        int wrong = 0;
        for (Map.Entry<String, JsonNode> entry : truth.properties()) {
            ContentRoot root = site.roots().getFirst();
            String relative = entry.getKey().substring(root.name().length());
            PageFile file = new PageFile(root.folder().resolve(relative), relative, root);
            Page page = reader.read(file, new ArrayList<>()).getFirst();
            FrontMatter matter = FrontMatter.of(new PageInputs(4 << 20).text(file.path()));
            List<String> is = new ArrayList<>();
            for (Section section : SectionReader.read(matter.body(), Dialect.MDX, Partials.NONE)) {
                if (section.level() > 0) {
                    is.add(section.level() + " " + section.anchor() + " " + section.heading());
                }
            }
            List<String> shouldBe = new ArrayList<>();
            entry.getValue()
                    .path("headings")
                    .forEach(h ->
                            shouldBe.add(
                                    h.path("level").asInt()
                                            + " "
                                            + h.path("id").asText()
                                            + " "
                                            + h.path("text").asText()));
            boolean partial = entry.getValue().path("url").isNull();
            if (!partial) {
                is.add(page.url() + " " + page.title());
                shouldBe.add(
                        entry.getValue().path("url").asText()
                                + " "
                                + entry.getValue().path("title").asText());
            }
            if (is.equals(shouldBe)) {
                right++;
            } else {
                wrong++;
                out.println(entry.getKey());
                shouldBe.stream()
                        .filter(line -> !is.contains(line))
                        .forEach(l -> out.println("  - " + l));
                is.stream()
                        .filter(line -> !shouldBe.contains(line))
                        .forEach(l -> out.println("  + " + l));
            }
        }
        out.println(right + " files as they should be, " + wrong + " not");
    }
}
