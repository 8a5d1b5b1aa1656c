package dev.docent.eval;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.docent.eval.EvalQuestion.Place;
import dev.docent.json.Json;
import dev.docent.rag.Turn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Questions in a file, one JSON object a line: {@code id}, {@code question}, {@code kind}, {@code
 * expected} (each {@code file}, {@code anchor}, {@code level}), and where they apply {@code why}
 * (the kind of a question that has no answer), {@code match} ({@code any} or {@code all}) and
 * {@code history} (each {@code role}, {@code content}). Other members are ignored.
 */
final class QuestionFile {
    private QuestionFile() {}

    static List<EvalQuestion> read(Path file) {
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (IOException e) {
            throw new EvalException(file + " cannot be read: " + e + ".", e);
        }
        List<EvalQuestion> questions = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).isBlank()) {
                questions.add(question(lines.get(i), file + " line " + (i + 1)));
            }
        }
        if (questions.isEmpty()) {
            throw new EvalException(file + " holds no questions.", null);
        }
        return questions;
    }

    private static EvalQuestion question(String line, String where) {
        JsonNode node;
        try {
            node = Json.MAPPER.readTree(line);
        } catch (JacksonException e) {
            throw new EvalException(where + " is not JSON: " + e.getOriginalMessage() + ".", e);
        }
        String text = node.path("question").asText().strip();
        if (text.isEmpty()) {
            throw new EvalException(where + " has no \"question\".", null);
        }
        List<Place> expected = new ArrayList<>();
        for (JsonNode place : node.path("expected")) {
            expected.add(
                    new Place(
                            place.path("file").asText(),
                            place.path("anchor").asText(),
                            place.path("level").asInt(0)));
        }
        return new EvalQuestion(
                node.path("id").asText(where),
                text,
                history(node.path("history")),
                kind(node, expected.isEmpty()),
                expected,
                node.path("match").asText().equals("all"));
    }

    /** Of a question without an answer, why it has none says more than that it has none. */
    private static String kind(JsonNode node, boolean outside) {
        String kind = node.path("kind").asText(outside ? "out-of-scope" : "question");
        return outside ? node.path("why").asText(kind) : kind;
    }

    private static List<Turn> history(JsonNode messages) {
        List<Turn> turns = new ArrayList<>();
        String question = "";
        for (JsonNode message : messages) {
            String content = message.path("content").asText();
            if (message.path("role").asText().equals("user")) {
                question = content;
            } else {
                turns.add(new Turn(question, content));
            }
        }
        return turns;
    }
}
