package dev.docent.retrieval;

import dev.docent.failure.DependencyException;
import dev.docent.rag.Candidates;
import dev.docent.rag.Hit;
import dev.docent.rag.Passage;
import dev.docent.rag.PassageIndex;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Questions for a newcomer to try, made from headings of the documentation itself. */
public final class Examples {
    private static final int MOST = 4;
    private static final int LOOKED_AT = 30;
    private static final int LONGEST = 60;

    private Examples() {}

    /** A few questions that the documentation answers, each from another page; never empty. */
    public static List<String> of(PassageIndex index) {
        Map<String, String> byFile = new LinkedHashMap<>();
        for (Hit hit : candidates(index).hits()) {
            Passage passage = hit.passage();
            if (!passage.headingPath().isEmpty()
                    && passage.headingPath().getLast().length() <= LONGEST) {
                byFile.putIfAbsent(passage.file(), question(passage));
            }
        }
        List<String> questions =
                byFile.values().stream()
                        // A heading that is a question comes before a question made from a heading.
                        .sorted((a, b) ->
                                Boolean.compare(
                                        a.startsWith("What about"), b.startsWith("What about")))
                        .limit(MOST)
                        .toList();
        return questions.isEmpty() ? List.of("What is this about?") : questions;
    }

    private static String question(Passage passage) {
        String heading = passage.headingPath().getLast();
        return heading.endsWith("?") ? heading : "What about “" + heading + "”?";
    }

    private static Candidates candidates(PassageIndex index) {
        try {
            return index.search("how to start set up configure what why", null, LOOKED_AT);
        } catch (DependencyException e) {
            return new Candidates(List.of(), Map.of());
        }
    }
}
