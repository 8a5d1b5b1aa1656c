package dev.docent.ingest;

import dev.docent.markdown.Piece;
import dev.docent.rag.Passage;
import dev.docent.site.Page;
import dev.docent.text.CodePoints;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToIntFunction;

/**
 * Splits sections into passages of a length that suits an embedding model: between paragraphs if
 * possible, otherwise between the rows of a table, the lines of code or the sentences of a
 * paragraph.
 */
final class PassageSplitter {
    private static final int MOST_LETTERS_A_TOKEN = 16;

    /**
     * A last part shorter than this many tokens is added to the one before it, unless that gets too
     * long.
     */
    private static final int CRUMB = 40;

    private static final double STRETCH = 1.15;

    /** A line of code is split only if it has more characters than this. */
    private static final int MAX_LINE = 8_000;

    private final int maxTokens;
    private final ToIntFunction<String> tokens;

    PassageSplitter(int maxTokens, ToIntFunction<String> tokens) {
        this.maxTokens = maxTokens;
        this.tokens = tokens;
    }

    /**
     * The passages of a file's pages, in order. A section without text has none.
     *
     * @param counted whether their lengths must be exact; counting with a real tokenizer takes
     *     longer than all other work of reading a site
     */
    List<Passage> passages(List<Page> pages, boolean counted) {
        List<Passage> passages = new ArrayList<>();
        Map<String, Integer> used = new HashMap<>();
        for (Page page : pages) {
            for (Page.Part part : page.sections()) {
                for (Chunk chunk : cut(part.pieces(), counted)) {
                    int number = used.merge(part.anchor(), 1, Integer::sum) - 1;
                    passages.add(passage(page, part, number, chunk));
                }
            }
        }
        return passages;
    }

    private static Passage passage(Page page, Page.Part part, int number, Chunk chunk) {
        String fragment = part.fragment().isEmpty() ? "" : "#" + part.fragment();
        return new Passage(
                Passage.idOf(page.file(), part.anchor(), number),
                page.file(),
                page.title(),
                part.path(),
                part.anchor(),
                page.url() == null ? null : page.url() + fragment,
                number,
                chunk.text,
                chunk.tokens);
    }

    private record Chunk(String text, boolean tight, int tokens) {}

    private List<Chunk> cut(List<Piece> pieces, boolean counted) {
        int roughly = pieces.stream().mapToInt(piece -> rough(piece.text())).sum();
        if (!pieces.isEmpty() && roughly <= maxTokens) {
            // The split must not depend on whether lengths are counted, or hashes would differ.
            String text = joined(pieces);
            return List.of(new Chunk(text, false, counted ? count(text) : roughly));
        }
        List<Chunk> chunks = new ArrayList<>();
        for (Piece piece : pieces) {
            Chunk whole = chunk(piece.text(), piece.tight());
            if (whole.tokens <= maxTokens) {
                chunks.add(whole);
            } else {
                split(piece, chunks);
            }
        }
        return packed(chunks);
    }

    private static String joined(List<Piece> pieces) {
        StringBuilder text = new StringBuilder();
        for (Piece piece : pieces) {
            text.append(text.isEmpty() ? "" : piece.tight() ? "\n" : "\n\n").append(piece.text());
        }
        return text.toString();
    }

    /**
     * A high estimate of a text's tokens: one for each four letters of a word, and one for each
     * other sign and each character beyond ASCII.
     */
    private static int rough(String text) {
        int rough = 0;
        int word = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 128 && Character.isLetterOrDigit(c)) {
                rough += word++ % 4 == 0 ? 1 : 0;
            } else {
                word = 0;
                rough += c == ' ' || c == '\n' ? 0 : 1;
            }
        }
        // Blanks are no tokens, but a long run of them must not make an endless passage.
        return Math.max(rough, text.length() / MOST_LETTERS_A_TOKEN);
    }

    private List<Chunk> packed(List<Chunk> chunks) {
        List<Chunk> texts = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        int length = 0;
        int left = chunks.stream().mapToInt(Chunk::tokens).sum();
        for (Chunk chunk : chunks) {
            boolean crumb = left < CRUMB && length + left <= maxTokens * STRETCH;
            if (!text.isEmpty() && length + chunk.tokens > maxTokens && !crumb) {
                texts.add(new Chunk(text.toString(), false, length));
                text.setLength(0);
                length = 0;
            }
            text.append(text.isEmpty() ? "" : chunk.tight ? "\n" : "\n\n").append(chunk.text);
            length += chunk.tokens;
            left -= chunk.tokens;
        }
        if (!text.isEmpty()) {
            texts.add(new Chunk(text.toString(), false, length));
        }
        return texts;
    }

    private void split(Piece piece, List<Chunk> chunks) {
        switch (piece) {
            case Piece.Code code -> {
                List<String> lines =
                        code.lines().stream().flatMap(l -> slices(l).stream()).toList();
                grouped(lines, "\n").forEach(some -> chunks.add(chunk(code.text(some), false)));
            }
            case Piece.Table table ->
                    rows(table).forEach(some -> chunks.add(chunk(table.text(some), false)));
            case Piece.Prose prose -> {
                boolean tight = prose.tight();
                for (List<String> some : grouped(sentences(prose.text()), "")) {
                    chunks.add(chunk(String.join("", some).strip(), tight));
                    tight = true;
                }
            }
        }
    }

    private List<List<List<String>>> rows(Piece.Table table) {
        int head = count(table.text(List.of()));
        List<List<List<String>>> groups = new ArrayList<>();
        int length = 0;
        for (List<String> row : table.rows()) {
            int added = count(String.join(" | ", row)) + 2;
            if (groups.isEmpty() || head + length + added > maxTokens) {
                groups.add(new ArrayList<>());
                length = 0;
            }
            groups.getLast().add(row);
            length += added;
        }
        return groups;
    }

    private List<List<String>> grouped(List<String> units, String joint) {
        List<List<String>> groups = new ArrayList<>();
        int length = 0;
        for (String unit : units) {
            int added = count(unit + joint);
            if (groups.isEmpty() || length + added > maxTokens) {
                groups.add(new ArrayList<>());
                length = 0;
            }
            groups.getLast().add(unit);
            length += added;
        }
        return groups;
    }

    private List<String> sentences(String text) {
        List<String> sentences = new ArrayList<>();
        BreakIterator borders = BreakIterator.getSentenceInstance(Locale.ROOT);
        borders.setText(text);
        int start = borders.first();
        for (int end = borders.next(); end != BreakIterator.DONE; end = borders.next()) {
            String sentence = text.substring(start, end);
            if (count(sentence) <= maxTokens) {
                sentences.add(sentence);
            } else {
                words(sentence, sentences);
            }
            start = end;
        }
        return sentences;
    }

    /** Splits a sentence that is too long between words. */
    private void words(String sentence, List<String> parts) {
        // Prose has about four letters per token; a third less is safe for other texts.
        int size = maxTokens * 8 / 3;
        int start = 0;
        while (sentence.length() - start > size) {
            int space = sentence.lastIndexOf(' ', start + size);
            int end = CodePoints.end(sentence, space > start ? space + 1 : start + size);
            parts.add(sentence.substring(start, end));
            start = end;
        }
        parts.add(sentence.substring(start));
    }

    private static List<String> slices(String line) {
        List<String> slices = new ArrayList<>();
        int start = 0;
        while (line.length() - start > MAX_LINE) {
            int end = CodePoints.end(line, start + MAX_LINE);
            slices.add(line.substring(start, end));
            start = end;
        }
        slices.add(line.substring(start));
        return slices;
    }

    private Chunk chunk(String text, boolean tight) {
        return new Chunk(text, tight, count(text));
    }

    /** Counts exactly only texts that are not far too long. */
    private int count(String text) {
        return text.length() > maxTokens * 20
                ? text.length() / 4
                : Math.max(1, tokens.applyAsInt(text));
    }
}
