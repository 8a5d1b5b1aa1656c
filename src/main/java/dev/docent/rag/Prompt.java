package dev.docent.rag;

import dev.docent.text.CodePoints;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The prompt for a generative model of any maker. Its wording is in the text files beside this
 * class.
 *
 * <p>Passages, the highlighted text, the question and earlier turns are untrusted. They are
 * enclosed in tags that they cannot forge, because such tags in them lose their bracket, and what
 * looks like a citation in them is defused.
 *
 * @param system the system instruction
 * @param history earlier turns, oldest first, without the citations of their answers
 * @param user the message to be answered
 */
public record Prompt(String system, List<Turn> history, String user) {
    /**
     * Only this many characters of an earlier answer are sent, because it is a reminder of the
     * topic and not a source.
     */
    private static final int REMEMBERED = 1500;

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-z]+)}");

    private static final String ANSWER_SYSTEM = resource("answer-system.txt");
    private static final String ANSWER_USER = resource("answer-user.txt");
    private static final String SELECTION_SYSTEM = resource("selection-system.txt");
    private static final String SELECTION_USER = resource("selection-user.txt");
    private static final String CONDENSE_SYSTEM = resource("condense-system.txt");
    private static final String CONDENSE_USER = resource("condense-user.txt");

    public Prompt {
        history = List.copyOf(history);
    }

    /** Asks for an answer, from the passages or, in selection mode, from the highlighted text. */
    public static Prompt answering(ModelRequest request) {
        String question = data(request.question());
        String selection = request.selection();
        if (selection != null) {
            return new Prompt(
                    SELECTION_SYSTEM,
                    List.of(),
                    fill(
                            SELECTION_USER,
                            Map.of("selection", data(selection), "question", question)));
        }
        return new Prompt(
                ANSWER_SYSTEM,
                request.history().stream().map(Prompt::remembered).toList(),
                fill(
                        ANSWER_USER,
                        Map.of(
                                "passages", passages(request.passages()),
                                "numbers", numbers(request.passages().size()),
                                "question", question,
                                "understood", understood(request),
                                "lacking", lacking(request))));
    }

    /** Asks for a follow-up question in words that need no history, on the answer's first line. */
    public static Prompt condensing(List<Turn> history, String question) {
        String conversation =
                history.stream()
                        .map(Prompt::remembered)
                        .map(Prompt::told)
                        .collect(Collectors.joining("\n"));
        return new Prompt(
                CONDENSE_SYSTEM,
                List.of(),
                fill(
                        CONDENSE_USER,
                        Map.of("conversation", conversation, "question", data(question))));
    }

    private static String told(Turn turn) {
        return "Reader: "
                + turn.question()
                + (turn.answer().isEmpty() ? "" : "\nAnswer: " + turn.answer());
    }

    private static String passages(List<Passage> passages) {
        return IntStream.range(0, passages.size())
                .mapToObj(i -> passage(i + 1, passages.get(i)))
                .collect(Collectors.joining("\n\n"));
    }

    private static String passage(int number, Passage passage) {
        return """
        <passage number="%d">
        %s

        %s
        </passage>\
        """
                .formatted(number, data(passage.place()), data(passage.text()));
    }

    private static String numbers(int passages) {
        return passages == 0
                ? "none"
                : IntStream.rangeClosed(1, passages)
                        .mapToObj(Integer::toString)
                        .collect(Collectors.joining(", "));
    }

    private static String understood(ModelRequest request) {
        return request.standalone().equals(request.question())
                ? ""
                : "\nAfter what was said before, it was searched for as: "
                        + data(request.standalone());
    }

    private static String lacking(ModelRequest request) {
        return request.lacking().isEmpty()
                ? ""
                : "\nNo page of the documentation has the name "
                        + request.lacking().stream()
                                .map(name -> '"' + data(name) + '"')
                                .collect(Collectors.joining(" or "))
                        + ". Say so where the question depends on it.";
    }

    private static Turn remembered(Turn turn) {
        String answer = SourceMark.strip(turn.answer());
        if (answer.length() > REMEMBERED) {
            answer = answer.substring(0, CodePoints.end(answer, REMEMBERED)) + " …";
        }
        return new Turn(data(turn.question()), data(answer));
    }

    private static String data(String text) {
        return PromptTags.defuse(SourceMark.defuse(text.strip()));
    }

    /** Fills all placeholders in one pass, so that a placeholder within a value is not filled. */
    private static String fill(String template, Map<String, String> values) {
        return PLACEHOLDER
                .matcher(template)
                .replaceAll(match ->
                        Matcher.quoteReplacement(
                                Objects.requireNonNull(values.get(match.group(1)))));
    }

    private static String resource(String name) {
        try (InputStream stream = Objects.requireNonNull(Prompt.class.getResourceAsStream(name))) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
