package dev.docent;

import dev.docent.config.Cleaned;
import dev.docent.config.ConfigurationReport;
import dev.docent.config.Environment;
import dev.docent.config.Problems;
import dev.docent.config.Reference;
import dev.docent.config.SettingSpec;
import dev.docent.config.SettingsReader;
import dev.docent.failure.Diagnosis;
import dev.docent.validation.Choice;
import dev.docent.validation.EnvironmentValidator;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * The configuration as it was read: the settings, and the report of all that is wrong with them.
 *
 * @param settings to be used only if the report is fine; otherwise they hold defaults in place of
 *     what is wrong
 * @param report all problems and warnings
 * @param inEffect all settings with where they come from, by their keys in alphabetical order
 */
public record Configured(
        Settings settings, ConfigurationReport report, List<SettingInEffect> inEffect) {

    private static final Set<String> SECRET = Set.of("gemini.key", "qdrant.key", "database.url");

    /** Names another file than {@code .env}; empty means none. */
    static final String ENV_FILE = "DOCENT_ENV_FILE";

    /** Names another file than {@code config/application.yaml}; empty means none. */
    static final String CONFIG_FILE = "DOCENT_CONFIG";

    /** What README.md, which is the Space's card, names as app_port. */
    private static final int SPACE_PORT = 7860;

    /**
     * Reads the environment, and the {@code .env} file and the owner's YAML in a directory. Nothing
     * that an owner can write there makes it throw.
     */
    public static Configured load(Environment process, Path directory, Clock clock) {
        Problems problems = new Problems();
        // In parallel, because each reads a YAML file, and both together take a third of a start.
        CompletableFuture<EnvironmentValidator> rules =
                CompletableFuture.supplyAsync(() -> EnvironmentValidator.load(clock));
        Reference reference = Reference.load();
        EnvironmentValidator validator = rules.join();
        Set<String> known = new HashSet<>(reference.variables());
        known.addAll(validator.variables());
        known.addAll(List.of(ENV_FILE, CONFIG_FILE));

        Environment written = process.withEnvFile(ENV_FILE, directory, problems);
        Map<String, String> owner =
                SettingsReader.ownerFile(reference, written, CONFIG_FILE, directory, problems);
        Environment all = clean(written.under(owner), known, validator.variables(), problems);
        Set<String> fromFile = new HashSet<>(owner.keySet());
        fromFile.removeIf(name -> written.value(name).filter(v -> !v.isBlank()).isPresent());

        // What cannot be read here is reported when all settings are read.
        Problems unread = new Problems();
        List<Choice> choices =
                Settings.choices(new SettingsReader(reference, all, fromFile, unread));
        Environment checked =
                validator.check(all, unread.none() ? choices : List.of(), known, problems);
        Settings settings =
                Settings.read(
                        new SettingsReader(reference, checked, fromFile, problems),
                        checked,
                        validator.retiredModels());
        if (all.value("SPACE_ID").isPresent() && settings.server().port() != SPACE_PORT) {
            problems.warning(
                    Diagnosis.SPACE_PORT,
                    "PORT is "
                            + settings.server().port()
                            + ", and a Space waits for "
                            + SPACE_PORT
                            + ".",
                    "Leave PORT unset, or write the same port as app_port into README.md.");
        }
        List<SettingInEffect> inEffect = new ArrayList<>();
        for (SettingSpec setting : reference.settings()) {
            String variable = setting.variable();
            String origin =
                    fromFile.contains(variable)
                            ? written.value(CONFIG_FILE).orElse(SettingsReader.FILE)
                            : !set(variable, written)
                                    ? SettingInEffect.DEFAULT
                                    : !set(variable, process)
                                            ? written.value(ENV_FILE).orElse(".env")
                                            : variable.startsWith("SPACE_")
                                                    ? "Space"
                                                    : "environment";
            String raw = written.under(owner).value(variable).orElse("");
            String value = checked.value(variable).orElse(setting.fallback()).strip();
            inEffect.add(
                    new SettingInEffect(
                            setting.key(),
                            variable,
                            !value.isEmpty()
                                            && (SECRET.contains(setting.key())
                                                    || validator.looksSecret(value))
                                    ? "*****"
                                    : value,
                            origin,
                            Cleaned.of(variable, raw).removed()));
        }
        return new Configured(
                settings,
                new ConfigurationReport(problems.problems(), problems.warnings()),
                List.copyOf(inEffect));
    }

    private static boolean set(String variable, Environment environment) {
        return environment.value(variable).filter(value -> !value.isBlank()).isPresent();
    }

    /** Cleans the variables that the validator does not. */
    private static Environment clean(
            Environment environment, Set<String> known, List<String> later, Problems problems) {
        Map<String, Optional<String>> cleaned = new HashMap<>();
        for (String name : environment.names()) {
            if (known.contains(name) && !later.contains(name)) {
                Cleaned value = Cleaned.of(name, environment.value(name).orElse(""));
                if (!value.removed().isEmpty()) {
                    cleaned.put(name, Optional.of(value.value()));
                    value.warn(name, problems);
                }
            }
        }
        return environment.replaced(cleaned);
    }
}
