package dev.docent.markdown;

import java.util.regex.Pattern;
import org.commonmark.node.Block;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.ListBlock;
import org.commonmark.parser.block.AbstractBlockParser;
import org.commonmark.parser.block.BlockContinue;
import org.commonmark.parser.block.BlockParserFactory;
import org.commonmark.parser.block.BlockStart;
import org.commonmark.parser.block.MatchedBlockParser;
import org.commonmark.parser.block.ParserState;

/**
 * Removes an indentation of four columns or more, which has no meaning in MDX: Markdown between
 * indented tags is indented, too. Where wanted, it also ends a paragraph before a numbered item; in
 * CommonMark only the number 1 does so.
 */
final class IndentedParser extends AbstractBlockParser {
    private static final int CODE_INDENT = 4;
    private static final Pattern BLOCK = Pattern.compile("```|~~~|(?:#{1,6}|[-*+]|1[.)])\\s");
    private static final Pattern NUMBERED = Pattern.compile("\\d{1,9}[.)]\\s");

    private final Nodes.Indented block = new Nodes.Indented();
    private final int indent;

    private IndentedParser(int indent) {
        this.indent = indent;
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
        // Without this, what follows a list would be nested ever deeper.
        return indent >= CODE_INDENT || child instanceof ListBlock;
    }

    @Override
    public BlockContinue tryContinue(ParserState state) {
        if (state.isBlank()) {
            return BlockContinue.atIndex(state.getIndex());
        }
        // A fence may hold lines that are indented less than the fence itself.
        return state.getIndent() >= indent || inOpenFence()
                ? BlockContinue.atColumn(state.getColumn() + Math.min(state.getIndent(), indent))
                : BlockContinue.none();
    }

    private boolean inOpenFence() {
        return block.getLastChild() instanceof FencedCodeBlock code
                && code.getClosingFenceLength() == null;
    }

    /**
     * Starts where a block is indented that far; within a paragraph, only where the line looks like
     * the start of a block.
     */
    static final class Factory implements BlockParserFactory {
        private final boolean numbered;

        /**
         * @param numbered whether a numbered item is looked for in any paragraph
         */
        Factory(boolean numbered) {
            this.numbered = numbered;
        }

        @Override
        public BlockStart tryStart(ParserState state, MatchedBlockParser matched) {
            boolean indented = state.getIndent() >= CODE_INDENT;
            boolean starts =
                    matched.getParagraphLines().isEmpty()
                            ? indented
                            : (indented && at(state, BLOCK)) || (numbered && at(state, NUMBERED));
            if (!starts || state.isBlank()) {
                return BlockStart.none();
            }
            return BlockStart.of(new IndentedParser(state.getIndent()))
                    .atColumn(state.getColumn() + state.getIndent());
        }

        private static boolean at(ParserState state, Pattern pattern) {
            CharSequence line = state.getLine().getContent();
            return pattern.matcher(line)
                    .region(state.getNextNonSpaceIndex(), line.length())
                    .lookingAt();
        }
    }
}
