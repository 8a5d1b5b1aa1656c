package dev.docent.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import dev.docent.failure.Failure;
import dev.docent.failure.Failure.Nature;
import dev.docent.failure.FailureCode;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the owner reads is Google's own cause, and what to do about it. */
class GeminiCausesTest {
    private final FakeGemini fake = new FakeGemini();
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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    SERVICE_DISABLED              | is not enabled in the project | Enable it at
                    API_KEY_HTTP_REFERRER_BLOCKED | A restriction of the key      | Take the restriction off
                    API_KEY_IP_ADDRESS_BLOCKED    | A restriction of the key      | Take the restriction off
                    API_KEY_SERVICE_BLOCKED       | A restriction of the key      | Take the restriction off
                    BILLING_DISABLED              | has no billing account        | Enable billing
                    CONSUMER_SUSPENDED            | refuses the whole project     | another project
                    BRAND_NEW                     | may not use the Gemini API    | If Google names no other way
                    """)
    void aReasonIsTold(String reason, String owner, String action) {
        Failure failure =
                of(403, "PERMISSION_DENIED", "Because.", "{\"reason\":\"" + reason + "\"}");
        assertThat(failure.nature()).isEqualTo(Nature.CREDENTIAL_REJECTED);
        assertThat(failure.owner()).contains(owner).endsWith(" Google says: Because.");
        assertThat(failure.action()).contains(action);
    }

    @Test
    void anExpiredKeyIsNotAnUnknownOne() {
        Failure failure =
                of(
                        400,
                        "INVALID_ARGUMENT",
                        "API key expired. Please renew the API key.",
                        "{\"reason\":\"API_KEY_INVALID\"}");
        assertThat(failure.owner()).isEqualTo("The key in GEMINI_API_KEY has expired.");
    }

    @Test
    void aPlaceIsNotTheFreeTier() {
        Failure failure =
                of(400, "FAILED_PRECONDITION", "User location is not supported for the API use.");
        assertThat(failure.owner())
                .startsWith("Google does not offer the Gemini API at the place")
                .endsWith("Google says: User location is not supported for the API use.");
        assertThat(failure.action()).contains("available-regions");
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
