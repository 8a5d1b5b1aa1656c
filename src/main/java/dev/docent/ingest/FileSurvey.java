package dev.docent.ingest;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What was found in a file.
 *
 * @param sources digest of each file that the pages are made of, by path
 * @param pages the pages in it that are published
 * @param passages their passages by id
 * @param sections how many of their sections have text
 * @param warnings its oddities, a sentence each
 */
record FileSurvey(
        Map<String, String> sources,
        List<Address> pages,
        Map<UUID, Extract> passages,
        int sections,
        List<String> warnings) {

    /** What tells whether two pages have the same address. */
    record Address(String file, @Nullable String url) {}

    /**
     * What tells whether a passage must be embedded again.
     *
     * @param tokens its length, 0 if not counted
     * @param words the same for passages with the same words at different addresses
     */
    record Extract(String hash, int tokens, long words) {}
}
