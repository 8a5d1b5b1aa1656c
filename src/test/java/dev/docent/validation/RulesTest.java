package dev.docent.validation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.docent.config.Problems;
import dev.docent.config.RetiredModel;
import dev.docent.config.SettingsReader;
import dev.docent.config.TestSettings;
import dev.docent.logging.LogSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The files that owners read say what the program does. */
class RulesTest {
    private final Rules rules = Rules.load();
    private final SettingsReader defaults = TestSettings.reader(Map.of(), new Problems());

    @Test
    void theLevelsOfOtherProgramsMeanOnesOfOurs() {
        List<String> ours = Stream.of(LogSettings.Level.values()).map(Enum::name).toList();

        assertThat(rules.levels().values()).isNotEmpty().isSubsetOf(ours);
        assertThat(rules.levels().keySet()).doesNotContainAnyElementsOf(ours);
    }

    @Test
    void theSettingsNameEachLevel() throws IOException {
        String names =
                String.join(", ", Stream.of(LogSettings.Level.values()).map(Enum::name).toList());

        assertThat(Files.readString(Path.of("config", "application.yaml")))
                .contains("# " + names.replace(", ERROR", " or ERROR") + ".\n  level: ");
    }

    @Test
    void theRulesAdviseTheDefaultModels() {
        List<String> models =
                List.of(
                        defaults.fallback("gemini.model"),
                        defaults.fallback("gemini.embedding-model"));

        assertThat(rules.retiredModels())
                .extracting(RetiredModel::successor)
                .isNotEmpty()
                .isSubsetOf(models);
        assertThat(rules.rules())
                .filteredOn(rule -> rule.kind() == Kind.MODEL)
                .extracting(Rule::example)
                .containsExactlyElementsOf(models);
        assertThat(models).noneMatch(this::retired);
    }

    @Test
    void knowsTheModelsThatWereTried() {
        assertThat(
                        List.of(
                                "gemini-pro-vision",
                                "gemini-1.5-flash",
                                "gemini-2.0-flash-exp",
                                "gemini-2.5-flash",
                                "embedding-001",
                                "text-embedding-004",
                                "gemini-embedding-exp-03-07"))
                .allMatch(this::retired);
    }

    private boolean retired(String model) {
        return rules.retiredModels().stream().anyMatch(one -> one.covers(model));
    }
}
