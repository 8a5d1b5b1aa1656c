package dev.docent.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.docent.chat.Conversations;
import dev.docent.chat.Exchange;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.SynchronousQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetentionTest {
    private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");
    private static final Duration LONG = Duration.ofMinutes(1);

    private final BlockingQueue<Duration> pauses = new SynchronousQueue<>();

    @TempDir private Path folder;

    @Test
    void deletesWhatIsOldAfterTheStartAndThenOnceADay() throws Exception {
        try (DatabaseConversations conversations =
                DatabaseConversations.h2(
                        folder, new DatabaseSettings.Limits(2, LONG, LONG, LONG, LONG, LONG))) {
            List<UUID> old = new ArrayList<>();
            for (int n = 0; n < 150; n++) {
                old.add(store(conversations, NOW.minus(Duration.ofDays(31))));
            }
            UUID recent = store(conversations, NOW.minus(Duration.ofDays(29)));
            try (Retention _ =
                    new Retention(conversations, Duration.ofDays(30), () -> NOW, pauses::put)) {
                assertThat(pauses.take()).isEqualTo(Duration.ofMinutes(1));
                assertThat(pauses.take()).isLessThan(Duration.ofSeconds(1));
                assertThat(pauses.take()).isLessThan(Duration.ofSeconds(1));
                assertThat(pauses.take()).isEqualTo(Duration.ofDays(1));
            }
            assertThat(old).allMatch(id -> conversations.messages(id).isEmpty());
            assertThat(conversations.messages(recent)).isPresent();
        }
    }

    private static UUID store(Conversations conversations, Instant at) {
        UUID id = UUID.randomUUID();
        conversations.store(
                new Exchange(
                        id,
                        UUID.randomUUID(),
                        UUID.randomUUID(),
                        "question",
                        at,
                        "answer",
                        List.of(),
                        at,
                        false));
        return id;
    }
}
