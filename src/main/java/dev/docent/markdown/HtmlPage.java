package dev.docent.markdown;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/** A page of Markdown as HTML, its headings with the ids that their sections' addresses name. */
public final class HtmlPage {
    private static final List<TablesExtension> EXTENSIONS =
            List.of((TablesExtension) TablesExtension.create());
    private static final Parser PARSER = Parser.builder().extensions(EXTENSIONS).build();

    private static final Pattern ANCHOR = Pattern.compile("<a id=\"([\\w-]+)\">");

    private HtmlPage() {}

    /**
     * What stands in the body of the HTML page. HTML in the source is shown as text, except for an
     * empty anchor with nothing but an id.
     *
     * @param link turns the target of a link into the one that the HTML page has
     */
    public static String body(String source, UnaryOperator<String> link) {
        HeadingIds ids = new HeadingIds();
        Node page = PARSER.parse(FrontMatter.of(source).body());
        page.accept(
                new AbstractVisitor() {
                    @Override
                    public void visit(HtmlInline html) {
                        Matcher anchor = ANCHOR.matcher(html.getLiteral());
                        if (anchor.matches()
                                && html.getNext() instanceof HtmlInline end
                                && end.getLiteral().equals("</a>")) {
                            html.insertBefore(new Link(anchor.group(1), null));
                            end.unlink();
                            html.unlink();
                        }
                    }
                });
        return HtmlRenderer.builder()
                .extensions(EXTENSIONS)
                .escapeHtml(true)
                .sanitizeUrls(true)
                .attributeProviderFactory(_ ->
                        (node, _, attributes) -> {
                            if (node instanceof Heading heading) {
                                attributes.put("id", ids.next(words(heading)));
                            } else if (node instanceof Link anchor
                                    && anchor.getFirstChild() == null) {
                                attributes.clear();
                                attributes.put("id", anchor.getDestination());
                            } else if (node instanceof Link target) {
                                attributes.put("href", link.apply(target.getDestination()));
                            }
                        })
                .build()
                .render(page);
    }

    private static String words(Heading heading) {
        StringBuilder words = new StringBuilder();
        heading.accept(
                new AbstractVisitor() {
                    @Override
                    public void visit(Text text) {
                        words.append(text.getLiteral());
                    }

                    @Override
                    public void visit(Code code) {
                        words.append(code.getLiteral());
                    }
                });
        return words.toString();
    }
}
