package dev.docent.markdown;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.LinkReferenceDefinition;
import org.commonmark.node.ListBlock;
import org.commonmark.node.Node;
import org.commonmark.node.OrderedList;
import org.commonmark.node.Paragraph;
import org.commonmark.node.ThematicBreak;
import org.jspecify.annotations.Nullable;

/** Walks the tree of one page and collects its sections. Not thread-safe; one instance per page. */
public final class SectionReader implements InlineText.Tags {
    private static final Pattern EXPLICIT_ID =
            Pattern.compile("(?:(?<!\\s)\\s++)?+\\{#((?:.(?!\\{#|\\}))*.)\\}$");

    /** The comment at the end of a heading. */
    private static final Pattern COMMENT =
            Pattern.compile("(?:(?<!\\s)\\s++)?+\\{\\s*+/\\*[^*]*+\\*/\\s*+\\}$");

    private static final Pattern BLANKS = Pattern.compile("[ \\t\\u00a0]+");
    private static final Pattern SPACE = Pattern.compile("\\s+");

    /** Elements whose content no reader sees as text. */
    private static final Set<String> HIDDEN = Set.of("script", "style", "head", "svg", "iframe");

    private static final int MAX_DEPTH = 8;
    private static final int MAX_PARTIALS = 200;
    private static final int MAX_ID = 300;

    private final Sections sections = new Sections();
    private Scope scope;
    private String indent = "";
    private String marker = "";
    private String hiddenBy = "";
    private boolean alone;

    /** Length of the text right after an element that ended there, else -1. */
    private int ended = -1;

    /** What tabs are called, by their values. */
    private final Map<String, String> labels = new HashMap<>();

    private int included;
    private @Nullable HtmlTable table;
    private @Nullable String codeBlock;

    /** What holds while a page, or a partial in it, is read. */
    private record Scope(
            Dialect dialect,
            Partials partials,
            Map<String, String> imports,
            HeadingIds ids,
            int depth) {}

    private SectionReader(Scope scope) {
        this.scope = scope;
    }

    /** The sections of a page; the first one is the text before any heading. */
    public static List<Section> read(String source, Dialect dialect, Partials partials) {
        return read(source, dialect, partials, new HeadingIds());
    }

    /**
     * The same.
     *
     * @param ids gives the headings their ids
     */
    public static List<Section> read(
            String source, Dialect dialect, Partials partials, HeadingIds ids) {
        Scope page = new Scope(dialect, partials, new HashMap<>(), ids, 0);
        SectionReader reader = new SectionReader(page);
        reader.document(source, page);
        reader.endTable();
        return reader.sections.end();
    }

    private void document(String source, Scope inner) {
        Scope outer = scope;
        ModuleLines modules =
                inner.dialect == Dialect.MDX
                        ? ModuleLines.of(source)
                        : new ModuleLines(source, Map.of(), List.of());
        // A page may import in one block of code and use it in another.
        inner.imports.putAll(modules.imports());
        modules.unclosed().forEach(inner.partials::unclosed);
        scope = inner;
        boolean wasAlone = alone;
        alone = false;
        children(inner.dialect.parse(modules.text()));
        alone = wasAlone;
        scope = outer;
    }

    private void children(Node parent) {
        for (Node node = parent.getFirstChild(); node != null; node = node.getNext()) {
            block(node);
        }
    }

    private void block(Node node) {
        switch (node) {
            case Heading heading -> heading(heading);
            case Paragraph _ -> words(node);
            case Nodes.JsxBlock _ -> {
                alone = true;
                words(node);
                alone = false;
            }
            case FencedCodeBlock code -> fence(code);
            case IndentedCodeBlock code -> code("", code.getLiteral());
            case TableBlock rows -> table(rows);
            case ListBlock list -> list(list);
            // A footnote of one word, such as an address, looks like the definition of a link.
            case LinkReferenceDefinition note when note.getLabel().startsWith("^") ->
                    flush(new StringBuilder(note.getDestination()));
            case ThematicBreak _, LinkReferenceDefinition _ -> {}
            default -> children(node);
        }
    }

    private void heading(Heading heading) {
        endTable();
        hiddenBy = "";
        String shown = InlineText.plain(heading, true).strip().replaceAll("\\s+", " ");
        String text = InlineText.plain(heading, false);
        Optional<String> commented = InlineText.commentedId(heading, scope.ids.htmlComments());
        Matcher explicit = EXPLICIT_ID.matcher(tail(text));
        if (commented.isPresent()) {
            String words = COMMENT.matcher(shown).replaceFirst("");
            sections.heading(heading.getLevel(), words, commented.get());
        } else if (explicit.find()) {
            String end = tail(shown);
            String start = shown.substring(0, shown.length() - end.length());
            String words = start + EXPLICIT_ID.matcher(end).replaceFirst("");
            sections.heading(heading.getLevel(), words, explicit.group(1).strip());
        } else {
            // Not stripped: an element without words leaves the blank beside it.
            sections.heading(heading.getLevel(), shown, scope.ids.next(text));
        }
    }

    /** An id is at the end; matching only there keeps a heading of a megabyte cheap. */
    private static String tail(String heading) {
        return heading.substring(Math.max(0, heading.length() - MAX_ID));
    }

    private void words(Node node) {
        StringBuilder text = new StringBuilder();
        InlineText.append(node, text, this);
        flush(text);
    }

    private void flush(StringBuilder text) {
        List<String> lines =
                text.toString()
                        .lines()
                        .map(line -> BLANKS.matcher(line).replaceAll(" ").strip())
                        .filter(line -> !line.isEmpty())
                        .toList();
        text.setLength(0);
        if (table != null) {
            table.text(String.join(" ", lines));
        } else if (!lines.isEmpty()) {
            String first = marker.isEmpty() ? indent : marker;
            boolean tight = !marker.isEmpty();
            marker = "";
            sections.add(new Piece.Prose(first + String.join("\n" + indent, lines), tight));
        }
    }

    private void list(ListBlock list) {
        String outer = indent;
        Integer start = list instanceof OrderedList ordered ? ordered.getMarkerStartNumber() : null;
        int number = start == null ? 1 : start;
        for (Node item = list.getFirstChild(); item != null; item = item.getNext()) {
            String bullet = list instanceof OrderedList ? number++ + ". " : "- ";
            marker = outer + bullet;
            indent = outer + " ".repeat(bullet.length());
            children(item);
        }
        marker = "";
        indent = outer;
    }

    private void fence(FencedCodeBlock code) {
        String info = code.getInfo() == null ? "" : code.getInfo();
        if (info.strip().equals("mdx-code-block") && scope.depth < MAX_DEPTH) {
            document(
                    code.getLiteral(),
                    new Scope(
                            Dialect.MDX,
                            scope.partials,
                            scope.imports,
                            scope.ids,
                            scope.depth + 1));
            return;
        }
        code(CodeText.language(info), CodeText.title(info), code.getLiteral());
    }

    private void code(String language, String literal) {
        code(language, "", literal);
    }

    private void code(String language, String title, String literal) {
        List<String> lines = CodeText.lines(literal);
        if (lines.stream().anyMatch(line -> !line.isBlank())) {
            String before = marker.isEmpty() ? indent : marker;
            boolean tight = !title.isEmpty() && !marker.isEmpty();
            String shown = title.isEmpty() ? "" : before + title;
            marker = title.isEmpty() ? marker : "";
            sections.add(new Piece.Code(indent, language, shown, lines, tight));
        }
    }

    private void table(TableBlock block) {
        List<List<String>> rows = new ArrayList<>();
        for (Node part = block.getFirstChild(); part != null; part = part.getNext()) {
            for (Node row = part.getFirstChild(); row != null; row = row.getNext()) {
                if (row instanceof TableRow) {
                    rows.add(cells(row));
                }
            }
        }
        if (!rows.isEmpty()) {
            sections.add(new Piece.Table(rows.getFirst(), rows.subList(1, rows.size())));
        }
    }

    private List<String> cells(Node row) {
        List<String> cells = new ArrayList<>();
        for (Node cell = row.getFirstChild(); cell != null; cell = cell.getNext()) {
            StringBuilder text = new StringBuilder();
            InlineText.append(cell, text, this);
            cells.add(SPACE.matcher(text.toString().strip()).replaceAll(" "));
        }
        return cells;
    }

    @Override
    public boolean hidden() {
        return !hiddenBy.isEmpty();
    }

    @Override
    public void tag(JsxTag tag, StringBuilder text) {
        String element = tag.element();
        if (hidden()) {
            hiddenBy = tag.closing() && element.equals(hiddenBy) ? "" : hiddenBy;
        } else if (HIDDEN.contains(element)) {
            hiddenBy = tag.closing() || tag.selfClosing() ? "" : element;
        } else if (!tag.html() && include(tag, text)) {
            // The partial's text has taken the place of its tag.
        } else if (element.equals("table")) {
            flush(text);
            endTable();
            table = tag.closing() ? null : new HtmlTable();
        } else if (table != null && HtmlTable.TAGS.contains(element)) {
            flush(text);
            table.tag(tag);
        } else if (tag.name().equals("CodeBlock")) {
            flush(text);
            codeBlock = tag.closing() ? null : tag.attribute("language").orElse("");
        } else {
            if (!tag.closing() && text.length() == ended) {
                // Neighbours are set apart by their looks, which a text has not.
                text.append(' ');
            }
            visible(tag, text);
            ended = tag.closing() || tag.selfClosing() ? text.length() : -1;
        }
    }

    private void visible(JsxTag tag, StringBuilder text) {
        if (tag.name().equals("Tabs")) {
            labels.putAll(tag.labels());
        }

        switch (tag.element()) {
            case "code" -> text.append('`');
            case "li" -> text.append(tag.closing() ? "" : "\n- ");
            case "img" -> text.append(tag.visibleText());
            case String _ when tag.name().isEmpty() || tag.withinWords() -> {}
            case String _ when tag.html() -> text.append('\n');
            default -> {
                String shown =
                        tag.name().equals("TabItem") && !tag.closing()
                                ? tag.attribute("label")
                                        .or(() -> tag.attribute("value").map(this::label))
                                        .orElse("")
                                : tag.visibleText();
                text.append(shown.isEmpty() ? "" : "\n" + shown + "\n");
            }
        }
    }

    /** What a reader sees of a tab's value. */
    private String label(String value) {
        return labels.getOrDefault(value, value);
    }

    private boolean include(JsxTag tag, StringBuilder text) {
        String module = scope.imports.get(tag.name());
        if (tag.closing() || module == null || scope.depth >= MAX_DEPTH) {
            return false;
        }
        Optional<Partials.Partial> partial = scope.partials.find(module);
        if (partial.isEmpty() || ++included > MAX_PARTIALS) {
            return false;
        }
        flush(text);
        // Docusaurus compiles a partial on its own, so its heading ids are counted on their own.
        Partials.Partial page = partial.get();
        document(
                page.source(),
                new Scope(
                        page.dialect(),
                        page.partials(),
                        new HashMap<>(),
                        scope.ids.anew(),
                        scope.depth + 1));
        return true;
    }

    @Override
    public void expression(String source, StringBuilder text) {
        String shown = InlineText.shown(source);
        if (codeBlock != null && !shown.startsWith("{")) {
            code(codeBlock, shown.strip());
        } else if (codeBlock != null && imported(source).isPresent()) {
            code(codeBlock, imported(source).get());
        } else if (!alone || !shown.startsWith("{")) {
            text.append(shown);
        }
    }

    /** The file whose import an expression names. */
    private Optional<String> imported(String expression) {
        String name = expression.substring(1, expression.length() - 1).strip();
        return Optional.ofNullable(scope.imports.get(name)).flatMap(scope.partials::code);
    }

    private void endTable() {
        if (table != null) {
            table.end().ifPresent(sections::add);
            table = null;
        }
    }
}
