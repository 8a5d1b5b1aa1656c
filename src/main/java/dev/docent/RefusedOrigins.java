package dev.docent;

import dev.docent.failure.Diagnosis;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The allowed origins, with a line in the log for each other one when it comes for the first time:
 * the owner of a site that is refused reads there what to add. Thread-safe.
 */
final class RefusedOrigins implements Predicate<String> {
    private static final Logger LOG = LoggerFactory.getLogger("origins");

    /** Anybody can send any origin, so that not each can have a line. */
    private static final int MOST = 50;

    private static final int LONGEST = 200;

    private final Predicate<String> allowed;
    private final String list;
    private final Set<String> told = ConcurrentHashMap.newKeySet();

    /** Tells what {@code allowed} refuses, with the list of what it does not. */
    RefusedOrigins(Predicate<String> allowed, List<String> entries) {
        this.allowed = allowed;
        this.list = entries.isEmpty() ? "which is empty" : String.join(", ", entries);
    }

    @Override
    public boolean test(String origin) {
        boolean welcome = allowed.test(origin);
        if (!welcome && told.size() < MOST && told.add(shown(origin))) {
            LOG.warn(
                    "origin {} is not in ALLOWED_ORIGINS ({}); add it if the site is yours{} ({})",
                    shown(origin),
                    list,
                    told.size() < MOST ? "" : ". Further origins are not told",
                    Diagnosis.ORIGIN_REFUSED.code());
        }
        return welcome;
    }

    private static String shown(String origin) {
        String line = origin.replaceAll("[^\\x21-\\x7e]", "?");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    }
}
