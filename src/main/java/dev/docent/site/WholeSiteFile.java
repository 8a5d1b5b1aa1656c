package dev.docent.site;

import dev.docent.markdown.HeadingIds;
import dev.docent.markdown.Piece;
import dev.docent.markdown.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A {@code llms-full.txt}: the pages of a whole site in one file, each under a heading of level 1.
 * Most generators put the page's address right below it.
 */
final class WholeSiteFile {
    private static final Pattern ADDRESS =
            Pattern.compile(
                    "^(?:(?:source|url|link|page)\\s*:\\s*)?<?(https?://[^\\s>]+)>?\\s*",
                    Pattern.CASE_INSENSITIVE);

    private WholeSiteFile() {}

    static List<Page> pages(String file, List<Section> sections) {
        List<Page> pages = new ArrayList<>();
        int start = 0;
        for (int i = 1; i <= sections.size(); i++) {
            if (i == sections.size() || sections.get(i).level() == 1) {
                pages.add(page(file, sections.subList(start, i)));
                start = i;
            }
        }
        return pages;
    }

    private static Page page(String file, List<Section> sections) {
        Section first = sections.getFirst();
        List<Piece> pieces = new ArrayList<>(first.pieces());
        String url = null;
        if (!pieces.isEmpty() && pieces.getFirst() instanceof Piece.Prose prose) {
            Matcher address = ADDRESS.matcher(prose.text());
            if (address.find()) {
                url = address.group(1);
                pieces.removeFirst();
                String rest = prose.text().substring(address.end());
                if (!rest.isBlank()) {
                    pieces.addFirst(new Piece.Prose(rest, false));
                }
            }
        }
        return new Page(
                file,
                first.level() == 0 ? file : first.heading(),
                url,
                parts(first, pieces, sections),
                Page.headings(sections));
    }

    /**
     * Anchors are unique in the whole file, to tell its sections apart; fragments only within the
     * page.
     */
    private static List<Page.Part> parts(Section title, List<Piece> own, List<Section> sections) {
        HeadingIds ids = new HeadingIds();
        List<Section> headed = new ArrayList<>(sections);
        headed.set(0, new Section(title.level(), title.heading(), title.anchor(), own));
        List<Page.Part> parts = new ArrayList<>();
        List<Page.Part> placed = Page.parts(title.heading(), headed);
        for (int i = 0; i < placed.size(); i++) {
            Page.Part part = placed.get(i);
            String fragment = i == 0 ? "" : ids.next(headed.get(i).heading());
            List<String> path = i == 0 ? List.of() : part.path();
            parts.add(
                    new Page.Part(
                            part.level(), path, headed.get(i).anchor(), fragment, part.pieces()));
        }
        return parts;
    }
}
