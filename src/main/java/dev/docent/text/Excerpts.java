package dev.docent.text;

import dev.docent.markdown.Dialect;
import dev.docent.markdown.Partials;
import dev.docent.markdown.Piece;
import dev.docent.markdown.SectionReader;
import dev.docent.text.Excerpt.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Cuts Markdown into excerpts, without its headings. It is read like the pages of a site. */
public final class Excerpts {
    private static final Pattern CODE =
            Pattern.compile("(?=`)(?<!`)(`++) ?(.{1,1000}?) ?(?<!`)\\1(?!`)");

    private static final Pattern BREAK = Pattern.compile("\\n *+");

    private final List<Excerpt> excerpts = new ArrayList<>();
    private int block;

    private Excerpts() {}

    /** The excerpts of a Markdown text, in reading order. */
    public static List<Excerpt> of(String markdown) {
        Excerpts reader = new Excerpts();
        SectionReader.read(markdown, Dialect.PASSAGE, Partials.NONE)
                .forEach(section -> section.pieces().forEach(reader::add));
        return List.copyOf(reader.excerpts);
    }

    private void add(Piece piece) {
        boolean introduced = !excerpts.isEmpty() && excerpts.getLast().plain().endsWith(":");
        switch (piece) {
            case Piece.Prose prose -> {
                String text = BREAK.matcher(prose.text().strip()).replaceAll(" ");
                if (prose.tight()) {
                    item(text, introduced);
                } else {
                    block++;
                    Sentences.of(text)
                            .forEach(sentence ->
                                    add(Kind.SENTENCE, sentence, plain(sentence), "", false));
                }
            }
            case Piece.Code code -> {
                block++;
                String text = String.join("\n", code.lines()).stripIndent();
                String markdown = new Piece.Code("", code.language(), text.lines().toList()).text();
                add(Kind.CODE, markdown, text, "", !excerpts.isEmpty());
            }
            case Piece.Table table -> table(table, introduced);
        }
    }

    private void item(String text, boolean introduced) {
        boolean first = excerpts.isEmpty() || excerpts.getLast().kind() != Kind.ITEM;
        block += first ? 1 : 0;
        String plain = plain(text.substring(text.indexOf(' ') + 1));
        add(Kind.ITEM, text, plain, "", first && introduced);
    }

    private void table(Piece.Table table, boolean introduced) {
        block++;
        String header = table.text(List.of());
        boolean first = introduced;
        for (List<String> cells : table.rows()) {
            String row = table.text(List.of(cells)).substring(header.length() + 1);
            String plain =
                    cells.stream()
                            .filter(cell -> !cell.isEmpty())
                            .map(Excerpts::plain)
                            .collect(Collectors.joining(" | "));
            add(Kind.ROW, row, plain, header, first);
            first = false;
        }
    }

    private static String plain(String markdown) {
        return markdown.indexOf('`') < 0
                ? markdown
                : CODE.matcher(markdown).replaceAll("$2").strip();
    }

    private void add(Kind kind, String markdown, String plain, String header, boolean introduced) {
        excerpts.add(new Excerpt(kind, markdown, plain, block, header, introduced));
    }
}
