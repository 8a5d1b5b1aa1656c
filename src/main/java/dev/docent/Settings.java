package dev.docent;

import dev.docent.budget.BudgetSettings;
import dev.docent.chat.ChatSettings;
import dev.docent.config.Environment;
import dev.docent.config.Origins;
import dev.docent.config.QdrantProtocol;
import dev.docent.config.RetiredModel;
import dev.docent.config.SettingsReader;
import dev.docent.database.DatabaseSettings;
import dev.docent.gemini.GeminiSettings;
import dev.docent.health.HealthSettings;
import dev.docent.http.HttpSettings;
import dev.docent.logging.LogSettings;
import dev.docent.qdrant.QdrantSettings;
import dev.docent.site.SiteSettings;
import dev.docent.validation.Choice;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All settings, each in the record beside the code that it drives. A secret may be null if no
 * chosen part needs it; the rules of {@code config/secrets.yaml} make sure that all others are set.
 */
public record Settings(
        Mode mode,
        Path data,
        Parts parts,
        HttpSettings server,
        ChatSettings chat,
        BudgetSettings budget,
        Origins origins,
        Docs docs,
        GeminiSettings gemini,
        QdrantSettings qdrant,
        DatabaseSettings database,
        HealthSettings health,
        StartupCheck startupCheck,
        LogSettings log) {

    public enum Mode {
        LIVE,
        DEMO
    }

    public enum Model {
        GEMINI,
        QUOTING
    }

    public enum Embeddings {
        GEMINI,
        LOCAL
    }

    public enum Index {
        QDRANT,
        LUCENE
    }

    public enum Conversations {
        POSTGRES,
        H2
    }

    public enum StartupCheck {
        FAIL,
        WARN
    }

    public record Parts(
            Model model, Embeddings embeddings, Index index, Conversations conversations) {}

    /**
     * The documentation that is opened at the start.
     *
     * @param dir its folder, null for Docent's own documentation
     * @param prepared folder of a prebuilt index of Docent's own documentation
     * @param site the layout of its site, as far as the owner says
     * @param examples questions for a newcomer to try, in the owner's words; may be empty
     */
    public record Docs(
            @Nullable Path dir,
            @Nullable Path prepared,
            SiteSettings site,
            List<String> examples) {}

    /**
     * Reads all settings; what is wrong is reported as a problem and replaced by a default.
     *
     * @param environment names the user's cache folder
     * @param retired models that were or will be shut down
     */
    static Settings read(SettingsReader in, Environment environment, List<RetiredModel> retired) {
        Mode mode = in.choice("mode", Mode.class);
        return new Settings(
                mode,
                in.path("data").orElseGet(() -> cache(environment)),
                parts(in, mode),
                HttpSettings.read(in),
                ChatSettings.read(in),
                BudgetSettings.read(in),
                Origins.read(in),
                new Docs(
                        in.path("docs.dir").orElse(null),
                        in.path("docs.prepared").orElse(null),
                        SiteSettings.read(in),
                        examples(in)),
                GeminiSettings.read(in, retired),
                QdrantSettings.read(in),
                DatabaseSettings.read(in),
                HealthSettings.read(in),
                in.choice("startup.check", StartupCheck.class),
                LogSettings.read(in));
    }

    private static List<String> examples(SettingsReader in) {
        return in.optionalText("docs.examples").stream()
                .flatMap(text -> Stream.of(text.split(";")))
                .map(String::strip)
                .filter(question -> !question.isEmpty())
                .toList();
    }

    /**
     * Reads the choices that decide which secrets are needed and how they look, before those are
     * checked.
     */
    static List<Choice> choices(SettingsReader in) {
        Mode mode = in.choice("mode", Mode.class);
        String byMode = "mode is \"" + spelling(mode) + "\"";
        Parts parts = parts(in, mode);
        return List.of(
                new Choice("mode=" + spelling(mode), byMode),
                choice(in, "parts.model", parts.model(), byMode),
                choice(in, "parts.embeddings", parts.embeddings(), byMode),
                choice(in, "parts.index", parts.index(), byMode),
                choice(in, "parts.conversations", parts.conversations(), byMode),
                choice(
                        in,
                        "qdrant.transport",
                        in.choice("qdrant.transport", QdrantProtocol.class),
                        byMode));
    }

    private static Choice choice(SettingsReader in, String key, Enum<?> value, String byMode) {
        String own = key + " is \"" + spelling(value) + "\"";
        return new Choice(key + "=" + spelling(value), in.set(key) ? own : byMode);
    }

    private static String spelling(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static Parts parts(SettingsReader in, Mode mode) {
        boolean live = mode == Mode.LIVE;
        return new Parts(
                in.optionalChoice("parts.model", Model.class)
                        .orElse(live ? Model.GEMINI : Model.QUOTING),
                in.optionalChoice("parts.embeddings", Embeddings.class)
                        .orElse(live ? Embeddings.GEMINI : Embeddings.LOCAL),
                in.optionalChoice("parts.index", Index.class)
                        .orElse(live ? Index.QDRANT : Index.LUCENE),
                in.optionalChoice("parts.conversations", Conversations.class)
                        .orElse(live ? Conversations.POSTGRES : Conversations.H2));
    }

    private static Path cache(Environment environment) {
        return environment
                .value("XDG_CACHE_HOME")
                .filter(value -> value.startsWith("/"))
                .map(Path::of)
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache"))
                .resolve("docent");
    }
}
