package dev.docent.site;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.docent.http.web.DocusaurusBuild;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Holds how a site is read against how Docusaurus itself reads it, with the packages that the tests
 * of the pages have installed. The site's configuration is run for that, so only do it with a site
 * that you trust.
 *
 * @param pages how many pages Docusaurus publishes, each once where it is not translated
 * @param missing how many of them were not found
 * @param extra how many pages were found that Docusaurus does not publish
 * @param urls how many have another address, a slash at the end aside
 * @param titles how many have another title
 * @param headings how many headings there are
 * @param ids how many ids of headings were not found on their page
 * @param words how many words there are
 * @param lost how many of them were not found on their page
 */
record DocusaurusTruth(
        int pages,
        int missing,
        int extra,
        int urls,
        int titles,
        int headings,
        int ids,
        int words,
        int lost) {
    private static final Path SCRIPT =
            Path.of("src/test/resources/dev/docent/site/truth.cjs").toAbsolutePath();

    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{M}\\p{N}_]+");

    /** Compares the site that is named, and fails if it is read worse than it should be. */
    public static void main(String[] args) throws IOException {
        PrintStream out = System.out;
        Path work = Files.createTempDirectory("docent-truth");
        DocusaurusTruth found = compare(Path.of(args[0]), work, out::println);
        out.println(found);
        out.println("What Docusaurus said is in " + work);
        if (!found.good()) {
            throw new AssertionError("this site is not read as Docusaurus reads it");
        }
    }

    /** Right addresses 99.5 %, right ids of headings 99.8 %, words lost 0.1 %, no page missing. */
    boolean good() {
        return missing == 0
                && urls <= 0.005 * pages
                && ids <= 0.002 * headings
                && lost <= 0.001 * words;
    }

    /**
     * Compares a site.
     *
     * @param work an empty folder, which gets what Docusaurus said
     * @param differences receives a line for each difference
     */
    static DocusaurusTruth compare(Path site, Path work, Consumer<String> differences)
            throws IOException {
        Path file = work.resolve("truth.jsonl");
        Path folder = site.toRealPath();
        DocusaurusBuild.run(
                work,
                "truth",
                "--max-old-space-size=3000",
                SCRIPT.toString(),
                DocusaurusBuild.folder().toString(),
                folder.toString(),
                file.toString());
        Map<Path, Page> pages = read(folder, differences);
        Set<Path> published = new HashSet<>();
        DocusaurusTruth sum = new DocusaurusTruth(0, 0, 0, 0, 0, 0, 0, 0, 0);
        for (String line : Files.readAllLines(file)) {
            JsonNode truth = new ObjectMapper().readTree(line);
            Path path = Path.of(truth.path("file").asText()).normalize();
            published.add(path);
            Page page = pages.get(path);
            if (page == null) {
                differences.accept(path + " is missing");
            }
            sum = sum.plus(page == null ? MISSING : of(truth, page, differences));
        }
        Set<Path> more = new HashSet<>(pages.keySet());
        more.removeAll(published);
        more.forEach(path -> differences.accept(path + " is not published"));
        return sum.plus(new DocusaurusTruth(0, 0, more.size(), 0, 0, 0, 0, 0, 0));
    }

    private static final DocusaurusTruth MISSING = new DocusaurusTruth(1, 1, 0, 0, 0, 0, 0, 0, 0);

    private static Map<Path, Page> read(Path folder, Consumer<String> differences) {
        Site site = SiteScan.of(folder, SiteSettings.unknown());
        PageReader reader = new PageReader(site, 4 << 20);
        Map<Path, Page> pages = new HashMap<>();
        List<String> said = new ArrayList<>(site.warnings());
        List<FailedFile> failed = new ArrayList<>();
        for (ContentRoot root : site.roots()) {
            for (PageFile file : PageFinder.find(root, failed)) {
                try {
                    reader.read(file, said)
                            .forEach(page -> pages.put(file.path().normalize(), page));
                } catch (SourceText.UnreadableException e) {
                    failed.add(new FailedFile(file.file(), e.reason()));
                }
            }
        }
        failed.forEach(file -> said.add(file.file() + " " + file.reason()));
        said.forEach(sentence -> differences.accept("Docent says: " + sentence));
        return pages;
    }

    private static DocusaurusTruth of(JsonNode truth, Page page, Consumer<String> differences) {
        String file = page.file();
        String url = slashless(truth.path("url").asText());
        boolean moved = !url.equals(slashless(String.valueOf(page.url())));
        String title = truth.path("title").asText();
        boolean renamed = !title.equals(page.title());
        Map<String, Integer> ids = new HashMap<>();
        page.headings().forEach(heading -> ids.merge(heading.anchor(), 1, Integer::sum));
        List<String> anchors = truth.path("headings").findValuesAsText("anchor");
        List<String> noAnchors = new ArrayList<>(anchors);
        noAnchors.removeIf(anchor -> taken(ids, anchor));
        Map<String, Integer> words = new HashMap<>();
        words(text(page)).forEach(word -> words.merge(word, 1, Integer::sum));
        List<String> all = words(truth.path("words").asText());
        List<String> lost = new ArrayList<>(all);
        lost.removeIf(word -> taken(words, word));
        if (moved) {
            differences.accept(file + " is at " + url + ", not " + page.url());
        }
        if (renamed) {
            differences.accept(file + " is called " + title + ", not " + page.title());
        }
        if (!noAnchors.isEmpty()) {
            differences.accept(file + " lacks the headings " + noAnchors);
        }
        if (!lost.isEmpty()) {
            differences.accept(file + " lacks the words " + lost);
        }
        return new DocusaurusTruth(
                1,
                0,
                0,
                moved ? 1 : 0,
                renamed ? 1 : 0,
                anchors.size(),
                noAnchors.size(),
                all.size(),
                lost.size());
    }

    private static boolean taken(Map<String, Integer> counts, String word) {
        return counts.merge(word, -1, Integer::sum) >= 0;
    }

    private static String slashless(String url) {
        return URLDecoder.decode(url.replace("+", "%2B"), StandardCharsets.UTF_8)
                .replaceAll("/+$", "");
    }

    private static String text(Page page) {
        StringBuilder text = new StringBuilder(page.title()).append('\n');
        page.headings().forEach(heading -> text.append(heading.text()).append('\n'));
        page.sections().stream()
                .flatMap(section -> section.pieces().stream())
                .forEach(piece -> text.append(piece.text()).append('\n'));
        return text.toString();
    }

    private static List<String> words(String text) {
        // The marks of code may stand within a word.
        return WORD.matcher(text.toLowerCase(Locale.ROOT).replace("`", ""))
                .results()
                .map(MatchResult::group)
                .toList();
    }

    private DocusaurusTruth plus(DocusaurusTruth other) {
        return new DocusaurusTruth(
                pages + other.pages,
                missing + other.missing,
                extra + other.extra,
                urls + other.urls,
                titles + other.titles,
                headings + other.headings,
                ids + other.ids,
                words + other.words,
                lost + other.lost);
    }
}
