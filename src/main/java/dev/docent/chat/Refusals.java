package dev.docent.chat;

import dev.docent.failure.Diagnosis;
import dev.docent.failure.Failure;
import dev.docent.failure.FailureCode;
import dev.docent.rag.Passage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a reader is told if there is no answer or only a part of one. */
final class Refusals {
    /** How many pages a refusal points to. */
    static final int MOST_PAGES = 3;

    private Refusals() {}

    /**
     * One sentence that says that the documentation does not answer the question, with links to the
     * nearest pages.
     */
    static String sentence(List<Passage> nearest) {
        String pages = pages(nearest);
        return pages.isEmpty()
                ? "I found nothing about this in the documentation."
                : "I found nothing in the documentation that answers this; what comes nearest is "
                        + pages
                        + ".";
    }

    /** What follows a model's own words that the passages do not answer; empty without pages. */
    static String nearest(List<Passage> nearest) {
        String pages = pages(nearest);
        return pages.isEmpty() ? "" : "\n\nWhat comes nearest is " + pages + ".";
    }

    /** Asks what a question is about that names nothing, with headings to choose from. */
    static String question(List<Passage> nearest) {
        String choice =
                nearest.stream()
                        .filter(passage -> passage.url() != null)
                        .map(passage -> link(passage.heading(), passage.url()))
                        .distinct()
                        .collect(Collectors.joining(", "));
        return "What would you like to know about? Please name the subject, the option or the"
                + " error message in your question."
                + (choice.isEmpty() ? "" : " For example: " + choice + ".");
    }

    private static String pages(List<Passage> nearest) {
        Map<String, String> pages = new LinkedHashMap<>();
        for (Passage passage : nearest) {
            String url = passage.url();
            if (url != null) {
                pages.putIfAbsent(withoutFragment(url), passage.title());
            }
        }
        return pages.entrySet().stream()
                .map(page -> link(page.getValue(), page.getKey()))
                .collect(Collectors.joining(", "));
    }

    private static String link(String text, @Nullable String url) {
        return "[" + linkText(text) + "](" + url + ")";
    }

    static Failure emptyAnswer(String model) {
        return new Failure(
                Diagnosis.GEMINI_EMPTY,
                FailureCode.MODEL_FAILED,
                Failure.Nature.REQUEST_REJECTED,
                "The language model gave no answer; please ask again in other words.",
                model + " ended an answer without a word.",
                "Nothing to do if it is rare; otherwise try another model.");
    }

    static Failure deadline() {
        return new Failure(
                Diagnosis.LATE,
                FailureCode.TIMEOUT,
                Failure.Nature.UNAVAILABLE,
                "The answer took too long and was ended here; please ask again.",
                "An answer reached its time limit.",
                "If this happens often, look at the language model's status or choose a faster one.");
    }

    static Failure shuttingDown() {
        return new Failure(
                Diagnosis.STOPPING,
                FailureCode.SHUTTING_DOWN,
                Failure.Nature.UNAVAILABLE,
                "The service is restarting and had to end the answer here; please ask again in a minute.",
                "An answer was still running when the time for shutting down was over.",
                "Nothing to do.");
    }

    /** The failure that a reader sees after an unexpected exception. */
    static Failure unforeseen() {
        return new Failure(
                Diagnosis.BUG,
                FailureCode.INTERNAL,
                Failure.Nature.REQUEST_REJECTED,
                "Something went wrong while answering; please ask again.",
                "Answering broke in an unforeseen way.",
                "See the log for the error, and report it.");
    }

    private static String withoutFragment(String url) {
        int hash = url.indexOf('#');
        return hash < 0 ? url : url.substring(0, hash);
    }

    /** A title within a link's text: a bracket in it would end the link early. */
    private static String linkText(String title) {
        return title.replace("[", "\\[").replace("]", "\\]");
    }
}
