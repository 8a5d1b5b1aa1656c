package dev.docent.markdown;

import java.util.ArrayList;
import java.util.List;

/** What a page is read into, as lines that a test can compare. */
final class Outline {
    private Outline() {}

    /** The sections of a text in MDX as level, id and heading, and under each its pieces. */
    static List<String> of(String source) {
        return of(source, Dialect.MDX, Partials.NONE);
    }

    static List<String> of(String source, Dialect dialect, Partials partials) {
        List<String> lines = new ArrayList<>();
        for (Section section : SectionReader.read(source, dialect, partials)) {
            if (section.level() > 0) {
                lines.add(section.level() + " " + section.anchor() + " " + section.heading());
            }
            section.pieces().forEach(piece -> lines.add(piece.text()));
        }
        return lines;
    }
}
