package dev.docent;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.docent.config.Reference;
import dev.docent.config.SettingSpec;
import dev.docent.validation.EnvironmentValidator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Rules, settings and documents name the same variables, with the same defaults and meanings. */
class ReferenceTest {
    private static final Path README = Path.of("README.md");

    private final Reference reference = Reference.load();
    private final List<String> ruled = EnvironmentValidator.load(ReportTable.CLOCK).variables();

    @Test
    void theTableOfSecretsNamesWhatTheRulesKnow() throws IOException {
        List<String> table = new ArrayList<>(firstColumn(section("Secrets")));
        table.add("GEMINI_MODEL");
        table.add("GEMINI_EMBEDDING_MODEL");

        assertThat(table).containsExactlyElementsOf(ruled);
    }

    @Test
    void everyVariableOfTheRulesIsASetting() {
        assertThat(reference.variables()).containsAll(ruled).doesNotHaveDuplicates();
    }

    @Test
    void theReferenceIsTheFile() throws IOException {
        Map<String, String> meanings = meanings();
        Map<String, SettingSpec> settings =
                reference.settings().stream()
                        .collect(Collectors.toMap(SettingSpec::variable, setting -> setting));
        List<String> expected = new ArrayList<>();
        meanings.forEach((variable, meaning) ->
                expected.add(row(requireNonNull(settings.get(variable)), meaning)));
        List<String> rows =
                section("Configuration reference")
                        .lines()
                        .filter(line -> line.startsWith("| `"))
                        .toList();

        assertThat(rows).containsExactlyElementsOf(expected);
        assertThat(meanings.keySet()).isEqualTo(settings.keySet());
        assertThat(meanings.values()).allMatch(meaning -> meaning.endsWith("."));
    }

    @Test
    void theExampleOfADotEnvFileHoldsTheSecrets() throws IOException {
        List<String> names =
                Files.readAllLines(Path.of("config", ".env.example")).stream()
                        .filter(line -> line.matches("[A-Z_]+=.*"))
                        .map(line -> line.substring(0, line.indexOf('=')))
                        .toList();

        assertThat(names).containsExactlyElementsOf(firstColumn(section("Secrets")));
    }

    @Test
    void theDocumentsNameNoVariableThatDoesNotExist() throws IOException {
        Set<String> named = new TreeSet<>();
        for (Path document : List.of(README, Path.of("quickstart.md"))) {
            if (Files.exists(document)) {
                Pattern.compile("\\b(DOCENT|GEMINI|QDRANT)_[A-Z_]+\\b")
                        .matcher(Files.readString(document))
                        .results()
                        .forEach(match -> named.add(match.group()));
            }
        }

        assertThat(named).contains(Configured.ENV_FILE, Configured.CONFIG_FILE);
        named.removeAll(Set.of(Configured.ENV_FILE, Configured.CONFIG_FILE));
        assertThat(reference.variables()).containsAll(named);
    }

    private static String row(SettingSpec setting, String meaning) {
        return "| %s | %s | %s | %s |"
                .formatted(
                        code(setting.key()),
                        code(setting.variable()),
                        setting.fallback().isEmpty() ? "none" : code(setting.fallback()),
                        meaning);
    }

    /** The comment above each setting in one line, by its variable, in the order of the file. */
    private static Map<String, String> meanings() throws IOException {
        Map<String, String> meanings = new LinkedHashMap<>();
        List<String> comment = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of("config", "application.yaml"))) {
            String text = line.strip();
            if (text.startsWith("#")) {
                comment.add(text.substring(1).strip());
                continue;
            }
            int start = text.indexOf("${");
            if (start >= 0) {
                meanings.put(
                        text.substring(start + 2, text.indexOf(':', start)),
                        String.join(" ", comment));
            }
            comment.clear();
        }
        return meanings;
    }

    private static String section(String heading) throws IOException {
        return Stream.of(Files.readString(README).split("(?m)^## ", -1))
                .filter(section -> section.startsWith(heading + "\n"))
                .collect(Collectors.joining());
    }

    private static List<String> firstColumn(String section) {
        return Pattern.compile("(?m)^\\| `([A-Z_]+)`")
                .matcher(section)
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    private static String code(String text) {
        return "`" + text + "`";
    }
}
