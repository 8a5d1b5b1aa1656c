package dev.docent.rag;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A passage without its text: all that ranking reads. The parameters are those of {@link Passage}.
 *
 * @param textHash {@link String#hashCode} of its text, which tells copies apart from other passages
 */
public record Outline(
        UUID id,
        String file,
        String title,
        List<String> headingPath,
        String anchor,
        @Nullable String url,
        int part,
        int tokens,
        int textHash) {

    public Outline {
        headingPath = List.copyOf(headingPath);
    }

    /** The heading path joined with {@code " > "}, or the page's title where there is none. */
    public String heading() {
        return headingPath.isEmpty() ? title : String.join(" > ", headingPath);
    }
}
