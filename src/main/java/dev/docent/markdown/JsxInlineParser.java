package dev.docent.markdown;

import java.util.Set;
import java.util.regex.Pattern;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.beta.InlineContentParser;
import org.commonmark.parser.beta.InlineContentParserFactory;
import org.commonmark.parser.beta.InlineParserState;
import org.commonmark.parser.beta.ParsedInline;
import org.commonmark.parser.beta.Position;
import org.commonmark.parser.beta.Scanner;

/** Reads tags, comments, autolinks and, in MDX, expressions within text. One instance a block. */
final class JsxInlineParser implements InlineContentParser {
    private static final Pattern AUTOLINK =
            Pattern.compile("<((?:[A-Za-z][A-Za-z0-9+.-]{1,31}:|[^\\s<>@]+@)[^\\s<>]*)>");

    /** After this many openings without an end, the rest of a block is taken as plain text. */
    private static final int MAX_UNCLOSED = 8;

    private int unclosed;

    @Override
    public ParsedInline tryParse(InlineParserState state) {
        Scanner scanner = state.scanner();
        Position start = scanner.position();
        if (unclosed < MAX_UNCLOSED) {
            JsxScanner jsx = new JsxScanner();
            StringBuilder source = new StringBuilder();
            while (jsx.status() == JsxScanner.Status.OPEN && scanner.peek() != Scanner.END) {
                source.append(scanner.peek());
                jsx.feed(scanner.peek());
                scanner.next();
            }
            // Docusaurus escapes the brace of an explicit id, so what is in it is Markdown.
            boolean id = source.length() > 1 && source.charAt(0) == '{' && source.charAt(1) == '#';
            if (jsx.status() == JsxScanner.Status.COMPLETE && !id) {
                Node node =
                        jsx.isExpression()
                                ? new Nodes.Expression(source.toString())
                                : tagOrLink(source.toString());
                return ParsedInline.of(node, scanner.position());
            }
            unclosed += jsx.status() == JsxScanner.Status.OPEN ? 1 : 0;
            scanner.setPosition(start);
            if (autolink(scanner) instanceof Text link) {
                return ParsedInline.of(link, scanner.position());
            }
            scanner.setPosition(start);
        }
        String literal = String.valueOf(scanner.peek());
        scanner.next();
        return ParsedInline.of(new Text(literal), scanner.position());
    }

    private static Node tagOrLink(String source) {
        var link = AUTOLINK.matcher(source);
        return link.matches() ? new Text(link.group(1)) : new Nodes.Tag(JsxTag.of(source));
    }

    /** An autolink has characters that no tag has, so it is tried where no tag was found. */
    private static Node autolink(Scanner scanner) {
        StringBuilder source = new StringBuilder();
        char c = scanner.peek();
        while (c != Scanner.END && !Character.isWhitespace(c) && source.length() < 500) {
            source.append(c);
            scanner.next();
            c = c == '>' || scanner.peek() == '<' ? Scanner.END : scanner.peek();
        }
        return tagOrLink(source.toString());
    }

    /** Tells the parser which characters may start one. */
    static final class Factory implements InlineContentParserFactory {
        private final Set<Character> triggers;

        Factory(boolean mdx) {
            triggers = mdx ? Set.of('<', '{') : Set.of('<');
        }

        @Override
        public Set<Character> getTriggerCharacters() {
            return triggers;
        }

        @Override
        public InlineContentParser create() {
            return new JsxInlineParser();
        }
    }
}
