package dev.docent.gemini;

import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;

/**
 * Bodies in the shape that Google documents: <a
 * href="https://ai.google.dev/api/generate-content">GenerateContentResponse</a>, {@code
 * google.rpc.Status} with its details.
 */
public final class GoogleReplies {
    private GoogleReplies() {}

    /** An event with a piece of an answer. */
    public static String piece(String text) {
        return """
        {"candidates":[{"content":{"parts":[{"text":%s}],"role":"model"},"index":0}],\
        "usageMetadata":{"promptTokenCount":812,"candidatesTokenCount":7,"totalTokenCount":819},\
        "modelVersion":"gemini-3.8-flash","responseId":"kR0hafv1OqSjkdUPm5fNoQg"}\
        """
                .formatted(quoted(text));
    }

    /** The last event of an answer. */
    public static String finish(String text, String reason) {
        return """
        {"candidates":[{"content":{"parts":[{"text":%s}],"role":"model"},"finishReason":"%s","index":0}],\
        "usageMetadata":{"promptTokenCount":812,"candidatesTokenCount":40,"totalTokenCount":870,\
        "thoughtsTokenCount":18},"modelVersion":"gemini-3.8-flash"}\
        """
                .formatted(quoted(text), reason);
    }

    /** An event with a thought, which no reader wants to see. */
    public static String thought(String text) {
        return """
        {"candidates":[{"content":{"parts":[{"text":%s,"thought":true}],"role":"model"},"index":0}]}\
        """
                .formatted(quoted(text));
    }

    /** A prompt that Google did not pass on to the model. */
    public static String blockedPrompt(String reason) {
        return """
        {"promptFeedback":{"blockReason":"%s"},\
        "usageMetadata":{"promptTokenCount":812,"totalTokenCount":812}}\
        """
                .formatted(reason);
    }

    /** An error with its details. */
    public static String error(int code, String status, String message, String... details) {
        return """
        {
          "error": {
            "code": %d,
            "message": %s,
            "status": "%s",
            "details": [%s]
          }
        }
        """
                .formatted(code, quoted(message), status, String.join(",", details));
    }

    /** 400 for a key that Google does not know. */
    public static String invalidKey() {
        return error(
                400,
                "INVALID_ARGUMENT",
                "API key not valid. Please pass a valid API key.",
                """
                {"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":"API_KEY_INVALID",\
                "domain":"googleapis.com","metadata":{"service":"generativelanguage.googleapis.com"}}\
                """);
    }

    /** 403 for a key that was found in public. */
    public static String leakedKey() {
        return error(
                403,
                "PERMISSION_DENIED",
                "Your API key was reported as leaked. Please use another API key.");
    }

    /** 404 for a model that is unknown or was shut down. */
    public static String unknownModel(String model) {
        return error(
                404,
                "NOT_FOUND",
                "models/"
                        + model
                        + " is not found for API version v1beta, or is not supported for"
                        + " generateContent. Call ListModels to see the list of available models.");
    }

    /** 429 for a quota. */
    public static String quota(String id, String value, String retryDelay) {
        return error(
                429,
                "RESOURCE_EXHAUSTED",
                "You exceeded your current quota, please check your plan and billing details."
                        + " Quota exceeded for metric:"
                        + " generativelanguage.googleapis.com/generate_content_free_tier_requests,"
                        + " limit: "
                        + value
                        + "\nPlease retry in "
                        + retryDelay
                        + ".",
                """
                {"@type":"type.googleapis.com/google.rpc.QuotaFailure","violations":[{\
                "quotaMetric":"generativelanguage.googleapis.com/generate_content_free_tier_requests",\
                "quotaId":"%s","quotaDimensions":{"location":"global","model":"gemini-3.8-flash"},\
                "quotaValue":"%s"}]}\
                """
                        .formatted(id, value),
                """
                {"@type":"type.googleapis.com/google.rpc.Help","links":[{"description":\
                "Learn more about Gemini API quotas","url":"https://ai.google.dev/gemini-api/docs/rate-limits"}]}\
                """,
                """
                {"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"%s"}\
                """
                        .formatted(retryDelay));
    }

    /** 429 that passes within a minute. */
    public static String minuteQuota(String retryDelay) {
        return quota("GenerateRequestsPerMinutePerProjectPerModel-FreeTier", "10", retryDelay);
    }

    /** 429 until tomorrow. */
    public static String dailyQuota() {
        return quota("GenerateRequestsPerDayPerProjectPerModel-FreeTier", "250", "37s");
    }

    /** 503. */
    public static String overloaded() {
        return error(503, "UNAVAILABLE", "The model is overloaded. Please try again later.");
    }

    /** Describes the model that is asked for; those of the 2.0 generation are gone. */
    static void model(FakeGemini.Request request, Wire wire) throws IOException {
        String name = request.model();
        if (name.contains("-2.0-")) {
            wire.json(404, unknownModel(name));
            return;
        }
        String methods =
                name.contains("embedding")
                        ? "\"embedContent\",\"countTextTokens\""
                        : "\"generateContent\",\"countTokens\"";
        wire.json(
                200,
                """
                {
                  "name": "models/%s",
                  "version": "001",
                  "displayName": "A model",
                  "inputTokenLimit": 1048576,
                  "outputTokenLimit": 65536,
                  "supportedGenerationMethods": [%s]
                }
                """
                        .formatted(name, methods));
    }

    private static String quoted(String text) {
        return TextNode.valueOf(text).toString();
    }
}
