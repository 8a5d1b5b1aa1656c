package dev.docent.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SearchesTest {
    private final List<String> order = new CopyOnWriteArrayList<>();
    private final List<Thread> asking = new ArrayList<>();

    @Test
    void whoHasSearchesWaitingComesAfterThoseWhoHaveNone() throws InterruptedException {
        CountDownLatch go = new CountDownLatch(1);
        try (Searches searches = new Searches(1)) {
            ask(searches, "greedy", "first", go);
            for (String one : List.of("second", "third", "fourth")) {
                ask(searches, "greedy", one, go);
            }
            ask(searches, "honest", "honest", go);
            ask(searches, "", "unknown", go);
            ask(searches, "", "unknown, too", go);
            go.countDown();
            for (Thread one : asking) {
                one.join();
            }
            assertThat(order)
                    .containsExactly(
                            "first",
                            "honest",
                            "unknown",
                            "unknown, too",
                            "second",
                            "third",
                            "fourth");
        }
    }

    /** Returns when the search waits or runs. */
    private void ask(Searches searches, String reader, String name, CountDownLatch go) {
        long before = searches.taken();
        asking.add(
                Thread.ofVirtual()
                        .start(() ->
                                searches.forAnswer(
                                        reader,
                                        () -> {
                                            await(go);
                                            return order.add(name);
                                        })));
        while (searches.taken() == before && asking.getLast().isAlive()) {
            Thread.onSpinWait();
        }
    }

    private static void await(CountDownLatch go) {
        try {
            assertThat(go.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
