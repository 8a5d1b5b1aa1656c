package dev.docent.quoting;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.docent.rag.FollowUp;
import dev.docent.rag.ModelRequest;
import dev.docent.rag.Passage;
import dev.docent.rag.Turn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Measures the quoting answers: how many of them hold the facts that they should, and how long they
 * are.
 *
 * <p>Arguments: files of questions, JSON lines with {@code question}, {@code history}, {@code
 * answer_contains} and {@code passages}, the passages that retrieval found, best first; {@code -v}
 * before them prints the answers.
 */
final class QuotingTrial {
    private static final ObjectMapper JSON = new ObjectMapper();

    private int asked;
    private int complete;
    private int characters;
    private int cited;

    private record Question(
            String text,
            List<Turn> history,
            List<Passage> passages,
            List<String> facts,
            String kind) {}

    public static void main(String[] args) throws IOException {
        boolean verbose = args[0].equals("-v");
        QuotingTrial trial = new QuotingTrial();
        for (int i = verbose ? 1 : 0; i < args.length; i++) {
            trial.run(Path.of(args[i]), verbose);
        }
        System.out.printf(
                "%d questions, %d complete (%.0f %%), %d characters and %.1f passages an answer%n",
                trial.asked,
                trial.complete,
                100.0 * trial.complete / trial.asked,
                trial.characters / trial.asked,
                (double) trial.cited / trial.asked);
    }

    private void run(Path file, boolean verbose) throws IOException {
        QuotingModel model = new QuotingModel("", new Quotes());
        for (String line : Files.readAllLines(file)) {
            Question question = question(JSON.readTree(line));
            if (question.facts().isEmpty()) {
                continue;
            }
            String standalone = FollowUp.standalone(question.history(), question.text());
            StringBuilder answer = new StringBuilder();
            model.answer(
                    new ModelRequest(
                            question.text(),
                            standalone,
                            question.history(),
                            question.passages(),
                            null),
                    answer::append);
            String text = answer.toString();
            boolean holds = question.facts().stream().allMatch(text::contains);
            asked++;
            complete += holds ? 1 : 0;
            characters += text.length();
            cited += (int) text.lines().filter(l -> l.startsWith("**") && l.endsWith("**")).count();
            if (verbose) {
                System.out.printf(
                        "%n=== %s %s (%s) %s%n%s%n",
                        holds ? "ok" : "MISSED",
                        question.facts(),
                        question.kind(),
                        standalone,
                        text);
            }
        }
    }

    private static Passage passage(JsonNode node) {
        List<String> headings = new ArrayList<>();
        node.path("headingPath").forEach(heading -> headings.add(heading.asText()));
        return new Passage(
                UUID.fromString(node.path("id").asText()),
                node.path("file").asText(),
                node.path("title").asText(),
                headings,
                node.path("anchor").asText(),
                node.path("url").asText(null),
                node.path("part").asInt(),
                node.path("text").asText(),
                node.path("tokens").asInt());
    }

    private static Question question(JsonNode node) {
        List<Passage> passages = new ArrayList<>();
        node.path("passages").forEach(passage -> passages.add(passage(passage)));
        List<String> facts = new ArrayList<>();
        node.path("answer_contains").forEach(fact -> facts.add(fact.asText()));
        List<Turn> history = new ArrayList<>();
        JsonNode turns = node.path("history");
        for (int i = 0; i + 1 < turns.size(); i += 2) {
            history.add(
                    new Turn(
                            turns.get(i).path("content").asText(),
                            turns.get(i + 1).path("content").asText()));
        }
        return new Question(
                node.path("question").asText(),
                history,
                passages,
                facts,
                node.path("kind").asText());
    }
}
