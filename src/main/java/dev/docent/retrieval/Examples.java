package dev.docent.retrieval;

import dev.docent.failure.DependencyException;
import dev.docent.rag.Candidates;
import dev.docent.rag.Hit;
import dev.docent.rag.Outline;
import dev.docent.rag.PassageIndex;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Questions for a newcomer to try, made from headings of the documentation itself. */
public final class Examples {
    private static final int MOST = 4;
    private static final int LOOKED_AT = 30;
    private static final int LONGEST = 60;
    private static final int FEWEST_WORDS = 4;

    private static final Pattern STEP = Pattern.compile("^(?:Step )?\\d+[.:)] *");

    private Examples() {}

    /**
     * A few questions that the documentation answers, each from another page: headings that ask
     * something, or else questions made of headings; never empty.
     */
    public static List<String> of(PassageIndex index) {
        List<Outline> passages =
                candidates(index).hits().stream()
                        .map(Hit::passage)
                        .filter(passage -> !passage.headingPath().isEmpty())
                        .filter(passage -> passage.headingPath().getLast().length() <= LONGEST)
                        .toList();
        List<String> asked = pick(passages, heading -> heading.endsWith("?") && !isShort(heading));
        if (!asked.isEmpty()) {
            return asked;
        }
        List<String> made = pick(passages, heading -> !heading.endsWith("?"));
        return made.isEmpty()
                ? List.of("What is this about?")
                : made.stream().map(heading -> "What about “" + heading + "”?").toList();
    }

    private static List<String> pick(List<Outline> passages, Predicate<String> wanted) {
        Map<String, String> byFile = new LinkedHashMap<>();
        for (Outline passage : passages) {
            // The number of a step says nothing outside of its page.
            String heading = STEP.matcher(passage.headingPath().getLast()).replaceFirst("");
            if (wanted.test(heading)) {
                byFile.putIfAbsent(passage.file(), heading);
            }
        }
        return byFile.values().stream().limit(MOST).toList();
    }

    /** Such as "What's next?", which asks nothing without its page. */
    private static boolean isShort(String heading) {
        return heading.split(" ").length < FEWEST_WORDS;
    }

    private static Candidates candidates(PassageIndex index) {
        try {
            return index.search("how to start set up configure what why", null, LOOKED_AT);
        } catch (DependencyException e) {
            return new Candidates(List.of(), Map.of());
        }
    }
}
