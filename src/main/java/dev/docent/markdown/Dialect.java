package dev.docent.markdown;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.Block;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.ListBlock;
import org.commonmark.node.Node;
import org.commonmark.node.ThematicBreak;
import org.commonmark.parser.Parser;

/**
 * The two dialects that a page may be written in. HTML blocks are off in both: tags are read as in
 * JSX, so that the text between two tags is still read as Markdown. Nesting is bounded, so hostile
 * input can neither exhaust the stack nor cost more than linear time.
 */
public enum Dialect {
    /** CommonMark with tables and admonitions. */
    MARKDOWN,
    /**
     * Docusaurus' default, also for {@code .md} files: braces hold expressions, and indented lines
     * are not code.
     */
    MDX;

    private static final int OPEN_BLOCKS = 64;
    private static final int INLINE_NESTING = 64;

    private static final Parser MARKDOWN_PARSER = parser(false);
    private static final Parser MDX_PARSER = parser(true);

    /** The tree of a page. */
    Node parse(String source) {
        return (this == MDX ? MDX_PARSER : MARKDOWN_PARSER).parse(source);
    }

    private static Parser parser(boolean mdx) {
        Set<Class<? extends Block>> blocks =
                new HashSet<>(
                        Set.of(
                                Heading.class,
                                FencedCodeBlock.class,
                                ThematicBreak.class,
                                ListBlock.class,
                                BlockQuote.class));
        Parser.Builder builder =
                Parser.builder()
                        .extensions(List.of(TablesExtension.create()))
                        .customBlockParserFactory(new JsxBlockParser.Factory(mdx))
                        .customBlockParserFactory(new AdmonitionParser.Factory())
                        .customInlineContentParserFactory(new JsxInlineParser.Factory(mdx))
                        .maxOpenBlockParsers(OPEN_BLOCKS)
                        .maxInlineNesting(INLINE_NESTING);
        if (mdx) {
            builder.customBlockParserFactory(new IndentedParser.Factory());
        } else {
            blocks.add(IndentedCodeBlock.class);
        }
        return builder.enabledBlockTypes(blocks).build();
    }
}
