package dev.docent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class HeapTest {
    private static final long MEGABYTE = 1024 * 1024;

    private Instant now = Instant.parse("2026-11-30T23:00:00Z");
    private long live = 20;
    private long garbage;
    private int collections;
    private final Heap heap = new Heap(() -> (live + garbage) * MEGABYTE, this::collect, () -> now);

    @Test
    void collectsMuchGarbageAtOnce() {
        garbage = 48;
        heap.look();
        assertThat(collections).isZero();
        garbage = 49;
        heap.look();
        assertThat(collections).isEqualTo(1);
        assertThat(garbage).isZero();
        heap.look();
        assertThat(collections).isEqualTo(1);
    }

    @Test
    void letsAsMuchPileUpAsIsNeededWhereMuchIsNeeded() {
        live = 200;
        heap.look();
        assertThat(collections).isEqualTo(1);
        garbage = 200;
        heap.look();
        assertThat(collections).isEqualTo(1);
        garbage = 201;
        heap.look();
        assertThat(collections).isEqualTo(2);
    }

    @Test
    void collectsALittleGarbageAfterAWhileAndNoneNever() {
        garbage = 17;
        heap.look();
        assertThat(collections).isZero();
        now = now.plus(Duration.ofSeconds(61));
        heap.look();
        assertThat(collections).isEqualTo(1);
        garbage = 16;
        now = now.plus(Duration.ofHours(1));
        heap.look();
        assertThat(collections).isEqualTo(1);
    }

    private void collect() {
        garbage = 0;
        collections++;
    }
}
