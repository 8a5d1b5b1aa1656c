package dev.docent.markdown;

import org.commonmark.node.CustomBlock;
import org.commonmark.node.CustomNode;

/** Nodes for what MDX and Docusaurus add to CommonMark. */
final class Nodes {
    private Nodes() {}

    /** A tag or comment within text. */
    static final class Tag extends CustomNode {
        final JsxTag tag;

        Tag(JsxTag tag) {
            this.tag = tag;
        }
    }

    /** An expression in braces within text, braces included. */
    static final class Expression extends CustomNode {
        final String source;

        Expression(String source) {
            this.source = source;
        }
    }

    /** Lines that hold only tags, comments and expressions, which are its children. */
    static final class JsxBlock extends CustomBlock {}

    /** An admonition; its title, if any, is its first paragraph. */
    static final class Admonition extends CustomBlock {}

    /** Blocks that are indented further than CommonMark would let them be. */
    static final class Indented extends CustomBlock {}
}
