package dev.docent.connection;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** How many connections this process can hold open. */
public final class Capacity {
    /** Bytes of heap: a head of 48 KiB, and what Helidon and the JDK keep beside it. */
    private static final long HEAP_OF_ONE = 64 * 1024;

    private static final int LEAST = 16;

    private Capacity() {}

    /**
     * As many as are wanted, but half of the heap and half of the files that may be opened are for
     * other things: one failed accept and Helidon 4.5 closes the port.
     */
    public static int of(int wanted) {
        return of(wanted, Runtime.getRuntime().maxMemory(), freeFiles());
    }

    static int of(int wanted, long heap, long files) {
        long most = Math.min(heap / 2 / HEAP_OF_ONE, files / 2);
        return (int) Math.max(LEAST, Math.min(wanted, most));
    }

    private static long freeFiles() {
        return ManagementFactory.getOperatingSystemMXBean()
                        instanceof UnixOperatingSystemMXBean unix
                ? unix.getMaxFileDescriptorCount() - unix.getOpenFileDescriptorCount()
                : Long.MAX_VALUE;
    }
}
