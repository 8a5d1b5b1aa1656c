package dev.docent.ingest;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Gathers the cells of a table that is written in tags. */
final class HtmlTable {
    private final List<List<String>> rows = new ArrayList<>();
    private final StringBuilder cell = new StringBuilder();
    private List<String> row = new ArrayList<>();

    /** Takes a tag of the table; tags that mean nothing here are ignored. */
    void tag(JsxTag tag) {
        switch (tag.element()) {
            case "tr" -> endRow();
            case "td", "th" -> {
                if (tag.closing()) {
                    row.add(cell.toString().strip().replaceAll("\\s+", " "));
                }
                cell.setLength(0);
            }
            default -> cell.append(' ');
        }
    }

    /** Takes words of the open cell. */
    void text(String words) {
        cell.append(' ').append(words);
    }

    /** The table, empty where it has no cell. */
    Optional<Piece> end() {
        endRow();
        return rows.isEmpty()
                ? Optional.empty()
                : Optional.of(new Piece.Table(rows.getFirst(), rows.subList(1, rows.size())));
    }

    private void endRow() {
        if (!row.isEmpty()) {
            rows.add(row);
            row = new ArrayList<>();
        }
    }
}
