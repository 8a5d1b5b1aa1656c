package dev.docent.script;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.treesitter.TSInputEncoding;
import org.treesitter.TSNode;
import org.treesitter.TSParser;
import org.treesitter.TSTree;
import org.treesitter.TSTreeCursor;
import org.treesitter.TreeSitterTypescript;

/**
 * A node of a syntax tree. JavaScript is read as TypeScript, which holds all of it but JSX; a part
 * with a syntax error is left out, and the rest is there.
 */
final class Syntax {
    /**
     * How long a file may take: 5 MB of sound code take 5 s, but tree-sitter 0.26's way out of a
     * syntax error takes four times as long for twice as much of some nonsense.
     */
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final TSNode node;

    /** How many bytes the parser gets at a time. */
    private static final int AT_ONCE = 64 * 1024;

    /** A file is too much for the parser. */
    static final class TooLongException extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /** The whole file in UTF-8. */
    private final byte[] source;

    private final String file;

    private Syntax(TSNode node, byte[] source, String file) {
        this.node = node;
        this.source = source;
        this.file = file;
    }

    /**
     * Parses a file.
     *
     * @throws TooLongException where it takes too long
     * @throws LinkageError or RuntimeException where the parser's library cannot be loaded
     */
    static Syntax parse(String text, String file) {
        return parse(text, file, LONGEST);
    }

    static Syntax parse(String text, String file, Duration longest) {
        byte[] source = text.getBytes(StandardCharsets.UTF_8);
        long end = System.nanoTime() + longest.toNanos();
        try (TSParser parser = new TSParser()) {
            parser.setLanguage(new TreeSitterTypescript());
            TSTree tree =
                    parser.parseWithOptions(
                            new byte[AT_ONCE],
                            null,
                            (target, from, _) -> copy(source, from, target),
                            TSInputEncoding.TSInputEncodingUTF8,
                            _ -> System.nanoTime() >= end);
            if (tree == null) {
                throw new TooLongException();
            }
            return new Syntax(tree.getRootNode(), source, file);
        }
    }

    private static int copy(byte[] source, int from, byte[] target) {
        int length = Math.clamp(source.length - from, 0, target.length);
        System.arraycopy(source, Math.min(from, source.length), target, 0, length);
        return length;
    }

    /** Name of its file, for messages. */
    String file() {
        return file;
    }

    /** In the grammar of tree-sitter-typescript. */
    String type() {
        return node.getType();
    }

    String text() {
        int start = node.getStartByte();
        return new String(source, start, node.getEndByte() - start, StandardCharsets.UTF_8);
    }

    /** Its first line, from 1. */
    int line() {
        return node.getStartPoint().getRow() + 1;
    }

    @Nullable Syntax field(String name) {
        TSNode child = node.getChildByFieldName(name);
        return child == null || child.isNull() ? null : new Syntax(child, source, file);
    }

    /** Its parts without punctuation and comments. */
    List<Syntax> children() {
        List<Syntax> children = new ArrayList<>();
        try (TSTreeCursor cursor = new TSTreeCursor(node)) {
            for (boolean more = cursor.gotoFirstChild(); more; more = cursor.gotoNextSibling()) {
                TSNode child = cursor.currentNode();
                if (child.isNamed() && !child.isExtra()) {
                    children.add(new Syntax(child, source, file));
                }
            }
        }
        return children;
    }

    /** The first place that the grammar does not allow; null if there is none. */
    @Nullable Syntax error() {
        if (!node.hasError()) {
            return null;
        }
        Syntax at = this;
        for (boolean deeper = true; deeper; ) {
            deeper = false;
            try (TSTreeCursor cursor = new TSTreeCursor(at.node)) {
                for (boolean more = cursor.gotoFirstChild();
                        more;
                        more = cursor.gotoNextSibling()) {
                    TSNode child = cursor.currentNode();
                    if (child.isError() || child.isMissing()) {
                        return new Syntax(child, source, file);
                    }
                    if (child.hasError()) {
                        at = new Syntax(child, source, file);
                        deeper = true;
                        break;
                    }
                }
            }
        }
        return at;
    }

    /** What would close the brackets that are open at its end. */
    String closing() {
        Deque<String> open = new ArrayDeque<>();
        try (TSTreeCursor cursor = new TSTreeCursor(node)) {
            do {
                String type = cursor.currentNode().getType();
                switch (type) {
                    case "{", "${" -> open.push("}");
                    case "[" -> open.push("]");
                    case "(" -> open.push(")");
                    case "}", "]", ")" -> {
                        if (type.equals(open.peek())) {
                            open.pop();
                        }
                    }
                    default -> {}
                }
            } while (next(cursor));
        }
        return String.join("", open);
    }

    /** Goes to the next node in the order of the text; false at the end. */
    private static boolean next(TSTreeCursor cursor) {
        boolean found = cursor.gotoFirstChild() || cursor.gotoNextSibling();
        while (!found && cursor.gotoParent()) {
            found = cursor.gotoNextSibling();
        }
        return found;
    }

    Value.Unknown unknown(String why) {
        return new Value.Unknown(why, file, line());
    }
}
