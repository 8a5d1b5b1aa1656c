package dev.docent.markdown;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.commonmark.node.Block;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.ListBlock;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.node.ThematicBreak;
import org.commonmark.parser.Parser;
import org.commonmark.parser.beta.InlineContentParser;
import org.commonmark.parser.beta.InlineContentParserFactory;
import org.commonmark.parser.beta.ParsedInline;

/**
 * The dialects that a page may be written in, and the one that its passages are in. HTML blocks are
 * off in all: a page's tags are read as in JSX, so that the text between two tags is still read as
 * Markdown. Nesting is bounded, so hostile input can neither exhaust the stack nor cost more than
 * linear time.
 */
public enum Dialect {
    /** CommonMark with tables and admonitions. */
    MARKDOWN,
    /**
     * Docusaurus' default, also for {@code .md} files: braces hold expressions, and indented lines
     * are not code.
     */
    MDX,
    /**
     * The text of a passage, which may begin in the middle of a list: CommonMark with tables, but
     * tags and underscores are text, indented lines are not code, and any numbered item ends a
     * paragraph.
     */
    PASSAGE;

    private static final int OPEN_BLOCKS = 64;
    private static final int INLINE_NESTING = 64;

    private static final Parser MARKDOWN_PARSER = parser(MARKDOWN);
    private static final Parser MDX_PARSER = parser(MDX);
    private static final Parser PASSAGE_PARSER = parser(PASSAGE);

    /** The tree of a page. */
    Node parse(String source) {
        Parser parser =
                switch (this) {
                    case MARKDOWN -> MARKDOWN_PARSER;
                    case MDX -> MDX_PARSER;
                    case PASSAGE -> PASSAGE_PARSER;
                };
        return parser.parse(source);
    }

    private static Parser parser(Dialect dialect) {
        // commonmark tries them in the order of the set, and with a rule before a heading the line
        // below a setext heading would be one.
        Set<Class<? extends Block>> blocks =
                new LinkedHashSet<>(
                        List.of(
                                BlockQuote.class,
                                Heading.class,
                                FencedCodeBlock.class,
                                ThematicBreak.class,
                                ListBlock.class));
        Parser.Builder builder =
                Parser.builder()
                        .customBlockParserFactory(new TableFactory())
                        .maxOpenBlockParsers(OPEN_BLOCKS)
                        .maxInlineNesting(INLINE_NESTING);
        if (dialect != PASSAGE) {
            builder.customBlockParserFactory(new JsxBlockParser.Factory(dialect == MDX))
                    .customBlockParserFactory(new AdmonitionParser.Factory())
                    .customInlineContentParserFactory(new JsxInlineParser.Factory(dialect == MDX));
        }
        if (dialect == MARKDOWN) {
            blocks.add(IndentedCodeBlock.class);
        } else {
            builder.customBlockParserFactory(new IndentedParser.Factory(dialect == PASSAGE));
        }
        if (dialect == PASSAGE) {
            builder.customInlineContentParserFactory(new Underscores());
        }
        return builder.enabledBlockTypes(blocks).build();
    }

    /** Reads underscores as text: a passage has them in names, and emphasis was removed from it. */
    private static final class Underscores implements InlineContentParserFactory {
        @Override
        public Set<Character> getTriggerCharacters() {
            return Set.of('_');
        }

        @Override
        public InlineContentParser create() {
            return state -> {
                state.scanner().next();
                return ParsedInline.of(new Text("_"), state.scanner().position());
            };
        }
    }
}
