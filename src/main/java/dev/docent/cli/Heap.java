package dev.docent.cli;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Has garbage collected before the heap grows for it, so that the process holds what its site and
 * its readers need, and not what the largest heap allows: the serial collector lets garbage pile up
 * among the old objects until that is full. Other collectors look after themselves, and nothing is
 * done for them. Not thread-safe.
 */
final class Heap {
    /** The old objects of the serial collector. */
    private static final String OLD = "Tenured Gen";

    private static final Duration LOOK = Duration.ofMillis(250);

    /** How long a little garbage may lie about. */
    private static final Duration LONG = Duration.ofMinutes(1);

    private static final long MEGABYTE = 1024 * 1024;
    private static final long LITTLE = 16 * MEGABYTE;
    private static final long MUCH = 48 * MEGABYTE;

    private final LongSupplier used;
    private final Runnable collection;
    private final InstantSource clock;
    private long kept;
    private Instant collectedAt;

    /**
     * @param used bytes that old objects take, garbage included
     */
    Heap(LongSupplier used, Runnable collection, InstantSource clock) {
        this.used = used;
        this.collection = collection;
        this.clock = clock;
        collectedAt = clock.instant();
        kept = used.getAsLong();
    }

    /** Looks after the heap of this process until that ends. */
    static void keepSmall() {
        // Virtual threads wait for their turn among all readers.
        Thread.ofPlatform().daemon().name("heap").start(Heap::watch);
    }

    private static void watch() {
        Optional<MemoryPoolMXBean> old =
                ManagementFactory.getMemoryPoolMXBeans().stream()
                        .filter(pool -> pool.getName().equals(OLD))
                        .findFirst();
        if (old.isEmpty()) {
            return;
        }
        LongSupplier used = () -> old.get().getUsage().getUsed();
        Heap heap = new Heap(used, System::gc, InstantSource.system());
        try {
            while (true) {
                Thread.sleep(LOOK);
                heap.look();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Collects, if there may be as much garbage as there is else: a pause is as long as what is
     * kept takes, and with half of it, 1000 readers waited twice as often.
     */
    void look() {
        long grown = used.getAsLong() - kept;
        boolean late = clock.instant().isAfter(collectedAt.plus(LONG));
        if (grown > Math.max(MUCH, kept) || (late && grown > LITTLE)) {
            collection.run();
            kept = used.getAsLong();
            collectedAt = clock.instant();
        }
    }
}
