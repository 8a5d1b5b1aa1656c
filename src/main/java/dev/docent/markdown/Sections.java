package dev.docent.markdown;

import java.util.ArrayList;
import java.util.List;

/** Collects pieces under the latest heading. */
final class Sections {
    private final List<Section> done = new ArrayList<>();
    private int level;
    private String heading = "";
    private String anchor = "";
    private List<Piece> pieces = new ArrayList<>();

    void heading(int newLevel, String newHeading, String newAnchor) {
        close();
        level = newLevel;
        heading = newHeading;
        anchor = newAnchor;
    }

    void add(Piece piece) {
        pieces.add(piece);
    }

    /** All sections in order; the first is the text before any heading, possibly without text. */
    List<Section> end() {
        close();
        return List.copyOf(done);
    }

    private void close() {
        done.add(new Section(level, heading, anchor, List.copyOf(pieces)));
        pieces = new ArrayList<>();
    }
}
