package dev.docent.chat;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * A passage that an answer cites, as the reader sees it. Its members, by these names and in this
 * order, are its JSON on the wire and in the database. Deployed clients read {@code file}, {@code
 * heading} and {@code similarity}.
 *
 * @param file path as ingested
 * @param heading heading path joined with {@code " > "}, or the page's title
 * @param similarity cosine between question and passage, 0 to 1, four digits
 * @param number the N of {@code [Source N]} in the answer, from 1
 * @param title the page's title
 * @param url page and anchor, null where it is not known
 * @param quote the sentence of the passage that supports the answer, null where none stands out
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Source(
        String file,
        String heading,
        double similarity,
        int number,
        String title,
        @Nullable String url,
        @Nullable String quote) {}
