package dev.docent.site;

import dev.docent.markdown.Piece;
import dev.docent.markdown.Section;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A page as it is indexed.
 *
 * @param file its path as passages name it
 * @param url its address, null if unknown
 * @param sections its sections in order
 * @param headings its headings in order, as a reader of the page sees them
 */
public record Page(
        String file,
        String title,
        @Nullable String url,
        List<Part> sections,
        List<Heading> headings) {
    /** A heading with its level, from 1 to 6, its id and its words. */
    public record Heading(int level, String anchor, String text) {}

    /**
     * A section with its place in the page.
     *
     * @param level of its heading, 0 for the page itself
     * @param path the headings above it and its own, from the top
     * @param anchor the id of its heading, empty for the page itself
     * @param fragment the fragment of its address, usually the same as {@code anchor}
     * @param pieces its text
     */
    public record Part(
            int level, List<String> path, String anchor, String fragment, List<Piece> pieces) {}

    /** The headings of sections. */
    static List<Heading> headings(List<Section> sections) {
        return sections.stream()
                .filter(section -> section.level() > 0)
                .map(s -> new Heading(s.level(), s.anchor(), s.heading()))
                .toList();
    }

    /** The sections, each with the path of headings that leads to it. */
    public static List<Part> parts(String title, List<Section> sections) {
        List<Part> parts = new ArrayList<>();
        Deque<Section> above = new ArrayDeque<>();
        for (int i = 0; i < sections.size(); i++) {
            Section section = sections.get(i);
            // A title at the top is the page itself, so a link to it needs no fragment.
            boolean top = i == 0 || (i == 1 && section.level() == 1);
            while (!above.isEmpty() && above.getLast().level() >= section.level()) {
                above.removeLast();
            }
            boolean named = section.level() > 0 && !(top && same(section.heading(), title));
            if (named && !section.heading().isEmpty()) {
                above.addLast(section);
            }
            String anchor = top ? "" : section.anchor();
            List<String> path = above.stream().map(Section::heading).toList();
            parts.add(new Part(top ? 0 : section.level(), path, anchor, anchor, section.pieces()));
        }
        return parts;
    }

    private static boolean same(String heading, String title) {
        return plain(heading).equals(plain(title));
    }

    private static String plain(String text) {
        return text.replaceAll("[`*_]", "").strip().toLowerCase(Locale.ROOT);
    }
}
