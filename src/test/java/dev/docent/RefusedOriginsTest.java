package dev.docent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RefusedOriginsTest {
    private static final String SITE = "https://my-book.dev";

    private final List<String> lines = new ArrayList<>();
    private final Logger log = Logger.getLogger("origins");
    private final RefusedOrigins origins = new RefusedOrigins(SITE::equals, List.of(SITE));
    private final Handler handler =
            new Handler() {
                @Override
                public void publish(LogRecord event) {
                    lines.add(new SimpleFormatter().formatMessage(event));
                }

                @Override
                public void flush() {}

                @Override
                public void close() {}
            };

    @BeforeEach
    void listen() {
        // Another test may have left the log at a level of its own.
        log.setLevel(Level.WARNING);
        log.addHandler(handler);
    }

    @AfterEach
    void stop() {
        log.removeHandler(handler);
        log.setLevel(null);
    }

    @Test
    void tellsEachOriginOnceWithWhatIsAllowed() {
        assertThat(origins.test(SITE)).isTrue();
        assertThat(origins.test("https://www.my-book.dev")).isFalse();
        assertThat(origins.test("https://www.my-book.dev")).isFalse();
        assertThat(origins.test("null")).isFalse();
        assertThat(lines)
                .containsExactly(
                        "origin https://www.my-book.dev is not in ALLOWED_ORIGINS"
                                + " (https://my-book.dev); add it if the site is yours (DOCENT-104)",
                        "origin null is not in ALLOWED_ORIGINS (https://my-book.dev); add it if the"
                                + " site is yours (DOCENT-104)");
    }

    @Test
    void isBounded() {
        for (int i = 0; i < 500; i++) {
            origins.test("https://" + i + ".example/\u001b[31m" + "x".repeat(10_000));
        }
        assertThat(lines).hasSize(50);
        assertThat(lines).allMatch(line -> line.length() < 400 && !line.contains("\u001b"));
        assertThat(lines.getLast()).endsWith("Further origins are not told (DOCENT-104)");
    }
}
