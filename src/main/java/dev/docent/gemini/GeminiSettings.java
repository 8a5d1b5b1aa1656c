package dev.docent.gemini;

import dev.docent.config.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * How Gemini is called.
 *
 * @param key the API key; sent as a header, never in a URL
 * @param model the chat model; a leading {@code models/} is taken off
 * @param embeddingModel the embedding model; a leading {@code models/} is taken off
 * @param dimension numbers in a vector, 1 to 3072
 * @param baseUrl the API's root with its version, {@code http} or {@code https}
 * @param maxOutputTokens the longest answer in tokens, thoughts included, at least 1
 * @param connectTimeout longest wait for a connection with its TLS handshake
 * @param firstTokenTimeout longest time from the call to the answer's first event, retries included
 * @param idleTimeout longest silence between two events
 * @param answerTimeout longest time for a whole answer
 * @param condenseTimeout longest time for a follow-up to be put into words that stand alone
 * @param embedTimeout longest time for the vector of a question, retries included
 * @param batchTimeout longest time for a batch of passages; long enough to wait out a quota that
 *     counts by the minute
 * @param checkTimeout longest time for a check
 */
public record GeminiSettings(
        Secret key,
        String model,
        String embeddingModel,
        int dimension,
        URI baseUrl,
        int maxOutputTokens,
        Duration connectTimeout,
        Duration firstTokenTimeout,
        Duration idleTimeout,
        Duration answerTimeout,
        Duration condenseTimeout,
        Duration embedTimeout,
        Duration batchTimeout,
        Duration checkTimeout) {

    /** The chat model where none is configured. */
    public static final String DEFAULT_MODEL = "gemini-3.8-flash";

    /** The embedding model where none is configured. */
    public static final String DEFAULT_EMBEDDING_MODEL = "gemini-embedding-001";

    /** Google's own root of the API. */
    public static final URI DEFAULT_BASE_URL =
            URI.create("https://generativelanguage.googleapis.com/v1beta");

    // A name becomes part of a URL, so nothing that means something there may stand in it.
    private static final Pattern MODEL_NAME = Pattern.compile("[A-Za-z0-9._-]+");

    /**
     * Takes {@code models/} and a trailing slash off.
     *
     * @throws IllegalArgumentException for a name or URL that cannot work
     */
    public GeminiSettings {
        model = modelName(model, "GEMINI_MODEL");
        embeddingModel = modelName(embeddingModel, "GEMINI_EMBEDDING_MODEL");
        baseUrl = root(baseUrl);
        if (dimension < 1 || dimension > 3072) {
            throw new IllegalArgumentException("dimension: " + dimension + " is not 1 to 3072");
        }
    }

    /** Everything at its default. */
    public static GeminiSettings defaults(Secret key) {
        return new GeminiSettings(
                key,
                DEFAULT_MODEL,
                DEFAULT_EMBEDDING_MODEL,
                768,
                DEFAULT_BASE_URL,
                8192,
                Duration.ofSeconds(5),
                Duration.ofSeconds(30),
                Duration.ofSeconds(20),
                Duration.ofSeconds(120),
                Duration.ofSeconds(3),
                Duration.ofSeconds(8),
                Duration.ofSeconds(150),
                Duration.ofSeconds(5));
    }

    private static String modelName(String name, String variable) {
        String bare = name.strip();
        bare = bare.startsWith("models/") ? bare.substring("models/".length()) : bare;
        if (!MODEL_NAME.matcher(bare).matches()) {
            throw new IllegalArgumentException(
                    variable
                            + ": \""
                            + name
                            + "\" is not the name of a model. Write for example "
                            + (variable.equals("GEMINI_MODEL")
                                    ? DEFAULT_MODEL
                                    : DEFAULT_EMBEDDING_MODEL));
        }
        return bare;
    }

    private static URI root(URI url) {
        boolean web = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
        if (!web || url.getHost() == null || url.getRawQuery() != null) {
            throw new IllegalArgumentException(
                    "GEMINI_BASE_URL is not an address. Write for example " + DEFAULT_BASE_URL);
        }
        String text = url.toString();
        return text.endsWith("/") ? URI.create(text.substring(0, text.length() - 1)) : url;
    }
}
