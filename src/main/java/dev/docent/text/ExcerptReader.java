package dev.docent.text;

import dev.docent.text.Excerpt.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Cuts Markdown into excerpts, line by line. It reads what an ingestion wrote (fences, pipes,
 * lists, paragraphs) and takes whatever else it meets for a paragraph.
 */
final class ExcerptReader {
    private static final Pattern FENCE = Pattern.compile("\\s*(`{3,}|~{3,})(.*)");
    private static final Pattern ITEM = Pattern.compile("\\s*([-*+]|\\d{1,9}[.)])\\s+(.+)");
    private static final Pattern RULER = Pattern.compile("(?=[^-]*-)[\\s|:-]++");
    private static final Pattern SKIPPED = Pattern.compile("\\s*+(?:#{1,6}\\s.*|[-*_\\s]{3,})");
    private static final Pattern CELL_EDGE = Pattern.compile("(?<!\\\\)\\|");

    private final List<Excerpt> excerpts = new ArrayList<>();
    private final List<String> paragraph = new ArrayList<>();
    private String bullet = "";
    private int block;

    List<Excerpt> read(String markdown) {
        List<String> lines = markdown.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            Matcher fence = FENCE.matcher(line);
            Matcher item = ITEM.matcher(line);
            if (fence.matches() && !fence.group(2).contains("`")) {
                flush();
                i = code(lines, i, fence.group(1));
            } else if (isTable(lines, i)) {
                flush();
                i = table(lines, i);
            } else if (line.isBlank() || SKIPPED.matcher(line).matches()) {
                flush();
            } else if (item.matches()) {
                flush();
                bullet = item.group(1) + " ";
                paragraph.add(item.group(2));
            } else {
                paragraph.add(line.strip().replaceFirst("^>[>\\s]*", ""));
            }
        }
        flush();
        return List.copyOf(excerpts);
    }

    private int code(List<String> lines, int start, String mark) {
        int end = start + 1;
        while (end < lines.size() && !closes(lines.get(end), mark)) {
            end++;
        }
        List<String> content = lines.subList(start + 1, Math.min(end, lines.size()));
        String text = String.join("\n", content).stripIndent();
        String language = lines.get(start).strip().substring(mark.length()).strip();
        if (!text.isBlank()) {
            block++;
            add(
                    Kind.CODE,
                    mark + language + "\n" + text + "\n" + mark,
                    text,
                    "",
                    !excerpts.isEmpty());
        }
        return end;
    }

    private static boolean closes(String line, String mark) {
        String bare = line.strip();
        return bare.startsWith(mark) && bare.chars().allMatch(c -> c == mark.charAt(0));
    }

    private static boolean isTable(List<String> lines, int i) {
        return lines.get(i).contains("|")
                && i + 1 < lines.size()
                && lines.get(i + 1).contains("|")
                && RULER.matcher(lines.get(i + 1)).matches();
    }

    private int table(List<String> lines, int start) {
        String header = Inline.unlinked(lines.get(start)) + "\n" + lines.get(start + 1).strip();
        boolean introduced = introduces();
        block++;
        int i = start + 2;
        while (i < lines.size() && lines.get(i).contains("|")) {
            String row = Inline.unlinked(lines.get(i));
            add(Kind.ROW, row, cells(row), header, introduced);
            introduced = false;
            i++;
        }
        return i - 1;
    }

    private static String cells(String row) {
        return Arrays.stream(CELL_EDGE.split(row))
                .map(Inline::plain)
                .filter(cell -> !cell.isEmpty())
                .collect(Collectors.joining(" | "));
    }

    private void flush() {
        if (paragraph.isEmpty()) {
            return;
        }
        String text = Inline.unlinked(String.join(" ", paragraph));
        paragraph.clear();
        if (text.isEmpty()) {
            return;
        }
        boolean introduced = introduces();
        if (bullet.isEmpty()) {
            block++;
            for (String sentence : Inline.sentences(text)) {
                add(Kind.SENTENCE, sentence, Inline.plain(sentence), "", false);
            }
        } else {
            boolean first = excerpts.isEmpty() || excerpts.getLast().kind() != Kind.ITEM;
            block += first ? 1 : 0;
            add(Kind.ITEM, bullet + text, Inline.plain(text), "", first && introduced);
        }
        bullet = "";
    }

    private boolean introduces() {
        return !excerpts.isEmpty() && excerpts.getLast().plain().endsWith(":");
    }

    private void add(Kind kind, String markdown, String plain, String header, boolean introduced) {
        excerpts.add(new Excerpt(kind, markdown, plain, block, header, introduced));
    }
}
