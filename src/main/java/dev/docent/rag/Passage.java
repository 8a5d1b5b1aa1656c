package dev.docent.rag;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A piece of a documentation page that can be found and quoted: a section, or a part of a long one.
 *
 * @param id the same for the same place of a site in every run, see {@link #idOf}
 * @param file path as ingested, with forward slashes, for example {@code docs/guides/intro.mdx}
 * @param title the page's title
 * @param headingPath the headings from the page's first level down to this section, without the
 *     title itself; empty for the text before the first heading
 * @param anchor the fragment of this section's heading, empty for the page itself
 * @param url path or address of the page with the anchor, null where an older ingester stored none
 * @param part position among the passages of one section, from 0
 * @param text what the section says, as plain Markdown: code in fences, tables with pipes, no JSX
 * @param tokens length of {@code text} in tokens of the embedding model, 0 where unknown
 */
public record Passage(
        UUID id,
        String file,
        String title,
        List<String> headingPath,
        String anchor,
        @Nullable String url,
        int part,
        String text,
        int tokens) {

    public Passage {
        headingPath = List.copyOf(headingPath);
    }

    /** The passage of an outline. */
    public Passage(Outline outline, String text) {
        this(
                outline.id(),
                outline.file(),
                outline.title(),
                outline.headingPath(),
                outline.anchor(),
                outline.url(),
                outline.part(),
                text,
                outline.tokens());
    }

    /** The id of a place: the same file, anchor and part give the same id in every run. */
    public static UUID idOf(String file, String anchor, int part) {
        return UUID.nameUUIDFromBytes(
                (file + '\0' + anchor + '\0' + part).getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The same for all passages with the same title, headings and text, whatever file or version
     * they stand in: their vectors are the same in any space.
     */
    public UUID contentId() {
        return UUID.nameUUIDFromBytes((place() + '\0' + text).getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Where it stands: the page's title, and the headings down to it, joined with {@code " > "}.
     */
    public String place() {
        return headingPath.isEmpty() ? title : title + " > " + heading();
    }

    /** The heading path joined with {@code " > "}, or the page's title where there is none. */
    public String heading() {
        return outline().heading();
    }

    /** The same without the text. */
    public Outline outline() {
        return new Outline(
                id, file, title, headingPath, anchor, url, part, tokens, text.hashCode());
    }
}
