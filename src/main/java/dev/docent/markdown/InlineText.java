package dev.docent.markdown;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.node.Code;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Node;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;

/**
 * Turns the inline nodes of a block into text: links and images become their text, code keeps its
 * backticks.
 */
final class InlineText {
    private static final Pattern DIRECTIVE = Pattern.compile("(?<!:):[A-Za-z][\\w-]*+(?!:)");

    private static final Pattern COMMENT =
            Pattern.compile("(?s)\\{\\s*/\\*(.*?)\\*/\\s*\\}|<!--(.*)-->");

    private InlineText() {}

    /** Decides what a tag means, which depends on what is around it. */
    interface Tags {
        void tag(JsxTag tag, StringBuilder text);

        void expression(String source, StringBuilder text);

        /** Whether readers do not see the current text. */
        boolean hidden();
    }

    /** Appends the words of a node's children, in order. */
    static void append(Node parent, StringBuilder text, Tags tags) {
        walk(
                parent,
                node -> {
                    if (!tags.hidden() || node instanceof Nodes.Tag) {
                        enter(node, text, tags);
                    }
                });
    }

    private static void walk(Node parent, Consumer<Node> visitor) {
        int depth = 1;
        Node node = parent.getFirstChild();
        while (node != null) {
            visitor.accept(node);
            if (node.getFirstChild() != null) {
                node = node.getFirstChild();
                depth++;
                continue;
            }
            while (depth > 1 && node.getNext() == null) {
                node = node.getParent();
                depth--;
            }
            node = node.getNext();
        }
    }

    private static void enter(Node node, StringBuilder text, Tags tags) {
        switch (node) {
            case Text words -> text.append(words.getLiteral());
            case Code code -> text.append(ticked(code.getLiteral()));
            case SoftLineBreak _ -> text.append(' ');
            case HardLineBreak _ -> text.append('\n');
            case HtmlInline tag -> text.append(tag.getLiteral());
            case Nodes.Tag tag -> tags.tag(tag.tag, text);
            case Nodes.Expression expression -> tags.expression(expression.source, text);
            default -> {}
        }
    }

    private static String ticked(String code) {
        return code.contains("`") ? "`` " + code + " ``" : "`" + code + "`";
    }

    /**
     * What an expression shows: the text of a string, nothing for a comment, and otherwise the
     * expression itself, because only running it would tell.
     */
    static String shown(String expression) {
        String inner = expression.substring(1, expression.length() - 1).strip();
        if (inner.isEmpty() || (inner.startsWith("/*") && inner.endsWith("*/"))) {
            return "";
        }
        char quote = inner.charAt(0);
        boolean string =
                inner.length() > 1
                        && "'\"`".indexOf(quote) >= 0
                        && inner.indexOf(quote, 1) == inner.length() - 1;
        return string ? inner.substring(1, inner.length() - 1) : expression;
    }

    /**
     * Removes what remark-directive reads as a text directive, which is therefore missing in ids.
     */
    private static String undirected(Text words) {
        return DIRECTIVE.matcher(words.getLiteral()).replaceAll("");
    }

    /**
     * The words of a heading without any markup.
     *
     * @param shown as a reader sees them, with expressions in their braces; otherwise as its id is
     *     made from
     */
    static String plain(Node heading, boolean shown) {
        StringBuilder text = new StringBuilder();
        walk(heading, node -> plain(node, shown, text));
        return text.toString();
    }

    /** Whether a tag sets the words beside it apart. */
    private static boolean apart(Nodes.Tag tag) {
        boolean afterAnother =
                tag.getPrevious() instanceof Nodes.Tag before
                        && (before.tag.closing() || before.tag.selfClosing())
                        && !tag.tag.closing();
        return afterAnother || (tag.tag.html() && !tag.tag.withinWords());
    }

    /**
     * The id that a comment at the end of a heading gives it: {@code {/* #id *}{@code /}}. Source:
     * Docusaurus' {@code remark/headings}.
     *
     * @param html whether {@code <!-- #id -->} is one, too
     */
    static Optional<String> commentedId(Node heading, boolean html) {
        String source =
                switch (heading.getLastChild()) {
                    case Nodes.Expression expression -> expression.source;
                    case Nodes.Tag tag when html -> tag.tag.source();
                    case null, default -> "";
                };
        Matcher comment = COMMENT.matcher(source);
        if (!comment.matches()) {
            return Optional.empty();
        }
        String words = comment.group(1) == null ? comment.group(2) : comment.group(1);
        String first = words.strip().replaceFirst("(?s) .*", "");
        return first.startsWith("#") && first.length() > 1
                ? Optional.of(first.substring(1))
                : Optional.empty();
    }

    private static void plain(Node node, boolean shown, StringBuilder text) {
        switch (node) {
            case Text words -> text.append(shown ? words.getLiteral() : undirected(words));
            case Code code -> text.append(code.getLiteral());
            case SoftLineBreak _ -> text.append(shown ? ' ' : '\n');
            case Nodes.Tag tag when shown && apart(tag) -> text.append(' ');
            case Nodes.Expression e ->
                    text.append(shown ? e.source : e.source.substring(1, e.source.length() - 1));
            default -> {}
        }
    }
}
