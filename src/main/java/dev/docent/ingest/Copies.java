package dev.docent.ingest;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts which passages of a folder have the words of passages of other folders, as versions and
 * untranslated pages have. Not thread-safe.
 */
final class Copies {
    private static final int SHOWN = 12;

    private final Map<Long, String> first = new HashMap<>();
    private final Map<String, Root> roots = new LinkedHashMap<>();

    private static final class Root {
        private int all;
        private int copied;
        private final Map<String, Integer> from = new HashMap<>();
    }

    /** Adds passages of a folder. */
    void add(String folder, Collection<FileSurvey.Extract> passages) {
        Root root = roots.computeIfAbsent(folder, _ -> new Root());
        for (FileSurvey.Extract passage : passages) {
            String other = first.putIfAbsent(passage.words(), folder);
            root.all++;
            if (other != null && !other.equals(folder)) {
                root.copied++;
                root.from.merge(other, 1, Integer::sum);
            }
        }
    }

    /** A sentence for each folder with copies, and one for all. */
    List<String> notes() {
        List<String> notes = new ArrayList<>();
        int all = 0;
        int copied = 0;
        for (Map.Entry<String, Root> folder : roots.entrySet()) {
            Root root = folder.getValue();
            all += root.all;
            copied += root.copied;
            if (root.copied > 0 && notes.size() < SHOWN) {
                String most =
                        root.from.entrySet().stream()
                                .max(
                                        Map.Entry.<String, Integer>comparingByValue()
                                                .thenComparing(
                                                        Map.Entry.comparingByKey(
                                                                Comparator.reverseOrder())))
                                .map(Map.Entry::getKey)
                                .orElse("");
                notes.add(
                        "%s: %,d of %,d passages are copies, most of them of %s."
                                .formatted(folder.getKey(), root.copied, root.all, most));
            }
        }
        if (copied > 0) {
            notes.add(
                    "%,d of %,d passages are copies. --versions and --locales choose what is read."
                            .formatted(copied, all));
        }
        return notes;
    }
}
