package dev.docent.ingest;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a file holds.
 *
 * @param sources digest of each file that this was made of, by path
 * @param pages the pages in it that are published
 * @param passages their passages by id
 * @param sections how many sections of theirs have text
 * @param warnings what is odd about it, a sentence each
 */
record FileSurvey(
        Map<String, String> sources,
        List<Address> pages,
        Map<UUID, Extract> passages,
        int sections,
        List<String> warnings) {

    /** Of a page, what tells whether another one hides it. */
    record Address(String file, @Nullable String url) {}

    /**
     * Of a passage, what tells whether it must be embedded anew.
     *
     * @param tokens its length, 0 where that was not counted
     */
    record Extract(String hash, int tokens) {}
}
