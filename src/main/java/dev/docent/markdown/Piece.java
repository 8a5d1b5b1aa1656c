package dev.docent.markdown;

import java.util.List;

/** A part of a section. Each kind has its own way of being split when it is too long. */
public sealed interface Piece {

    /** The whole of it as plain Markdown. */
    String text();

    /** Whether no empty line separates it from the piece before it. */
    default boolean tight() {
        return false;
    }

    /**
     * Sentences, or an item of a list.
     *
     * @param text the words, never blank
     * @param tight see {@link Piece#tight}
     */
    record Prose(String text, boolean tight) implements Piece {}

    /**
     * Code.
     *
     * @param indent what stands before each line, for code within a list
     * @param language the fence's language, empty if none is named
     * @param title the words above it, such as a file's name, with what stands before them; empty
     *     if there are none
     * @param lines the code
     * @param tight see {@link Piece#tight}
     */
    record Code(String indent, String language, String title, List<String> lines, boolean tight)
            implements Piece {
        public Code {
            lines = List.copyOf(lines);
        }

        /** Code without a title. */
        public Code(String indent, String language, List<String> lines) {
            this(indent, language, "", lines, false);
        }

        @Override
        public String text() {
            return text(lines);
        }

        /** Some of the lines, fenced, under the title. */
        public String text(List<String> some) {
            String fence = some.stream().anyMatch(line -> line.contains("```")) ? "````" : "```";
            String above = title.isEmpty() ? "" : title + "\n\n";
            StringBuilder text = new StringBuilder(above + indent + fence + language + "\n");
            some.forEach(line -> text.append(line.isEmpty() ? "" : indent + line).append('\n'));
            return text + indent + fence;
        }
    }

    /**
     * A table.
     *
     * @param head its first row
     * @param rows the others
     */
    record Table(List<String> head, List<List<String>> rows) implements Piece {
        public Table {
            head = List.copyOf(head);
            rows = List.copyOf(rows);
        }

        @Override
        public String text() {
            return text(rows);
        }

        /** Some of the rows under the head. */
        public String text(List<List<String>> some) {
            StringBuilder text = new StringBuilder(row(head));
            text.append("\n|").append(" --- |".repeat(Math.max(1, head.size())));
            some.forEach(row -> text.append('\n').append(row(row)));
            return text.toString();
        }

        private static String row(List<String> cells) {
            StringBuilder text = new StringBuilder("|");
            cells.forEach(cell -> text.append(' ').append(cell.replace("|", "\\|")).append(" |"));
            return text.toString();
        }
    }
}
