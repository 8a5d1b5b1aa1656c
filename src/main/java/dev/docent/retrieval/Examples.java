package dev.docent.retrieval;

import dev.docent.failure.DependencyException;
import dev.docent.rag.Passage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Questions for a newcomer to try, made from headings of the documentation itself, of which the
 * retriever says that it can answer them. Thread-safe.
 */
public final class Examples {
    private static final String WANTED = "how to start set up configure what why";

    private static final int MOST = 4;
    private static final int LOOKED_AT = 30;
    private static final int LONGEST = 60;
    private static final int FEWEST_WORDS = 4;

    /** How many questions are tried; each may cost a text of the embedding model's quota. */
    private static final int TRIED = 8;

    private static final Pattern STEP = Pattern.compile("^(?:Step )?\\d+[.:)] *");

    private final Retriever retriever;
    private Tried last = new Tried(List.of(), List.of());

    public Examples(Retriever retriever) {
        this.retriever = retriever;
    }

    /**
     * A few questions that the documentation answers, each from another page: headings that ask
     * something, or else questions made of headings; none where it answers none of these, or cannot
     * be searched now. They are tried anew when the headings have changed.
     */
    public synchronized List<String> questions() {
        try {
            List<String> candidates = candidates();
            if (!candidates.equals(last.candidates())) {
                last = new Tried(candidates, answerable(candidates));
            }
            return last.answerable();
        } catch (DependencyException e) {
            return List.of();
        }
    }

    private List<String> answerable(List<String> candidates) {
        return candidates.stream()
                .filter(question -> retriever.search(question, null, 1).evidence())
                .limit(MOST)
                .toList();
    }

    /** The best first. */
    private List<String> candidates() {
        List<Passage> passages =
                retriever.search(WANTED, null, LOOKED_AT).passages().stream()
                        .filter(passage -> !passage.headingPath().isEmpty())
                        .filter(passage -> passage.headingPath().getLast().length() <= LONGEST)
                        .toList();
        Stream<String> asked =
                pick(passages, heading -> heading.endsWith("?") && !isShort(heading));
        Stream<String> made =
                pick(passages, heading -> !heading.endsWith("?"))
                        .map(heading -> "What about “" + heading + "”?");
        return Stream.concat(asked, made).limit(TRIED).toList();
    }

    private static Stream<String> pick(List<Passage> passages, Predicate<String> wanted) {
        Map<String, String> byFile = new LinkedHashMap<>();
        for (Passage passage : passages) {
            // The number of a step says nothing outside of its page.
            String heading = STEP.matcher(passage.headingPath().getLast()).replaceFirst("");
            if (wanted.test(heading)) {
                byFile.putIfAbsent(passage.file(), heading);
            }
        }
        return byFile.values().stream();
    }

    /** Such as "What's next?", which asks nothing without its page. */
    private static boolean isShort(String heading) {
        return heading.split(" ").length < FEWEST_WORDS;
    }

    private record Tried(List<String> candidates, List<String> answerable) {}
}
