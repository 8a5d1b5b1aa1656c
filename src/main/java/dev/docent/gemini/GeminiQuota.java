package dev.docent.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import dev.docent.config.Secret;
import dev.docent.failure.Diagnosis;
import dev.docent.failure.Failure;
import dev.docent.failure.Failure.Nature;
import dev.docent.failure.FailureCode;
import dev.docent.failure.OwnWords;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Distinguishes four kinds of 429 RESOURCE_EXHAUSTED: a quota per minute, which returns soon; a
 * quota per day, which returns at midnight in California whatever {@code retryDelay} says; a limit
 * of 0, for which waiting is no use; and money that is used up, which may also come as 402. See <a
 * href="https://ai.google.dev/gemini-api/docs/rate-limits">rate limits</a> and {@code
 * google.rpc.QuotaFailure}, {@code google.rpc.RetryInfo}.
 *
 * @param key must not be repeated
 * @param clock for the time until midnight
 */
record GeminiQuota(Secret key, InstantSource clock) {
    private static final Pattern DELAY = Pattern.compile("(\\d{1,6})(?:\\.(\\d{1,9}))?s");
    private static final Pattern NO_LIMIT =
            Pattern.compile("limit: 0(?!\\d|\\.)|doesn't have a free quota tier");

    private static final Pattern MONEY =
            Pattern.compile(
                    "prepa(?:y|id)|credits? (?:are|is|balance)|spend(?:ing)? (?:cap|limit)|billing account",
                    Pattern.CASE_INSENSITIVE);

    private static final String BILLING =
            "Enable billing for the key's project at https://aistudio.google.com/apikey";

    /**
     * What an answer of status 402 or 429 means.
     *
     * @param header what the answer's header says about waiting
     */
    Failure failure(
            int status, JsonNode error, @Nullable Duration header, String noun, String model) {
        String message = error.path("message").asText();
        if (status == 402 || MONEY.matcher(message).find()) {
            return new Failure(
                    Diagnosis.GEMINI_NO_MONEY,
                    FailureCode.QUOTA_EXCEEDED,
                    Nature.EXHAUSTED,
                    noun + " cannot be used at the moment.",
                    "The money for the Gemini API is used up, or its spending cap is reached."
                            + google(message),
                    "Look at the credits at https://ai.studio/projects and at the cap at"
                            + " https://ai.studio/spend");
        }
        boolean daily = false;
        boolean none = NO_LIMIT.matcher(message).find();
        Duration delay = header;
        for (JsonNode detail : error.path("details")) {
            none |= detail.path("metadata").path("quota_limit_value").asText().equals("0");
            for (JsonNode violation : detail.path("violations")) {
                daily |= violation.path("quotaId").asText().contains("PerDay");
                none |= violation.path("quotaValue").asText().equals("0");
            }
            Matcher asked = DELAY.matcher(detail.path("retryDelay").asText());
            if (asked.matches()) {
                // Rounded up, because a retry that is too early is rejected again.
                boolean more = asked.group(2) != null;
                delay = Duration.ofSeconds(Long.parseLong(asked.group(1)) + (more ? 1 : 0));
            }
        }
        if (none) {
            return new Failure(
                    Diagnosis.GEMINI_NOT_FREE,
                    FailureCode.QUOTA_EXCEEDED,
                    Nature.MISCONFIGURED,
                    noun + " cannot be used at the moment.",
                    "The free tier does not include " + model + " (limit: 0)." + google(message),
                    BILLING + ", or choose another model");
        }
        if (daily) {
            return new Failure(
                    Diagnosis.GEMINI_DAY_USED_UP,
                    FailureCode.QUOTA_EXCEEDED,
                    Nature.EXHAUSTED,
                    noun + " has used up its quota for today; please try again tomorrow.",
                    "Gemini's quota by the day is used up for " + model + "." + google(message),
                    BILLING + ", or wait for midnight Pacific time",
                    untilMidnight());
        }
        return new Failure(
                Diagnosis.GEMINI_MINUTE_USED_UP,
                FailureCode.QUOTA_EXCEEDED,
                Nature.UNAVAILABLE,
                noun + " is asked too often right now; please try again in a minute.",
                "Gemini's quota by the minute is used up for " + model + "." + google(message),
                BILLING + " if this happens often",
                delay);
    }

    private Duration untilMidnight() {
        Instant now = clock.instant();
        ZoneId california = ZoneId.of("America/Los_Angeles");
        ZonedDateTime midnight =
                now.atZone(california).toLocalDate().plusDays(1).atStartOfDay(california);
        return Duration.between(now, midnight);
    }

    /** What Google said, to stand behind a sentence of ours; empty if it said nothing. */
    String google(String message) {
        return OwnWords.after("Google says:", message, key.reveal());
    }

    /** A message of Google's, fit to be shown. */
    String clean(String message) {
        return OwnWords.of(message, key.reveal());
    }
}
