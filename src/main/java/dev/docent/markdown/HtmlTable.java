package dev.docent.markdown;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Collects the cells of a table that is written as HTML. A cell that spans several rows is repeated
 * in each of them, so that every row can be read on its own.
 */
final class HtmlTable {
    /** The elements that {@link #tag} takes. */
    static final Set<String> TAGS = Set.of("tr", "td", "th");

    private static final int MAX_SPAN = 1000;

    private final List<List<String>> rows = new ArrayList<>();
    private final Map<Integer, Span> spans = new HashMap<>();
    private final StringBuilder cell = new StringBuilder();
    private List<String> row = new ArrayList<>();
    private int rowSpan;

    private record Span(String text, int rows) {}

    /** Takes a tag of the table, one of {@link #TAGS}. */
    void tag(JsxTag tag) {
        switch (tag.element()) {
            case "tr" -> endRow();
            default -> {
                if (tag.closing()) {
                    endCell();
                } else {
                    rowSpan = rowSpan(tag);
                }
                cell.setLength(0);
            }
        }
    }

    /** Adds text to the open cell. */
    void text(String words) {
        cell.append(' ').append(words);
    }

    /** The table; empty if it has no cells. */
    Optional<Piece> end() {
        endRow();
        return rows.isEmpty()
                ? Optional.empty()
                : Optional.of(new Piece.Table(rows.getFirst(), rows.subList(1, rows.size())));
    }

    private void endCell() {
        spanned();
        String text = cell.toString().strip().replaceAll("\\s+", " ");
        if (rowSpan > 1) {
            spans.put(row.size(), new Span(text, rowSpan - 1));
        }
        row.add(text);
        rowSpan = 1;
    }

    private void spanned() {
        for (Span span = spans.get(row.size()); span != null; span = spans.get(row.size())) {
            int column = row.size();
            row.add(span.text);
            if (span.rows > 1) {
                spans.put(column, new Span(span.text, span.rows - 1));
            } else {
                spans.remove(column);
            }
        }
    }

    private void endRow() {
        if (!row.isEmpty()) {
            spanned();
            rows.add(row);
            row = new ArrayList<>();
        }
    }

    private static int rowSpan(JsxTag tag) {
        String span = tag.attribute("row[sS]pan").orElse("1");
        boolean number = span.length() < 4 && span.chars().allMatch(Character::isDigit);
        return number ? Math.min(MAX_SPAN, Integer.parseInt(span)) : 1;
    }
}
