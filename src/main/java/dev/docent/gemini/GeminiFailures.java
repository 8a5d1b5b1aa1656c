package dev.docent.gemini;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.docent.config.RetiredModel;
import dev.docent.failure.Diagnosis;
import dev.docent.failure.Failure;
import dev.docent.failure.Failure.Nature;
import dev.docent.failure.FailureCode;
import dev.docent.failure.OwnWords;
import dev.docent.json.Json;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Locale;
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
    private static final String MODELS = "https://ai.google.dev/gemini-api/docs/models";

    /** Without this a second value behind the first one would be lost. */
    private static final ObjectReader ONE_VALUE =
            Json.MAPPER.reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

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

    /** Text as JSON; a missing node if it is not exactly one JSON value. */
    JsonNode read(String text) {
        try {
            return ONE_VALUE.readTree(text);
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    /** An answer whose status is not 2xx. */
    Failure ofStatus(int status, String retryAfter, String body) {
        JsonNode error = error(read(body));
        return error.path("status").isTextual() || error.path("code").isNumber()
                ? ofError(status, error, seconds(retryAfter))
                : ofOther(status, Json.said(body), seconds(retryAfter));
    }

    /** An answer that has not the form of Google's errors: a proxy's or a relay's. */
    private Failure ofOther(int status, String words, @Nullable Duration retryAfter) {
        return switch (status) {
            case 402, 429 ->
                    quota.failure(
                            status,
                            Json.MAPPER.createObjectNode().put("message", words),
                            retryAfter,
                            role.noun,
                            model);
            case 408, 499, 500, 502, 503, 504, 520, 522, 524, 529 ->
                    overloaded(status, "", says(words), retryAfter);
            default -> notTheApi(status, "", words);
        };
    }

    private String says(String words) {
        return OwnWords.after("It says:", words, quota.key().reveal());
    }

    /** The failure that a whole answer or something outside of events tells, if it is one. */
    Optional<Failure> ofError(JsonNode answer) {
        JsonNode error = error(answer);
        return error.isMissingNode()
                ? Optional.empty()
                : Optional.of(ofError(error.path("code").asInt(500), error, null));
    }

    /** What is wrong with an event. */
    Optional<Failure> ofEvent(JsonNode event) {
        Optional<Failure> error = ofError(event);
        if (error.isPresent()) {
            return error;
        }
        JsonNode feedback = event.path("promptFeedback");
        String blocked = feedback.path("blockReason").asText();
        // A prompt that is let through has ratings, too, and then a candidate.
        if (!blocked.isEmpty() || (feedback.isObject() && event.path("candidates").isEmpty())) {
            return Optional.of(
                    refused(
                            Diagnosis.GEMINI_BLOCKED,
                            "The question was declined by the language model's safety rules.",
                            "Gemini blocked a prompt: " + word(blocked) + ".",
                            "If this happens often, look at what the documents say around it."));
        }
        return ofFinish(finishReason(event.path("candidates").path(0)));
    }

    /** Why an answer ended; empty while it goes on, for which some relays send null. */
    static String finishReason(JsonNode candidate) {
        String reason = candidate.path("finishReason").asText("");
        boolean none = candidate.path("finishReason").isNull();
        return none || reason.equals("FINISH_REASON_UNSPECIFIED") ? "" : reason;
    }

    private Optional<Failure> ofFinish(String reason) {
        return switch (reason) {
            case "", "STOP", "MAX_TOKENS" -> Optional.empty();
            case "SAFETY",
                    "PROHIBITED_CONTENT",
                    "BLOCKLIST",
                    "SPII",
                    "RECITATION",
                    "LANGUAGE",
                    "MODEL_ARMOR" ->
                    Optional.of(
                            refused(
                                    Diagnosis.GEMINI_BLOCKED,
                                    "The answer was stopped by the language model's own rules.",
                                    "Gemini blocked an answer: " + reason + ".",
                                    "If this happens often, look at what the documents say around"
                                            + " it, or try another GEMINI_MODEL."));
            default ->
                    Optional.of(
                            failed(
                                    Diagnosis.GEMINI_BROKE_OFF,
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
        String reason = reason(error);
        if (reason.equals("API_KEY_EXPIRED") || message.contains("API key expired")) {
            return rejectedKey(
                    Diagnosis.GEMINI_KEY_REFUSED, "The key in GEMINI_API_KEY has expired");
        }
        if (reason.equals("API_KEY_INVALID") || message.contains("API key not valid")) {
            return rejectedKey(
                    Diagnosis.GEMINI_KEY_REFUSED, "Google does not know the key in GEMINI_API_KEY");
        }
        return switch (status) {
            case 400 ->
                    said.equals("FAILED_PRECONDITION")
                            ? precondition(message)
                            : badRequest(message);
            case 401 ->
                    rejectedKey(
                            Diagnosis.GEMINI_KEY_REFUSED,
                            "GEMINI_API_KEY holds another kind of credential, no API key");
            case 402, 429 -> quota.failure(status, error, retryAfter, role.noun, model);
            case 403 -> forbidden(reason, message);
            case 404 ->
                    said.equals("NOT_FOUND")
                            ? unknownModel(message)
                            : notTheApi(404, said, message);
            case 408, 499, 500, 502, 503, 504, 520, 522, 524, 529 ->
                    overloaded(status, said(said), quota.google(message), retryAfter);
            default -> notTheApi(status, said, message);
        };
    }

    private Failure overloaded(
            int status, String said, String words, @Nullable Duration retryAfter) {
        return new Failure(
                Diagnosis.GEMINI_OVERLOADED,
                FailureCode.OVERLOADED,
                Nature.UNAVAILABLE,
                role.noun + " is overloaded; please try again in a moment.",
                "Gemini answered " + status + said + " for " + model + "." + words,
                "Nothing to do as long as it passes; otherwise look at"
                        + " https://aistudio.google.com/status",
                retryAfter);
    }

    /**
     * A key that Google knows and does not let through; the reasons are those of {@code
     * google.api.ErrorReason}.
     */
    private Failure forbidden(String reason, String message) {
        if (message.contains("leaked")) {
            return rejectedKey(
                    Diagnosis.GEMINI_KEY_REFUSED,
                    "Google has blocked the key in GEMINI_API_KEY as leaked");
        }
        String google = quota.google(message);
        return switch (reason) {
            case "SERVICE_DISABLED" ->
                    rejected(
                            Diagnosis.GEMINI_NOT_ENABLED,
                            "The Gemini API is not enabled in the project of GEMINI_API_KEY."
                                    + google,
                            "Enable it at https://console.cloud.google.com/apis/library/"
                                    + "generativelanguage.googleapis.com, which takes some minutes"
                                    + " to work; another key of the same project is no help");
            case "API_KEY_HTTP_REFERRER_BLOCKED",
                    "API_KEY_IP_ADDRESS_BLOCKED",
                    "API_KEY_ANDROID_APP_BLOCKED",
                    "API_KEY_IOS_APP_BLOCKED",
                    "API_KEY_SERVICE_BLOCKED" ->
                    rejected(
                            Diagnosis.GEMINI_KEY_RESTRICTED,
                            "A restriction of the key in GEMINI_API_KEY keeps this service out ("
                                    + reason
                                    + ")."
                                    + google,
                            "Take the restriction off the key, or allow the Generative Language API"
                                    + " in it, at https://console.cloud.google.com/apis/credentials");
            case "BILLING_DISABLED" ->
                    rejected(
                            Diagnosis.GEMINI_BILLING_MISSING,
                            "The project of GEMINI_API_KEY has no billing account." + google,
                            "Enable billing for it at " + KEYS);
            case "CONSUMER_SUSPENDED", "CONSUMER_INVALID", "USER_PROJECT_DENIED" ->
                    rejected(
                            Diagnosis.GEMINI_PROJECT_REFUSED,
                            "Google refuses the whole project of GEMINI_API_KEY ("
                                    + reason
                                    + ")."
                                    + google,
                            "Create a key in another project at "
                                    + KEYS
                                    + ", or ask Google about this one");
            default ->
                    rejected(
                            Diagnosis.GEMINI_NOT_ALLOWED,
                            "The key in GEMINI_API_KEY may not use the Gemini API." + google,
                            "If Google names no other way, create a key at "
                                    + KEYS
                                    + " and set GEMINI_API_KEY to it");
        };
    }

    /** An answer that the API is not known to give. */
    private Failure notTheApi(int status, String said, String words) {
        return failed(
                Diagnosis.GEMINI_NOT_THE_API,
                Nature.MISCONFIGURED,
                "cannot be used at the moment.",
                host
                        + " answered "
                        + status
                        + said(said)
                        + ", and not as Google does."
                        + says(words),
                "Look what stands before Google: a proxy of the network, or GEMINI_BASE_URL, where it"
                        + " is set, for which GEMINI_API_KEY may have to be another one; Google's own"
                        + " is "
                        + advice.baseUrl());
    }

    private Failure precondition(String message) {
        boolean place = message.contains("location");
        return failed(
                Diagnosis.GEMINI_PLACE_REFUSED,
                Nature.MISCONFIGURED,
                "cannot be used at the moment.",
                (place
                                ? "Google does not offer the Gemini API at the place from which"
                                        + " this service calls it."
                                : "Google refuses the Gemini API's free tier for this country or"
                                        + " project (FAILED_PRECONDITION).")
                        + quota.google(message),
                place
                        ? "Run the service in one of"
                                + " https://ai.google.dev/gemini-api/docs/available-regions"
                        : "Enable billing for the key's project at " + KEYS);
    }

    private Failure badRequest(String message) {
        String variables =
                message.toLowerCase(Locale.ROOT).contains("thinking")
                        ? "GEMINI_MODEL or DOCENT_GEMINI_THINKING"
                        : role == Role.CHAT
                                ? "GEMINI_MODEL or GEMINI_BASE_URL"
                                : role.variable + " or DOCENT_GEMINI_DIMENSION";
        return failed(
                Diagnosis.GEMINI_REQUEST_REFUSED,
                Nature.REQUEST_REJECTED,
                "could not work with this question.",
                "Gemini answered 400" + (message.isEmpty() ? "." : ": " + quota.clean(message)),
                "If " + variables + " was changed, check that they fit each other.");
    }

    private Failure unknownModel(String message) {
        Optional<String> successor =
                advice.retired().stream()
                        .filter(one -> one.covers(model))
                        .map(RetiredModel::successor)
                        .findFirst();
        return failed(
                Diagnosis.GEMINI_NO_MODEL,
                Nature.MISCONFIGURED,
                "cannot be used at the moment.",
                "Gemini has no model "
                        + model
                        + (successor.isPresent() ? " any more." : ".")
                        + quota.google(message),
                successor
                        .map(one -> "Set " + role.variable + " to " + one)
                        .orElseGet(this::another));
    }

    /** Which model to take instead of this one; never this one itself. */
    private String another() {
        return defaultModel().equals(model)
                ? "Choose one at " + MODELS + " and set " + role.variable + " to it"
                : "Set " + role.variable + " to " + defaultModel();
    }

    private String defaultModel() {
        return role == Role.CHAT ? advice.model() : advice.embeddingModel();
    }

    /** The model exists, but cannot do what it is used for. */
    Failure wrongKind() {
        return failed(
                Diagnosis.GEMINI_OTHER_MODEL,
                Nature.MISCONFIGURED,
                "cannot be used at the moment.",
                model
                        + " is no model for "
                        + (role == Role.CHAT ? "answers" : "embeddings")
                        + ", but "
                        + role.variable
                        + " names it.",
                another());
    }

    /** The vectors have another dimension than requested. */
    Failure wrongDimension(int wanted, int got) {
        return failed(
                Diagnosis.GEMINI_OTHER_MODEL,
                Nature.MISCONFIGURED,
                "cannot be used at the moment.",
                model + " gives vectors of " + got + " numbers instead of " + wanted + ".",
                defaultModel().equals(model)
                        ? "Set DOCENT_GEMINI_DIMENSION to " + got + ", and fill the index anew"
                        : another());
    }

    /** The key cannot be sent at all. */
    Failure unusableKey() {
        return rejectedKey(
                Diagnosis.GEMINI_KEY_REFUSED,
                "GEMINI_API_KEY is empty or holds a character that no key has");
    }

    private Failure rejectedKey(Diagnosis diagnosis, String what) {
        return rejected(
                diagnosis, what + ".", "Create a key at " + KEYS + " and set GEMINI_API_KEY to it");
    }

    private Failure rejected(Diagnosis diagnosis, String owner, String action) {
        return failed(
                diagnosis,
                Nature.CREDENTIAL_REJECTED,
                "cannot be used at the moment.",
                owner,
                action);
    }

    /** The answer is neither what was asked for nor a known error. */
    Failure unreadable() {
        return failed(
                Diagnosis.GEMINI_NOT_THE_API,
                Nature.UNAVAILABLE,
                "gave no usable answer.",
                host + " answered something that is not Gemini's API.",
                "If GEMINI_BASE_URL is set, check that it leads to the Gemini API.");
    }

    /** An answer with status 200 that is no stream of events. */
    Failure noStream() {
        return failed(
                Diagnosis.GEMINI_NOT_THE_API,
                Nature.MISCONFIGURED,
                "gave no usable answer.",
                host + " answered something that is not Gemini's API, or no stream of events.",
                "If GEMINI_BASE_URL is set, check that it leads to the Gemini API and keeps"
                        + " ?alt=sse.");
    }

    /** The stream ended without saying that the answer is complete. */
    Failure brokenOff() {
        return failed(
                Diagnosis.GEMINI_BROKE_OFF,
                Nature.UNAVAILABLE,
                "broke off its answer.",
                "Gemini's answer ended without a finish reason.",
                "Nothing to do for a single one; if it happens often, try another GEMINI_MODEL.");
    }

    /** The model gave no text. */
    Failure empty(boolean cut) {
        return failed(
                Diagnosis.GEMINI_EMPTY,
                Nature.REQUEST_REJECTED,
                "gave an empty answer.",
                "Gemini's answer was empty" + (cut ? " (MAX_TOKENS)." : "."),
                cut
                        ? "Its thoughts used up all output tokens: raise DOCENT_GEMINI_MAX_OUTPUT_TOKENS,"
                                + " or lower DOCENT_GEMINI_THINKING."
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
                            Diagnosis.GEMINI_BROKE_OFF,
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
            default ->
                    begun
                            ? failed(
                                    Diagnosis.GEMINI_BROKE_OFF,
                                    Nature.UNAVAILABLE,
                                    "broke off its answer.",
                                    "The connection to "
                                            + host
                                            + " broke in the middle of an answer.",
                                    "Check the network, and GEMINI_BASE_URL if it is set.")
                            : unreachable("The connection to " + host + " broke.");
        };
    }

    private Failure late(boolean begun, Deadline whole) {
        String what =
                !begun
                        ? "Gemini did not begin to answer in time."
                        : whole.nanos() <= 0
                                ? "Gemini did not finish in time."
                                : "Gemini fell silent in the middle of an answer.";
        return new Failure(
                Diagnosis.GEMINI_LATE,
                FailureCode.TIMEOUT,
                Nature.UNAVAILABLE,
                role.noun + " took too long; please try again.",
                what,
                "Nothing to do as long as it passes; otherwise try a faster " + role.variable);
    }

    private Failure unreachable(String what) {
        return failed(
                Diagnosis.GEMINI_UNREACHABLE,
                Nature.UNAVAILABLE,
                "cannot be reached right now; please try again in a moment.",
                what,
                "Check the network, and GEMINI_BASE_URL if it is set.");
    }

    private Failure failed(
            Diagnosis diagnosis, Nature nature, String reader, String owner, String action) {
        return new Failure(diagnosis, role.code, nature, role.noun + " " + reader, owner, action);
    }

    private static Failure refused(
            Diagnosis diagnosis, String reader, String owner, String action) {
        return new Failure(
                diagnosis, FailureCode.BLOCKED, Nature.REQUEST_REJECTED, reader, owner, action);
    }

    private static JsonNode error(JsonNode answer) {
        // Without alt=sse an error comes as the only member of an array.
        return (answer.isArray() ? answer.path(0) : answer).path("error");
    }

    /** Google's machine-readable reason, empty if there is none. */
    private static String reason(JsonNode error) {
        for (JsonNode detail : error.path("details")) {
            if (detail.path("reason").isTextual()) {
                return detail.path("reason").textValue();
            }
        }
        return "";
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
