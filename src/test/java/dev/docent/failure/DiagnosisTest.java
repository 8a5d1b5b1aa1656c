package dev.docent.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DiagnosisTest {
    private static final Pattern TOLD = Pattern.compile("\\bDiagnosis\\.([A-Z][A-Z_]+)\\b");

    /** How the line of a kind begins that nothing tells any more. */
    private static final String RETIRED = "no longer told: ";

    private final List<Diagnosis> kinds = List.of(Diagnosis.values());

    /** A gap would be a number that was taken out, and could be given to another kind. */
    @Test
    void numbersEachKindOnceAndNoneIsTakenOut() {
        assertThat(kinds)
                .extracting(Diagnosis::code)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, kinds.size())
                                .mapToObj("DOCENT-%03d"::formatted)
                                .toList());
    }

    /** What a number meant stands there for good; a row may be worded better, but not replaced. */
    @Test
    void theReadmeExplainsEachCodeAtItsAnchor() throws IOException {
        List<String> rows = new ArrayList<>();
        for (Diagnosis kind : kinds) {
            rows.add(
                    "| <a id=\"%s\"></a>%s | %s | %s |"
                            .formatted(
                                    kind.code().toLowerCase(Locale.ROOT),
                                    kind.code(),
                                    kind.what(),
                                    kind.remedy()));
        }

        assertThat(
                        Files.readAllLines(Path.of("README.md")).stream()
                                .filter(line -> line.startsWith("| <a id=\"docent-"))
                                .toList())
                .containsExactlyElementsOf(rows);
    }

    @Test
    void noTwoKindsAreTheSame() {
        assertThat(kinds).extracting(Diagnosis::what).doesNotHaveDuplicates();
    }

    @Test
    void eachKindIsToldSomewhereUnlessItIsRetired() throws IOException {
        Set<String> told = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Path.of("src", "main", "java"))) {
            files.filter(file -> file.toString().endsWith(".java"))
                    .map(DiagnosisTest::text)
                    .flatMap(text -> TOLD.matcher(text).results())
                    .forEach(match -> told.add(match.group(1)));
        }

        assertThat(told)
                .isEqualTo(
                        Arrays.stream(Diagnosis.values())
                                .filter(kind -> !kind.what().startsWith(RETIRED))
                                .map(Enum::name)
                                .collect(Collectors.toCollection(TreeSet::new)));
    }

    /** The log says the code wherever it says a cause. */
    @Test
    void noLineOfTheLogTellsACauseWithoutItsCode() throws IOException {
        Pattern line = Pattern.compile("LOG\\s*\\.[^;]*\\bowner\\(\\)[^;]*;");
        try (Stream<Path> files = Files.walk(Path.of("src", "main", "java"))) {
            assertThat(
                            files.filter(file -> file.toString().endsWith(".java"))
                                    .map(DiagnosisTest::text)
                                    .flatMap(text -> line.matcher(text).results())
                                    .map(MatchResult::group))
                    .allMatch(told -> told.contains("code()"));
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
