package dev.docent.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import dev.docent.Told;
import dev.docent.failure.Diagnosis;
import dev.docent.failure.Failure;
import dev.docent.failure.Failure.Nature;
import dev.docent.failure.FailureCode;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the owner reads is Google's own cause, and what to do about it. */
class GeminiCausesTest {
    private final FakeGemini fake = new FakeGemini();
    private final String host = fake.baseUrl().getAuthority();
    private final GeminiModel model = Trial.model(Trial.settings(fake.baseUrl()));

    @AfterEach
    void close() {
        model.close();
        fake.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    429 | Your prepayment credits are depleted. Please go to AI Studio.
                    429 | Your project has exceeded its monthly spending cap.
                    402 | Payment required.
                    """)
    void moneyIsNoQuotaByTheMinute(int status, String message) {
        Failure failure = of(status, "RESOURCE_EXHAUSTED", message);
        assertThat(failure.code()).isEqualTo(FailureCode.QUOTA_EXCEEDED);
        assertThat(failure.nature()).isEqualTo(Nature.EXHAUSTED);
        assertThat(failure.reader()).isEqualTo("The language model cannot be used at the moment.");
        assertThat(failure.owner())
                .isEqualTo(
                        "The money for the Gemini API is used up, or its spending cap is reached."
                                + " Google says: "
                                + message);
        assertThat(failure.action()).contains("https://ai.studio/spend");
        assertThat(fake.requests()).hasSize(1);
    }

    @Test
    void aLimitOfNoneIsTheFreeTier() {
        String limit = "{\"@type\":\"t\",\"metadata\":{\"quota_limit_value\":\"0\"}}";
        Failure failure = of(429, "RESOURCE_EXHAUSTED", "Quota exceeded.", limit);
        assertThat(failure.owner()).startsWith("The free tier does not include gemini-3.8-flash");
        assertThat(of(429, "RESOURCE_EXHAUSTED", "It doesn't have a free quota tier.").nature())
                .isEqualTo(Nature.MISCONFIGURED);
    }

    @Test
    void asksAgainAfterAQuotaThatNamesNoTime() {
        fake.next(
                Reply.status(
                        429,
                        GoogleReplies.error(
                                429, "RESOURCE_EXHAUSTED", "Resource has been exhausted.")));
        assertThat(Trial.of(model).text()).isEqualTo("Hello world.");
    }

    /** {@code +} stands for Google's own words, and {@code @} for the host. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0001',
            emptyValue = "",
            textBlock =
                    """
                    400 | INVALID_ARGUMENT | API_KEY_INVALID | API key not valid. Please pass a valid API key. | GEMINI_KEY_REFUSED | CREDENTIAL_REJECTED | 78 | model_failed | cannot be used at the moment. | Google does not know the key in GEMINI_API_KEY. | Create a key
                    400 | INVALID_ARGUMENT | | API key not valid. Please pass a valid API key. | GEMINI_KEY_REFUSED | CREDENTIAL_REJECTED | 78 | model_failed | cannot be used at the moment. | Google does not know the key in GEMINI_API_KEY. | Create a key
                    400 | INVALID_ARGUMENT | API_KEY_INVALID | API key expired. Please renew the API key. | GEMINI_KEY_REFUSED | CREDENTIAL_REJECTED | 78 | model_failed | cannot be used at the moment. | The key in GEMINI_API_KEY has expired. | Create a key
                    400 | INVALID_ARGUMENT | API_KEY_EXPIRED | Renew it. | GEMINI_KEY_REFUSED | CREDENTIAL_REJECTED | 78 | model_failed | cannot be used at the moment. | The key in GEMINI_API_KEY has expired. | Create a key
                    401 | UNAUTHENTICATED | ACCESS_TOKEN_TYPE_UNSUPPORTED | Request had invalid authentication credentials. | GEMINI_KEY_REFUSED | CREDENTIAL_REJECTED | 78 | model_failed | cannot be used at the moment. | GEMINI_API_KEY holds another kind of credential, no API key. | Create a key
                    403 | PERMISSION_DENIED | | Your API key was reported as leaked. Please use another API key. | GEMINI_KEY_REFUSED | CREDENTIAL_REJECTED | 78 | model_failed | cannot be used at the moment. | Google has blocked the key in GEMINI_API_KEY as leaked. | Create a key
                    403 | PERMISSION_DENIED | SERVICE_DISABLED | Generative Language API has not been used in project 123 before or it is disabled. | GEMINI_NOT_ENABLED | CREDENTIAL_REJECTED | 78 | model_failed | cannot be used at the moment. | The Gemini API is not enabled in the project of GEMINI_API_KEY. + | Enable it at
                    403 | PERMISSION_DENIED | API_KEY_HTTP_REFERRER_BLOCKED | Requests from referer <empty> are blocked. | GEMINI_KEY_RESTRICTED | CREDENTIAL_REJECTED | 78 | model_failed | cannot be used at the moment. | A restriction of the key in GEMINI_API_KEY keeps this service out (API_KEY_HTTP_REFERRER_BLOCKED). + | Take the restriction off
                    403 | PERMISSION_DENIED | API_KEY_IP_ADDRESS_BLOCKED | The provided API key has an IP address restriction. | GEMINI_KEY_RESTRICTED | CREDENTIAL_REJECTED | 78 | model_failed | cannot be used at the moment. | A restriction of the key in GEMINI_API_KEY keeps this service out (API_KEY_IP_ADDRESS_BLOCKED). + | Take the restriction off
                    403 | PERMISSION_DENIED | API_KEY_ANDROID_APP_BLOCKED | Requests from this Android client application <empty> are blocked. | GEMINI_KEY_RESTRICTED | CREDENTIAL_REJECTED | 78 | model_failed | cannot be used at the moment. | A restriction of the key in GEMINI_API_KEY keeps this service out (API_KEY_ANDROID_APP_BLOCKED). + | Take the restriction off
                    403 | PERMISSION_DENIED | API_KEY_IOS_APP_BLOCKED | Requests from this iOS client application <empty> are blocked. | GEMINI_KEY_RESTRICTED | CREDENTIAL_REJECTED | 78 | model_failed | cannot be used at the moment. | A restriction of the key in GEMINI_API_KEY keeps this service out (API_KEY_IOS_APP_BLOCKED). + | Take the restriction off
                    403 | PERMISSION_DENIED | API_KEY_SERVICE_BLOCKED | Requests to this API generativelanguage.googleapis.com are blocked. | GEMINI_KEY_RESTRICTED | CREDENTIAL_REJECTED | 78 | model_failed | cannot be used at the moment. | A restriction of the key in GEMINI_API_KEY keeps this service out (API_KEY_SERVICE_BLOCKED). + | allow the Generative Language API
                    403 | PERMISSION_DENIED | BILLING_DISABLED | This API method requires billing to be enabled. | GEMINI_BILLING_MISSING | CREDENTIAL_REJECTED | 78 | model_failed | cannot be used at the moment. | The project of GEMINI_API_KEY has no billing account. + | Enable billing
                    403 | PERMISSION_DENIED | CONSUMER_SUSPENDED | Permission denied: Consumer 'api_key:***' has been suspended. | GEMINI_PROJECT_REFUSED | CREDENTIAL_REJECTED | 78 | model_failed | cannot be used at the moment. | Google refuses the whole project of GEMINI_API_KEY (CONSUMER_SUSPENDED). + | another project
                    403 | PERMISSION_DENIED | CONSUMER_INVALID | Permission denied on resource project docs. | GEMINI_PROJECT_REFUSED | CREDENTIAL_REJECTED | 78 | model_failed | cannot be used at the moment. | Google refuses the whole project of GEMINI_API_KEY (CONSUMER_INVALID). + | another project
                    403 | PERMISSION_DENIED | USER_PROJECT_DENIED | Caller does not have required permission to use project docs. | GEMINI_PROJECT_REFUSED | CREDENTIAL_REJECTED | 78 | model_failed | cannot be used at the moment. | Google refuses the whole project of GEMINI_API_KEY (USER_PROJECT_DENIED). + | another project
                    403 | PERMISSION_DENIED | BRAND_NEW | Because. | GEMINI_NOT_ALLOWED | CREDENTIAL_REJECTED | 78 | model_failed | cannot be used at the moment. | The key in GEMINI_API_KEY may not use the Gemini API. + | If Google names no other way
                    403 | PERMISSION_DENIED | | Your project has been denied access. Please contact support. | GEMINI_NOT_ALLOWED | CREDENTIAL_REJECTED | 78 | model_failed | cannot be used at the moment. | The key in GEMINI_API_KEY may not use the Gemini API. + | If Google names no other way
                    403 | PERMISSION_DENIED | | Method doesn't allow unregistered callers (callers without established identity). | GEMINI_NOT_ALLOWED | CREDENTIAL_REJECTED | 78 | model_failed | cannot be used at the moment. | The key in GEMINI_API_KEY may not use the Gemini API. + | If Google names no other way
                    400 | FAILED_PRECONDITION | | User location is not supported for the API use. | GEMINI_PLACE_REFUSED | MISCONFIGURED | 78 | model_failed | cannot be used at the moment. | Google does not offer the Gemini API at the place from which this service calls it. + | available-regions
                    400 | FAILED_PRECONDITION | | Gemini API free tier is not available in your country. Please enable billing on your project in Google AI Studio. | GEMINI_PLACE_REFUSED | MISCONFIGURED | 78 | model_failed | cannot be used at the moment. | Google refuses the Gemini API's free tier for this country or project (FAILED_PRECONDITION). + | Enable billing
                    402 | | | Payment required. | GEMINI_NO_MONEY | EXHAUSTED | 75 | quota_exceeded | cannot be used at the moment. | The money for the Gemini API is used up, or its spending cap is reached. + | https://ai.studio/spend
                    429 | RESOURCE_EXHAUSTED | | Your prepayment credits are depleted. Please go to AI Studio at https://ai.studio/projects to manage your project and billing. | GEMINI_NO_MONEY | EXHAUSTED | 75 | quota_exceeded | cannot be used at the moment. | The money for the Gemini API is used up, or its spending cap is reached. + | https://ai.studio/spend
                    429 | RESOURCE_EXHAUSTED | | Your project has exceeded its monthly spending cap. | GEMINI_NO_MONEY | EXHAUSTED | 75 | quota_exceeded | cannot be used at the moment. | The money for the Gemini API is used up, or its spending cap is reached. + | https://ai.studio/spend
                    429 | RESOURCE_EXHAUSTED | | Your credit balance is too low to access the Gemini API. | GEMINI_NO_MONEY | EXHAUSTED | 75 | quota_exceeded | cannot be used at the moment. | The money for the Gemini API is used up, or its spending cap is reached. + | https://ai.studio/spend
                    429 | RESOURCE_EXHAUSTED | | Quota exceeded for metric: generativelanguage.googleapis.com/generate_content_free_tier_requests, limit: 0, model: gemini-3.8-flash | GEMINI_NOT_FREE | MISCONFIGURED | 78 | quota_exceeded | cannot be used at the moment. | The free tier does not include gemini-3.8-flash (limit: 0). + | choose another model
                    429 | RESOURCE_EXHAUSTED | | gemini-3.8-flash doesn't have a free quota tier. | GEMINI_NOT_FREE | MISCONFIGURED | 78 | quota_exceeded | cannot be used at the moment. | The free tier does not include gemini-3.8-flash (limit: 0). + | choose another model
                    429 | RESOURCE_EXHAUSTED | | Resource has been exhausted (e.g. check quota). | GEMINI_MINUTE_USED_UP | UNAVAILABLE | 75 | quota_exceeded | is asked too often right now; please try again in a minute. | Gemini's quota by the minute is used up for gemini-3.8-flash. + | Enable billing
                    429 | RESOURCE_EXHAUSTED | | You exceeded your current quota, please check your plan and billing details. | GEMINI_MINUTE_USED_UP | UNAVAILABLE | 75 | quota_exceeded | is asked too often right now; please try again in a minute. | Gemini's quota by the minute is used up for gemini-3.8-flash. + | Enable billing
                    404 | NOT_FOUND | | This model models/gemini-3.8-flash is no longer available to new users. Please update your code to use a newer model. | GEMINI_NO_MODEL | MISCONFIGURED | 78 | model_failed | cannot be used at the moment. | Gemini has no model gemini-3.8-flash. + | Choose one at
                    404 | NOT_FOUND | | models/gemini-3.8-flash is not found for API version v1beta, or is not supported for generateContent. | GEMINI_NO_MODEL | MISCONFIGURED | 78 | model_failed | cannot be used at the moment. | Gemini has no model gemini-3.8-flash. + | Choose one at
                    404 | | | Not Found | GEMINI_NOT_THE_API | MISCONFIGURED | 78 | model_failed | cannot be used at the moment. | @ answered 404, and not as Google does. It says: Not Found. | GEMINI_BASE_URL
                    405 | | | Method not allowed | GEMINI_NOT_THE_API | MISCONFIGURED | 78 | model_failed | cannot be used at the moment. | @ answered 405, and not as Google does. It says: Method not allowed. | GEMINI_BASE_URL
                    400 | INVALID_ARGUMENT | | Thinking level MINIMAL is not supported for this model. | GEMINI_REQUEST_REFUSED | REQUEST_REJECTED | 78 | model_failed | could not work with this question. | Gemini answered 400: Thinking level MINIMAL is not supported for this model. | DOCENT_GEMINI_THINKING
                    400 | INVALID_ARGUMENT | | Request contains an invalid argument. | GEMINI_REQUEST_REFUSED | REQUEST_REJECTED | 78 | model_failed | could not work with this question. | Gemini answered 400: Request contains an invalid argument. | GEMINI_MODEL
                    400 | INVALID_ARGUMENT | | The input token count (1200000) exceeds the maximum number of tokens allowed (1048576). | GEMINI_REQUEST_REFUSED | REQUEST_REJECTED | 78 | model_failed | could not work with this question. | Gemini answered 400: The input token count (1200000) exceeds the maximum number of tokens allowed (1048576). | GEMINI_MODEL
                    408 | | | Request Timeout | GEMINI_OVERLOADED | UNAVAILABLE | 75 | overloaded | is overloaded; please try again in a moment. | Gemini answered 408 for gemini-3.8-flash. + | as long as it passes
                    499 | CANCELLED | | The operation was cancelled. | GEMINI_OVERLOADED | UNAVAILABLE | 75 | overloaded | is overloaded; please try again in a moment. | Gemini answered 499 CANCELLED for gemini-3.8-flash. + | as long as it passes
                    500 | INTERNAL | | An internal error has occurred. Please retry. | GEMINI_OVERLOADED | UNAVAILABLE | 75 | overloaded | is overloaded; please try again in a moment. | Gemini answered 500 INTERNAL for gemini-3.8-flash. + | as long as it passes
                    502 | | | Bad Gateway | GEMINI_OVERLOADED | UNAVAILABLE | 75 | overloaded | is overloaded; please try again in a moment. | Gemini answered 502 for gemini-3.8-flash. + | as long as it passes
                    503 | UNAVAILABLE | | The model is overloaded. Please try again later. | GEMINI_OVERLOADED | UNAVAILABLE | 75 | overloaded | is overloaded; please try again in a moment. | Gemini answered 503 UNAVAILABLE for gemini-3.8-flash. + | as long as it passes
                    504 | DEADLINE_EXCEEDED | | Deadline expired before operation could complete. | GEMINI_OVERLOADED | UNAVAILABLE | 75 | overloaded | is overloaded; please try again in a moment. | Gemini answered 504 DEADLINE_EXCEEDED for gemini-3.8-flash. + | as long as it passes
                    524 | | | A timeout occurred | GEMINI_OVERLOADED | UNAVAILABLE | 75 | overloaded | is overloaded; please try again in a moment. | Gemini answered 524 for gemini-3.8-flash. + | as long as it passes
                    """)
    void tellsWhatAnErrorMeans(
            int status,
            @Nullable String said,
            @Nullable String reason,
            String message,
            Diagnosis diagnosis,
            Nature nature,
            int exitCode,
            String event,
            String reader,
            String owner,
            String action) {
        String[] details =
                reason == null ? new String[0] : new String[] {"{\"reason\":\"" + reason + "\"}"};
        String body = GoogleReplies.error(status, said == null ? "" : said, message, details);

        Failure failure = failures().ofStatus(status, "", body);

        String words = message.endsWith(".") ? message : message + ".";
        assertThat(failure.owner())
                .isEqualTo(owner.replace("@", host).replace(" +", " Google says: " + words));
        assertThat(failure.diagnosis()).isEqualTo(diagnosis);
        assertThat(failure.nature()).isEqualTo(nature);
        assertThat(failure.action()).contains(action);
        assertThat(failure.reader()).isEqualTo("The language model " + reader);
        assertThat(failure.code().wire()).isEqualTo(event);
        Told.everywhere("gemini", failure, diagnosis.code(), exitCode);
        if (!failure.retryable()) {
            assertThat(of(status, said == null ? "" : said, message, details)).isEqualTo(failure);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    SAFETY | GEMINI_BLOCKED | Gemini blocked an answer: SAFETY.
                    RECITATION | GEMINI_BLOCKED | Gemini blocked an answer: RECITATION.
                    LANGUAGE | GEMINI_BLOCKED | Gemini blocked an answer: LANGUAGE.
                    BLOCKLIST | GEMINI_BLOCKED | Gemini blocked an answer: BLOCKLIST.
                    PROHIBITED_CONTENT | GEMINI_BLOCKED | Gemini blocked an answer: PROHIBITED_CONTENT.
                    SPII | GEMINI_BLOCKED | Gemini blocked an answer: SPII.
                    MODEL_ARMOR | GEMINI_BLOCKED | Gemini blocked an answer: MODEL_ARMOR.
                    OTHER | GEMINI_BROKE_OFF | Gemini ended an answer with OTHER.
                    MALFORMED_FUNCTION_CALL | GEMINI_BROKE_OFF | Gemini ended an answer with MALFORMED_FUNCTION_CALL.
                    UNEXPECTED_TOOL_CALL | GEMINI_BROKE_OFF | Gemini ended an answer with UNEXPECTED_TOOL_CALL.
                    brand new x[31m | GEMINI_BROKE_OFF | Gemini ended an answer with an unknown reason.
                    """)
    void tellsWhyAnAnswerEnded(String reason, Diagnosis diagnosis, String owner) {
        GeminiFailures failures = failures();
        Failure failure =
                failures.ofEvent(
                                failures.read(
                                        "{\"candidates\":[{\"finishReason\":\"" + reason + "\"}]}"))
                        .orElseThrow();

        assertThat(failure.owner()).isEqualTo(owner);
        assertThat(failure.diagnosis()).isEqualTo(diagnosis);
        assertThat(failure.nature()).isEqualTo(Nature.REQUEST_REJECTED);
        Told.everywhere("gemini", failure, diagnosis.code(), 78);
    }

    private GeminiFailures failures() {
        return new GeminiFailures(
                GeminiFailures.Role.CHAT,
                "gemini-3.8-flash",
                host,
                new GeminiQuota(Trial.KEY, InstantSource.system()),
                Trial.settings(fake.baseUrl()).advice());
    }

    /** What proxies of a network, relays and captive portals answer; it says nothing of the key. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0001',
            textBlock =
                    """
                    403 | <html><head><title>403 Forbidden</title></head></html> | GEMINI_NOT_THE_API | MISCONFIGURED | 78 | model_failed | cannot be used at the moment. | @ answered 403, and not as Google does. It says: 403 Forbidden.
                    401 | <html><title>401 Authorization Required</title></html> | GEMINI_NOT_THE_API | MISCONFIGURED | 78 | model_failed | cannot be used at the moment. | @ answered 401, and not as Google does. It says: 401 Authorization Required.
                    401 | {"error":{"message":"Invalid token (request id: 2026)","type":"new_api_error"}} | GEMINI_NOT_THE_API | MISCONFIGURED | 78 | model_failed | cannot be used at the moment. | @ answered 401, and not as Google does. It says: Invalid token (request id: 2026).
                    407 | Proxy Authentication Required | GEMINI_NOT_THE_API | MISCONFIGURED | 78 | model_failed | cannot be used at the moment. | @ answered 407, and not as Google does. It says: Proxy Authentication Required.
                    302 | <html>moved</html> | GEMINI_NOT_THE_API | MISCONFIGURED | 78 | model_failed | cannot be used at the moment. | @ answered 302, and not as Google does. It says: moved.
                    400 | <html><title>400 The plain HTTP request was sent to HTTPS port</title></html> | GEMINI_NOT_THE_API | MISCONFIGURED | 78 | model_failed | cannot be used at the moment. | @ answered 400, and not as Google does. It says: 400 The plain HTTP request was sent to HTTPS port.
                    404 | {"detail":"Not Found"} | GEMINI_NOT_THE_API | MISCONFIGURED | 78 | model_failed | cannot be used at the moment. | @ answered 404, and not as Google does. It says: Not Found.
                    451 | | GEMINI_NOT_THE_API | MISCONFIGURED | 78 | model_failed | cannot be used at the moment. | @ answered 451, and not as Google does.
                    503 | <html><h1>503 Service Unavailable</h1>No server is available.</html> | GEMINI_OVERLOADED | UNAVAILABLE | 75 | overloaded | is overloaded; please try again in a moment. | Gemini answered 503 for gemini-3.8-flash. It says: 503 Service Unavailable No server is available.
                    429 | {"error":"slow down"} | GEMINI_MINUTE_USED_UP | UNAVAILABLE | 75 | quota_exceeded | is asked too often right now; please try again in a minute. | Gemini's quota by the minute is used up for gemini-3.8-flash. Google says: slow down.
                    402 | {"message":"Insufficient balance"} | GEMINI_NO_MONEY | EXHAUSTED | 75 | quota_exceeded | cannot be used at the moment. | The money for the Gemini API is used up, or its spending cap is reached. Google says: Insufficient balance.
                    """)
    void tellsWhatAnswersInGooglesPlace(
            int status,
            @Nullable String body,
            Diagnosis diagnosis,
            Nature nature,
            int exitCode,
            String event,
            String reader,
            String owner) {
        Failure failure = failures().ofStatus(status, "", body == null ? "" : body);
        assertThat(failure.owner()).isEqualTo(owner.replace("@", host));
        assertThat(failure.diagnosis()).isEqualTo(diagnosis);
        assertThat(failure.nature()).isEqualTo(nature);
        assertThat(failure.reader()).isEqualTo("The language model " + reader);
        assertThat(failure.code().wire()).isEqualTo(event);
        Told.everywhere("gemini", failure, diagnosis.code(), exitCode);
    }

    @Test
    void neverAdvisesWhatIsSet() {
        String message = "This model is no longer available. Please use gemini-9-flash.";
        Failure ofDefault = of(404, "NOT_FOUND", message);
        assertThat(ofDefault.owner()).endsWith(" Google says: " + message);
        assertThat(ofDefault.action())
                .isEqualTo(
                        "Choose one at https://ai.google.dev/gemini-api/docs/models and set"
                                + " GEMINI_MODEL to it");
        fake.next(Reply.status(404, GoogleReplies.error(404, "NOT_FOUND", message)));
        Map<String, String> another = Map.of("GEMINI_MODEL", "gemini-7-flash");
        try (GeminiModel other = Trial.model(Trial.settings(fake.baseUrl(), another))) {
            assertThat(Trial.of(other).failed().action())
                    .isEqualTo("Set GEMINI_MODEL to gemini-3.8-flash");
        }
    }

    @Test
    void anAdviceCanBeFollowed() {
        fake.next(Reply.finished("MAX_TOKENS"));
        assertThat(Trial.of(model).failed().action())
                .contains("DOCENT_GEMINI_MAX_OUTPUT_TOKENS", "DOCENT_GEMINI_THINKING");
        assertThat(of(400, "INVALID_ARGUMENT", "Thinking level is not supported.").action())
                .contains("DOCENT_GEMINI_THINKING");
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 5000, 60_000})
    void googlesWordsAreBoundedAndHoldNoKey(int length) {
        String key = Trial.KEY.reveal();
        String message = (key + " \u001b[31m\u202e ").repeat(length).substring(0, length);
        Failure failure = of(403, "PERMISSION_DENIED", message);
        assertThat(failure.owner()).hasSizeLessThan(400).endsWith(".");
        assertThat(failure.owner()).doesNotContain(key.substring(0, 12), "\u001b", "\u202e");
    }

    private Failure of(int status, String said, String message, String... details) {
        fake.next(Reply.status(status, GoogleReplies.error(status, said, message, details)));
        return Trial.of(model).failed();
    }
}
