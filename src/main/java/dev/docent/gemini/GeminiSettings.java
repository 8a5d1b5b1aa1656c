package dev.docent.gemini;

import dev.docent.config.RetiredModel;
import dev.docent.config.Secret;
import dev.docent.config.SettingsReader;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How to call Gemini. All names and addresses are valid.
 *
 * @param key the API key, sent as a header, never in a URL; null only if Gemini is not chosen
 * @param model the chat model, without {@code models/}
 * @param embeddingModel the embedding model, without {@code models/}
 * @param dimension numbers in a vector, 1 to 3072
 * @param baseUrl the API's root with its version, without a slash at its end
 * @param thinking how much the chat model thinks before it answers
 * @param maxOutputTokens the longest answer in tokens, thoughts included
 * @param timeouts time limits
 * @param textsPerMinute how many texts may be embedded in a minute
 * @param textsPerDay how many texts may be embedded in a day
 * @param advice what messages about failures suggest
 */
public record GeminiSettings(
        @Nullable Secret key,
        String model,
        String embeddingModel,
        int dimension,
        URI baseUrl,
        Thinking thinking,
        int maxOutputTokens,
        Timeouts timeouts,
        int textsPerMinute,
        int textsPerDay,
        Advice advice) {

    /** How much a model thinks: Google's levels, as little as possible, or as the model does it. */
    public enum Thinking {
        AUTO,
        MODEL,
        MINIMAL,
        LOW,
        MEDIUM,
        HIGH
    }

    /**
     * Time limits.
     *
     * @param connect longest wait for a connection with its TLS handshake
     * @param firstToken longest time from the call to the answer's first event, retries included
     * @param idle longest silence between two events
     * @param embed longest time for the vector of a question, retries included
     * @param condense longest time for making a follow-up question self-contained
     * @param batch longest time for a batch of passages; long enough to wait for a quota per minute
     */
    public record Timeouts(
            Duration connect,
            Duration firstToken,
            Duration idle,
            Duration embed,
            Duration condense,
            Duration batch) {}

    /**
     * Values that work with Google's API, to suggest in place of ones that do not.
     *
     * @param model a chat model
     * @param embeddingModel an embedding model
     * @param baseUrl the root of the API
     * @param retired the models that have ended or will
     */
    public record Advice(
            String model, String embeddingModel, String baseUrl, List<RetiredModel> retired) {}

    /** The key, which is set if Gemini is chosen. */
    Secret requiredKey() {
        return Objects.requireNonNull(key);
    }

    /**
     * Reads {@code gemini.*}.
     *
     * @param retired the models that have ended or will
     */
    public static GeminiSettings read(SettingsReader in, List<RetiredModel> retired) {
        Duration least = Duration.ofMillis(100);
        Duration most = Duration.ofMinutes(10);
        return new GeminiSettings(
                in.secret("gemini.key").orElse(null),
                in.text("gemini.model"),
                in.text("gemini.embedding-model"),
                in.number("gemini.dimension", 1, 3072),
                in.root("gemini.base-url"),
                in.choice("gemini.thinking", Thinking.class),
                in.number("gemini.max-output-tokens", 100, 65_536),
                new Timeouts(
                        in.duration("gemini.connect-timeout", least, Duration.ofMinutes(2)),
                        in.duration("gemini.first-token-timeout", least, most),
                        in.duration("gemini.idle-timeout", least, most),
                        in.duration("gemini.embed-timeout", least, most),
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(150)),
                in.number("gemini.texts-per-minute", 1, 1_000_000),
                in.number("gemini.texts-per-day", 1, 1_000_000_000),
                new Advice(
                        in.fallback("gemini.model"),
                        in.fallback("gemini.embedding-model"),
                        in.fallback("gemini.base-url"),
                        retired));
    }
}
