package dev.docent.markdown;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.node.Block;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Paragraph;
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
 * Reads {@code :::note[Title]} to {@code :::}, a block that holds blocks. The title may also follow
 * a space, as Docusaurus 2 wrote it. An admonition with more colons may hold one with fewer.
 */
final class AdmonitionParser extends AbstractBlockParser {
    private static final Pattern OPENING =
            Pattern.compile(
                    "^(:{3,})\\s*([A-Za-z][\\w-]*)\\s*(?:\\[(.*)]|([^{\\[].*?))?\\s*(?:\\{[^{}]*})?\\s*$");

    private final Nodes.Admonition block = new Nodes.Admonition();
    private final int colons;
    private final String title;

    private AdmonitionParser(int colons, String title) {
        this.colons = colons;
        this.title = title;
    }

    @Override
    public Block getBlock() {
        return block;
    }

    @Override
    public boolean isContainer() {
        return true;
    }

    @Override
    public boolean canContain(Block child) {
        return true;
    }

    @Override
    public BlockContinue tryContinue(ParserState state) {
        String line = rest(state);
        boolean closing = line.length() >= colons && line.chars().allMatch(c -> c == ':');
        return closing && !inCode(state)
                ? BlockContinue.finished()
                : BlockContinue.atIndex(state.getIndex());
    }

    private static boolean inCode(ParserState state) {
        return state.getActiveBlockParser().getBlock() instanceof FencedCodeBlock;
    }

    @Override
    public void parseInlines(InlineParser inlineParser) {
        if (!title.isBlank()) {
            Paragraph paragraph = new Paragraph();
            inlineParser.parse(SourceLines.of(SourceLine.of(title, null)), paragraph);
            block.prependChild(paragraph);
        }
    }

    private static String rest(ParserState state) {
        CharSequence line = state.getLine().getContent();
        int start = state.getNextNonSpaceIndex();
        // A bound, because the pattern below would be slow on a line of a megabyte.
        int end = Math.min(line.length(), start + 500);
        return start >= line.length() || line.charAt(start) != ':'
                ? ""
                : line.subSequence(start, end).toString().strip();
    }

    /** Starts an admonition, also in the middle of a paragraph. */
    static final class Factory implements BlockParserFactory {
        @Override
        public BlockStart tryStart(ParserState state, MatchedBlockParser matched) {
            String line = rest(state);
            if (!line.startsWith(":::")) {
                return BlockStart.none();
            }
            Matcher opening = OPENING.matcher(line);
            if (!opening.matches()) {
                return BlockStart.none();
            }
            String label = opening.group(3) != null ? opening.group(3) : opening.group(4);
            return BlockStart.of(
                            new AdmonitionParser(
                                    opening.group(1).length(), label == null ? "" : label))
                    .atIndex(state.getLine().getContent().length());
        }
    }
}
