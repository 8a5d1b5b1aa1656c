package dev.docent.gemini;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.docent.config.RetiredModel;
import dev.docent.failure.Failure;
import dev.docent.failure.Failure.Nature;
import dev.docent.failure.FailureCode;
import dev.docent.json.Json;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Explains everything that can go wrong with a call to Gemini, for checks and calls alike.
 *
 * @param role what the model is for
 * @param model the model that is called
 * @param host the server that is called, for the owner
 * @param quota interprets answers with status 429
 * @param advice what works at Google's own API
 */
record GeminiFailures(
        Role role, String model, String host, GeminiQuota quota, GeminiSettings.Advice advice) {
    private static final String KEYS = "https://aistudio.google.com/apikey";

    /** What a model is for; decides about codes and wording. */
    enum Role {
        CHAT("The language model", "GEMINI_MODEL", FailureCode.MODEL_FAILED),
        EMBEDDING("The search", "GEMINI_EMBEDDING_MODEL", FailureCode.RETRIEVAL_FAILED);

        private final String noun;
        private final String variable;
        private final FailureCode code;

        Role(String noun, String variable, FailureCode code) {
            this.noun = noun;
            this.variable = variable;
            this.code = code;
        }
    }

    /** Text as JSON; a missing node if it is not JSON. */
    JsonNode read(String text) {
        try {
            return Json.MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    /** An answer whose status is not 2xx. */
    Failure ofStatus(int status, String retryAfter, String body) {
        JsonNode error = error(read(body));
        return ofError(status, error, seconds(retryAfter));
    }

    /** An event of a stream that is not simply a piece of the answer. */
    Optional<Failure> ofEvent(JsonNode event) {
        JsonNode error = error(event);
        if (!error.isMissingNode()) {
            return Optional.of(ofError(error.path("code").asInt(500), error, null));
        }
        String blocked = event.path("promptFeedback").path("blockReason").asText();
        if (!blocked.isEmpty()) {
            return Optional.of(
                    refused(
                            "The question was declined by the language model's safety rules.",
                            "Gemini blocked a prompt: " + word(blocked) + ".",
                            "If this happens often, look at what the documents say around it."));
        }
        if (event.isMissingNode() || !event.isObject()) {
            return Optional.of(unreadable());
        }
        return ofFinish(event.path("candidates").path(0).path("finishReason").asText());
    }

    private Optional<Failure> ofFinish(String reason) {
        return switch (reason) {
            case "", "STOP", "MAX_TOKENS" -> Optional.empty();
            case "SAFETY", "PROHIBITED_CONTENT", "BLOCKLIST", "SPII", "RECITATION", "LANGUAGE" ->
                    Optional.of(
                            refused(
                                    "The answer was stopped by the language model's own rules.",
                                    "Gemini blocked an answer: " + reason + ".",
                                    "If this happens often, look at what the documents say around"
                                            + " it, or try another GEMINI_MODEL."));
            default ->
                    Optional.of(
                            failed(
                                    Nature.REQUEST_REJECTED,
                                    "broke off its answer.",
                                    "Gemini ended an answer with " + word(reason) + ".",
                                    "Nothing to do for a single one; if it happens often, try"
                                            + " another GEMINI_MODEL."));
        };
    }

    private Failure ofError(int status, JsonNode error, @Nullable Duration retryAfter) {
        String said = error.path("status").asText();
        String message = error.path("message").asText();
        if (detail(error, "reason", "API_KEY_INVALID") || message.contains("API key not valid")) {
            return rejectedKey("Google does not know the key in GEMINI_API_KEY");
        }
        if (detail(error, "reason", "API_KEY_EXPIRED") || message.contains("API key expired")) {
            return rejectedKey("The key in GEMINI_API_KEY has expired");
        }
        return switch (status) {
            case 400 -> said.equals("FAILED_PRECONDITION") ? precondition() : badRequest(message);
            case 401 -> rejectedKey("GEMINI_API_KEY holds another kind of credential, no API key");
            case 403 ->
                    message.contains("leaked")
                            ? rejectedKey("Google has blocked the key in GEMINI_API_KEY as leaked")
                            : rejectedKey("The key in GEMINI_API_KEY may not use the Gemini API");
            case 404 -> said.equals("NOT_FOUND") ? unknownModel() : notTheApi(404, said);
            case 429 -> quota.failure(error, retryAfter, role.noun, model);
            case 500, 502, 503, 504 ->
                    new Failure(
                            FailureCode.OVERLOADED,
                            Nature.UNAVAILABLE,
                            role.noun + " is overloaded; please try again in a moment.",
                            "Gemini answered " + status + said(said) + " for " + model + ".",
                            "Nothing to do as long as it passes; otherwise look at"
                                    + " https://aistudio.google.com/status",
                            retryAfter);
            default -> notTheApi(status, said);
        };
    }

    /** An answer that the API is not known to give. */
    private Failure notTheApi(int status, String said) {
        return failed(
                Nature.MISCONFIGURED,
                "cannot be used at the moment.",
                host + " answered " + status + said(said) + ".",
                "If GEMINI_BASE_URL is set, check that it leads to the Gemini API; Google's own is "
                        + advice.baseUrl());
    }

    private Failure precondition() {
        return failed(
                Nature.MISCONFIGURED,
                "cannot be used at the moment.",
                "Google refuses the Gemini API's free tier for this country or project"
                        + " (FAILED_PRECONDITION).",
                "Enable billing for the key's project at " + KEYS);
    }

    private Failure badRequest(String message) {
        boolean url = message.isEmpty();
        return failed(
                Nature.REQUEST_REJECTED,
                "could not work with this question.",
                "Gemini answered 400" + (url ? "." : ": " + quota.clean(message)),
                "If GEMINI_MODEL or GEMINI_BASE_URL was changed, check that they fit each other.");
    }

    private Failure unknownModel() {
        Optional<String> successor =
                advice.retired().stream()
                        .filter(one -> one.covers(model))
                        .map(RetiredModel::successor)
                        .findFirst();
        return failed(
                Nature.MISCONFIGURED,
                "cannot be used at the moment.",
                "Gemini has no model " + model + (successor.isPresent() ? " any more." : "."),
                "Set " + role.variable + " to " + successor.orElseGet(this::defaultModel));
    }

    private String defaultModel() {
        return role == Role.CHAT ? advice.model() : advice.embeddingModel();
    }

    /** The model exists, but cannot do what it is used for. */
    Failure wrongKind() {
        return failed(
                Nature.MISCONFIGURED,
                "cannot be used at the moment.",
                model
                        + " is no model for "
                        + (role == Role.CHAT ? "answers" : "embeddings")
                        + ", but "
                        + role.variable
                        + " names it.",
                "Set " + role.variable + " to " + defaultModel());
    }

    /** The vectors have another dimension than requested. */
    Failure wrongDimension(int wanted, int got) {
        return failed(
                Nature.MISCONFIGURED,
                "cannot be used at the moment.",
                model + " gives vectors of " + got + " numbers instead of " + wanted + ".",
                "Set " + role.variable + " to " + defaultModel());
    }

    /** The key cannot be sent at all. */
    Failure unusableKey() {
        return rejectedKey("GEMINI_API_KEY is empty or holds a character that no key has");
    }

    private Failure rejectedKey(String what) {
        return failed(
                Nature.CREDENTIAL_REJECTED,
                "cannot be used at the moment.",
                what + ".",
                "Create a key at " + KEYS + " and set GEMINI_API_KEY to it");
    }

    /** The answer is neither what was asked for nor a known error. */
    Failure unreadable() {
        return failed(
                Nature.UNAVAILABLE,
                "gave no usable answer.",
                host + " answered something that is not Gemini's API.",
                "If GEMINI_BASE_URL is set, check that it leads to the Gemini API.");
    }

    /** The stream ended without saying that the answer is complete. */
    Failure brokenOff(String stray) {
        JsonNode error = error(read(stray));
        if (!error.isMissingNode()) {
            return ofError(error.path("code").asInt(500), error, null);
        }
        return failed(
                Nature.UNAVAILABLE,
                "broke off its answer.",
                "Gemini's answer ended without a finish reason.",
                "Nothing to do for a single one; if it happens often, try another GEMINI_MODEL.");
    }

    /** The model gave no text. */
    Failure empty(boolean cut) {
        return failed(
                Nature.REQUEST_REJECTED,
                "gave an empty answer.",
                "Gemini's answer was empty" + (cut ? " (MAX_TOKENS)." : "."),
                cut
                        ? "Its thoughts used up all output tokens: allow more of them."
                        : "Nothing to do for a single one; if it happens often, try another"
                                + " GEMINI_MODEL.");
    }

    /**
     * The connection failed.
     *
     * @param begun whether the answer had started
     * @param whole by when it had to be complete
     */
    Failure of(IOException e, boolean begun, Deadline whole) {
        return switch (e) {
            case EventLines.TooLongException _ ->
                    failed(
                            Nature.REQUEST_REJECTED,
                            "did not come to an end with its answer.",
                            "Gemini's answer was longer than any sensible one and was cut off.",
                            "Nothing to do for a single one; if it happens often, try another"
                                    + " GEMINI_MODEL.");
            case ProtocolException _ -> unreadable();
            case SocketTimeoutException _ -> late(begun, whole);
            case UnknownHostException _ -> unreachable("The name " + host + " cannot be resolved.");
            case SSLException _ ->
                    unreachable("No trusted TLS connection to " + host + " came about.");
            case ConnectException _ ->
                    unreachable("Gemini at " + host + " does not accept connections.");
            default -> unreachable("The connection to " + host + " broke.");
        };
    }

    private Failure late(boolean begun, Deadline whole) {
        String what =
                whole.nanos() <= 0
                        ? "Gemini did not finish in time."
                        : begun
                                ? "Gemini fell silent in the middle of an answer."
                                : "Gemini did not begin to answer in time.";
        return new Failure(
                FailureCode.TIMEOUT,
                Nature.UNAVAILABLE,
                role.noun + " took too long; please try again.",
                what,
                "Nothing to do as long as it passes; otherwise try a faster " + role.variable);
    }

    private Failure unreachable(String what) {
        return failed(
                Nature.UNAVAILABLE,
                "cannot be reached right now; please try again in a moment.",
                what,
                "Check the network, and GEMINI_BASE_URL if it is set.");
    }

    private Failure failed(Nature nature, String reader, String owner, String action) {
        return new Failure(role.code, nature, role.noun + " " + reader, owner, action);
    }

    private static Failure refused(String reader, String owner, String action) {
        return new Failure(FailureCode.BLOCKED, Nature.REQUEST_REJECTED, reader, owner, action);
    }

    private static JsonNode error(JsonNode answer) {
        // Without alt=sse an error comes as the only member of an array.
        return (answer.isArray() ? answer.path(0) : answer).path("error");
    }

    private static boolean detail(JsonNode error, String member, String value) {
        for (JsonNode detail : error.path("details")) {
            if (detail.path(member).asText().equals(value)) {
                return true;
            }
        }
        return false;
    }

    private static String said(String status) {
        return status.isEmpty() ? "" : " " + word(status);
    }

    /** A constant of Google's API in capitals; anything else is left out. */
    private static String word(String name) {
        return name.matches("[A-Z_]{1,60}") ? name : "an unknown reason";
    }

    private static @Nullable Duration seconds(String retryAfter) {
        return retryAfter.matches("\\d{1,6}")
                ? Duration.ofSeconds(Long.parseLong(retryAfter))
                : null;
    }
}
