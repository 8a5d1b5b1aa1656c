package dev.docent.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Settings as the program reads them: the packaged defaults, and what a test sets. */
public final class TestSettings {
    private TestSettings() {}

    /** What is read of these variables, which must be without problems. */
    public static <T> T read(Map<String, String> variables, Function<SettingsReader, T> reading) {
        Problems problems = new Problems();
        T settings = reading.apply(reader(variables, problems));
        assertThat(problems.problems()).isEmpty();
        return settings;
    }

    /** A reader of these variables. */
    public static SettingsReader reader(Map<String, String> variables, Problems problems) {
        return new SettingsReader(Reference.load(), Environment.of(variables), Set.of(), problems);
    }
}
