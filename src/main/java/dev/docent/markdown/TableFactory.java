package dev.docent.markdown;

import org.commonmark.ext.gfm.tables.internal.TableBlockParser;
import org.commonmark.parser.block.AbstractBlockParserFactory;
import org.commonmark.parser.block.BlockParserFactory;
import org.commonmark.parser.block.BlockStart;
import org.commonmark.parser.block.MatchedBlockParser;
import org.commonmark.parser.block.ParserState;
import org.jspecify.annotations.Nullable;

/**
 * Begins a table only where its row of dashes has as many cells as its head, as GFM and Docusaurus
 * want it. commonmark-java 0.32 also takes a longer row of dashes, and drops what stands in the
 * further cells.
 */
final class TableFactory extends AbstractBlockParserFactory {
    /** As the extension has it. */
    private static final int MOST_CELLS = 1_000_000;

    private final BlockParserFactory tables = new TableBlockParser.Factory(MOST_CELLS);

    @Override
    public @Nullable BlockStart tryStart(ParserState state, MatchedBlockParser matched) {
        BlockStart start = tables.tryStart(state, matched);
        if (start == null) {
            return BlockStart.none();
        }
        CharSequence head = matched.getParagraphLines().getLines().getLast().getContent();
        CharSequence line = state.getLine().getContent();
        CharSequence dashes = line.subSequence(state.getIndex(), line.length());
        return cells(head) == cells(dashes) ? start : BlockStart.none();
    }

    private static int cells(CharSequence row) {
        String bare = row.toString().strip();
        int cells = 1;
        for (int i = bare.startsWith("|") ? 1 : 0; i < bare.length() - 1; i++) {
            if (bare.charAt(i) == '\\') {
                i++;
            } else if (bare.charAt(i) == '|') {
                cells++;
            }
        }
        return cells;
    }
}
