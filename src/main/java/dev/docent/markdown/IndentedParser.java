package dev.docent.markdown;

import org.commonmark.node.Block;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.parser.block.AbstractBlockParser;
import org.commonmark.parser.block.BlockContinue;
import org.commonmark.parser.block.BlockParserFactory;
import org.commonmark.parser.block.BlockStart;
import org.commonmark.parser.block.MatchedBlockParser;
import org.commonmark.parser.block.ParserState;

/**
 * Removes an indentation of four columns or more, which has no meaning in MDX: Markdown between
 * indented tags is indented, too.
 */
final class IndentedParser extends AbstractBlockParser {
    private static final int CODE_INDENT = 4;

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
        return true;
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
        @Override
        public BlockStart tryStart(ParserState state, MatchedBlockParser matched) {
            if (state.getIndent() < CODE_INDENT || state.isBlank()) {
                return BlockStart.none();
            }
            if (!matched.getParagraphLines().isEmpty() && !looksLikeBlock(state)) {
                return BlockStart.none();
            }
            return BlockStart.of(new IndentedParser(state.getIndent()))
                    .atColumn(state.getColumn() + state.getIndent());
        }

        private static boolean looksLikeBlock(ParserState state) {
            CharSequence line = state.getLine().getContent();
            int start = state.getNextNonSpaceIndex();
            String head = line.subSequence(start, Math.min(line.length(), start + 7)).toString();
            return head.startsWith("```")
                    || head.startsWith("~~~")
                    || head.matches("(?:#{1,6}|[-*+]|1[.)])\\s.*");
        }
    }
}
