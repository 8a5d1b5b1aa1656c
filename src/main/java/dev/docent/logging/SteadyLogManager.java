package dev.docent.logging;

import java.util.logging.LogManager;

/**
 * The JDK's log manager, except that it keeps logging during shutdown. The JDK removes all handlers
 * in a shutdown hook, while the service still logs. Named by the system property {@code
 * java.util.logging.manager}.
 */
public final class SteadyLogManager extends LogManager {

    /** Created by the JDK, once. */
    public SteadyLogManager() {}

    @Override
    public void reset() {
        // Only clear() removes handlers.
    }

    void clear() {
        super.reset();
    }
}
