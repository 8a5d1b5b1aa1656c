package dev.docent.logging;

import java.util.logging.LogManager;

/**
 * The JDK's log manager, except that it does not fall silent when the process begins to end: the
 * JDK takes all handlers away in a shutdown hook of its own, beside the one in which a service
 * still has something to say. Named by the system property {@code java.util.logging.manager}.
 */
public final class SteadyLogManager extends LogManager {

    /** Created by the JDK, once. */
    public SteadyLogManager() {}

    @Override
    public void reset() {
        // Only configuring may take handlers away, see clear().
    }

    void clear() {
        super.reset();
    }
}
