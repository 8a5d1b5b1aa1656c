package dev.docent.retrieval;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.docent.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The sets of questions that two public sites do not answer, for {@code docent eval} over these
 * sites; here only what needs no site.
 */
class UnansweredSetsTest {
    @ParameterizedTest
    @ValueSource(strings = {"docusaurus", "meltano"})
    void haveFortyQuestionsOfEachKindAndAreKnownByTheirForm(String site) throws IOException {
        List<JsonNode> questions =
                Files.readAllLines(
                                Path.of(
                                        "src/test/resources/dev/docent/eval/unanswered-"
                                                + site
                                                + ".jsonl"))
                        .stream()
                        .map(UnansweredSetsTest::json)
                        .toList();
        Map<String, Long> counts =
                questions.stream()
                        .collect(
                                Collectors.groupingBy(
                                        question -> question.path("why").asText(),
                                        Collectors.counting()));
        assertThat(counts)
                .containsOnlyKeys(
                        "absent",
                        "no-such-feature",
                        "false-premise",
                        "vague",
                        "injection",
                        "nonsense",
                        "elsewhere");
        assertThat(counts.values()).allMatch(count -> count >= 40);
        assertThat(share(questions, "vague", QuestionForm.VAGUE)).isGreaterThanOrEqualTo(0.9);
        assertThat(share(questions, "injection", QuestionForm.ORDER)).isGreaterThanOrEqualTo(0.95);
        assertThat(share(questions, "absent", QuestionForm.PLAIN)).isEqualTo(1);
        assertThat(share(questions, "no-such-feature", QuestionForm.PLAIN)).isEqualTo(1);
    }

    private static double share(List<JsonNode> questions, String why, QuestionForm form) {
        return questions.stream()
                .filter(question -> question.path("why").asText().equals(why))
                .mapToInt(question ->
                        QuestionForm.of(question.path("question").asText()) == form ? 1 : 0)
                .average()
                .orElse(0);
    }

    private static JsonNode json(String line) {
        try {
            return Json.MAPPER.readTree(line);
        } catch (IOException e) {
            throw new IllegalArgumentException(line, e);
        }
    }
}
