package dev.docent.markdown;

import java.util.ArrayList;
import java.util.List;
import org.commonmark.node.Block;
import org.commonmark.parser.InlineParser;
import org.commonmark.parser.SourceLine;
import org.commonmark.parser.SourceLines;
import org.commonmark.parser.block.AbstractBlockParser;
import org.commonmark.parser.block.BlockContinue;
import org.commonmark.parser.block.BlockParserFactory;
import org.commonmark.parser.block.BlockStart;
import org.commonmark.parser.block.MatchedBlockParser;
import org.commonmark.parser.block.ParserState;

/**
 * Reads lines that hold only tags and expressions. A tag may span several lines. The lines after it
 * are read as Markdown again, unlike in an HTML block of CommonMark.
 */
final class JsxBlockParser extends AbstractBlockParser {
    /** The longest tag or expression, in lines: one that never closes must not swallow the page. */
    private static final int MAX_LINES = 2000;

    private final Nodes.JsxBlock block = new Nodes.JsxBlock();
    private final List<SourceLine> lines = new ArrayList<>();
    private final LineScan scan;

    private JsxBlockParser(boolean mdx) {
        scan = new LineScan(mdx);
    }

    @Override
    public Block getBlock() {
        return block;
    }

    @Override
    public BlockContinue tryContinue(ParserState state) {
        return scan.open() && lines.size() < MAX_LINES
                ? BlockContinue.atIndex(state.getIndex())
                : BlockContinue.none();
    }

    @Override
    public void addLine(SourceLine line) {
        lines.add(line);
        scan.line(line.getContent());
    }

    @Override
    public void parseInlines(InlineParser inlineParser) {
        inlineParser.parse(SourceLines.of(lines), block);
    }

    /** Follows tags and expressions from line to line. */
    private static final class LineScan {
        private final boolean mdx;
        private JsxScanner scanner = new JsxScanner();
        private boolean between = true;
        private boolean other;

        LineScan(boolean mdx) {
            this.mdx = mdx;
        }

        void line(CharSequence line) {
            for (int i = 0; i < line.length() && !other; i++) {
                char c = line.charAt(i);
                if (!between) {
                    feed(c);
                } else if (c == '<' || (c == '{' && mdx)) {
                    scanner = new JsxScanner();
                    between = false;
                    feed(c);
                } else {
                    other = c != ' ' && c != '\t';
                }
            }
            if (!between && !other) {
                feed('\n');
            }
        }

        private void feed(char c) {
            JsxScanner.Status status = scanner.feed(c);
            between = status == JsxScanner.Status.COMPLETE;
            other = status == JsxScanner.Status.FAILED;
        }

        /** Whether a tag or an expression is still open. */
        boolean open() {
            return !between && !other;
        }

        /** Whether there was anything besides tags and expressions. */
        boolean other() {
            return other;
        }
    }

    /** Starts such a block at a line that holds nothing but tags. */
    static final class Factory implements BlockParserFactory {
        private final boolean mdx;

        Factory(boolean mdx) {
            this.mdx = mdx;
        }

        @Override
        public BlockStart tryStart(ParserState state, MatchedBlockParser matched) {
            CharSequence line = state.getLine().getContent();
            int start = state.getNextNonSpaceIndex();
            if (start >= line.length()
                    || (line.charAt(start) != '<' && !(mdx && line.charAt(start) == '{'))) {
                return BlockStart.none();
            }
            LineScan scan = new LineScan(mdx);
            scan.line(line.subSequence(start, line.length()));
            return scan.other()
                    ? BlockStart.none()
                    : BlockStart.of(new JsxBlockParser(mdx)).atIndex(start);
        }
    }
}
