package dev.docent;

import dev.docent.config.DatabaseUrl;
import dev.docent.config.Environment;
import dev.docent.config.Origins;
import dev.docent.config.Secret;
import dev.docent.config.ServiceUrl;
import dev.docent.config.SettingsReader;
import dev.docent.validation.Choice;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * All settings, typed. A secret that the chosen parts do not need may be null; the rules of {@code
 * config/secrets.yaml} let none pass that they do need.
 */
public record Settings(
        Mode mode,
        Path data,
        Parts parts,
        Server server,
        Chat chat,
        Origins origins,
        Docs docs,
        Gemini gemini,
        Qdrant qdrant,
        Database database,
        Health health,
        StartupCheck startupCheck,
        Log log) {

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

    public enum Transport {
        AUTO,
        GRPC,
        REST
    }

    public enum StartupCheck {
        FAIL,
        WARN
    }

    public enum Level {
        TRACE,
        DEBUG,
        INFO,
        WARN,
        ERROR
    }

    public enum LogFormat {
        LINE,
        JSON
    }

    public record Parts(
            Model model, Embeddings embeddings, Index index, Conversations conversations) {}

    public record Server(
            int port,
            String host,
            Duration shutdownGrace,
            int maxReaders,
            Duration writeTimeout,
            Duration heartbeat,
            int maxRequestBytes) {}

    public record Chat(Duration answerTimeout, int historyPairs, int maxAnswerBytes) {}

    public record Docs(
            @Nullable Path dir,
            @Nullable Path prepared,
            @Nullable URI siteUrl,
            @Nullable String baseUrl,
            @Nullable String routeBasePath,
            @Nullable Boolean trailingSlash) {}

    public record Gemini(
            @Nullable Secret key,
            String model,
            String embeddingModel,
            int dimension,
            URI baseUrl,
            Duration connectTimeout,
            Duration firstTokenTimeout,
            Duration idleTimeout,
            Duration embedTimeout,
            int textsPerMinute,
            int textsPerDay) {}

    public record Qdrant(
            @Nullable ServiceUrl url,
            @Nullable Secret key,
            String collection,
            Duration timeout,
            Transport transport) {

        /**
         * The port to speak to; REST's own port, which Qdrant's console shows, means gRPC's where
         * gRPC is spoken.
         */
        int port() {
            boolean rest = transport == Transport.REST;
            int usual = rest ? 6333 : 6334;
            int written = url == null ? usual : url.portOr(usual);
            return written == 6333 ? usual : written;
        }
    }

    public record Database(
            @Nullable DatabaseUrl url,
            int poolSize,
            Duration connectionTimeout,
            Duration idleTimeout,
            Duration maxLifetime,
            Duration socketTimeout) {}

    public record Health(Duration interval, Duration timeout, Duration databaseInterval) {}

    public record Log(Level level, LogFormat format) {}

    /** Reads them all; what is wrong goes to the problems, and a default takes its place. */
    static Settings read(SettingsReader in, Environment environment) {
        Mode mode = in.choice("mode", Mode.class);
        return new Settings(
                mode,
                in.path("data").orElseGet(() -> cache(environment)),
                parts(in, mode),
                server(in),
                new Chat(
                        in.duration("chat.answer-timeout", seconds(5), Duration.ofMinutes(30)),
                        in.number("chat.history-pairs", 0, 20),
                        (int) in.bytes("chat.max-answer", 1 << 10, 16 << 20)),
                origins(in),
                new Docs(
                        in.path("docs.dir").orElse(null),
                        in.path("docs.prepared").orElse(null),
                        in.uri("docs.site-url").orElse(null),
                        in.optionalText("docs.base-url").orElse(null),
                        in.optionalText("docs.route-base-path").orElse(null),
                        in.optionalFlag("docs.trailing-slash").orElse(null)),
                gemini(in),
                new Qdrant(
                        in.optionalText("qdrant.url").map(ServiceUrl::parse).orElse(null),
                        in.secret("qdrant.key").orElse(null),
                        in.text("qdrant.collection"),
                        in.duration("qdrant.timeout", millis(100), seconds(120)),
                        in.choice("qdrant.transport", Transport.class)),
                database(in),
                new Health(
                        in.duration("health.interval", seconds(1), Duration.ofHours(1)),
                        in.duration("health.timeout", millis(100), seconds(60)),
                        in.duration("health.database-interval", seconds(1), Duration.ofDays(1))),
                in.choice("startup.check", StartupCheck.class),
                new Log(
                        in.choice("log.level", Level.class),
                        in.choice("log.format", LogFormat.class)));
    }

    private static Origins origins(SettingsReader in) {
        List<String> all = new ArrayList<>(in.list("cors.allowed-origins"));
        in.optionalText("cors.space-host").ifPresent(host -> all.add("https://" + host));
        return Origins.of(all);
    }

    /** Reads the choices that decide which secrets are needed, before those are looked at. */
    static List<Choice> choices(SettingsReader in) {
        Mode mode = in.choice("mode", Mode.class);
        String byMode = "mode is \"" + spelling(mode) + "\"";
        Parts parts = parts(in, mode);
        return List.of(
                new Choice("mode=" + spelling(mode), byMode),
                choice(in, "parts.model", parts.model(), byMode),
                choice(in, "parts.embeddings", parts.embeddings(), byMode),
                choice(in, "parts.index", parts.index(), byMode),
                choice(in, "parts.conversations", parts.conversations(), byMode));
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

    private static Server server(SettingsReader in) {
        return new Server(
                in.number("server.port", 0, 65535),
                in.text("server.host"),
                in.duration("server.shutdown-grace", Duration.ZERO, Duration.ofMinutes(10)),
                in.number("server.max-readers", 1, 100_000),
                in.duration("server.write-timeout", seconds(1), Duration.ofMinutes(10)),
                in.duration("server.heartbeat", millis(50), seconds(55)),
                (int) in.bytes("server.max-request", 1 << 10, 16 << 20));
    }

    private static Gemini gemini(SettingsReader in) {
        return new Gemini(
                in.secret("gemini.key").orElse(null),
                in.text("gemini.model"),
                in.text("gemini.embedding-model"),
                in.number("gemini.dimension", 1, 65535),
                in.uri("gemini.base-url").orElseThrow(),
                in.duration("gemini.connect-timeout", millis(100), seconds(120)),
                in.duration("gemini.first-token-timeout", millis(100), Duration.ofMinutes(10)),
                in.duration("gemini.idle-timeout", millis(100), Duration.ofMinutes(10)),
                in.duration("gemini.embed-timeout", millis(100), Duration.ofMinutes(10)),
                in.number("gemini.texts-per-minute", 1, 1_000_000),
                in.number("gemini.texts-per-day", 1, 1_000_000_000));
    }

    private static Database database(SettingsReader in) {
        return new Database(
                in.optionalText("database.url").map(DatabaseUrl::parse).orElse(null),
                in.number("database.pool-size", 1, 100),
                in.duration("database.connection-timeout", millis(250), seconds(120)),
                in.duration("database.idle-timeout", seconds(10), Duration.ofHours(1)),
                in.duration("database.max-lifetime", seconds(30), Duration.ofHours(2)),
                in.duration("database.socket-timeout", seconds(1), Duration.ofMinutes(10)));
    }

    private static Path cache(Environment environment) {
        return environment
                .value("XDG_CACHE_HOME")
                .filter(value -> value.startsWith("/"))
                .map(Path::of)
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache"))
                .resolve("docent");
    }

    private static Duration seconds(int seconds) {
        return Duration.ofSeconds(seconds);
    }

    private static Duration millis(int millis) {
        return Duration.ofMillis(millis);
    }
}
