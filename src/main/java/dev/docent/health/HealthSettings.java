package dev.docent.health;

import dev.docent.config.SettingsReader;
import java.time.Duration;

/**
 * How often dependencies are probed.
 *
 * @param interval time between two probes
 * @param timeout how long a probe may take
 * @param databaseInterval time between two probes of a database that may sleep
 */
public record HealthSettings(Duration interval, Duration timeout, Duration databaseInterval) {

    /** How long the call of a look may take, so that it ends with a cause before the look does. */
    public Duration callTimeout() {
        return timeout.multipliedBy(9).dividedBy(10);
    }

    /** Reads {@code health.*}. */
    public static HealthSettings read(SettingsReader in) {
        return new HealthSettings(
                in.duration("health.interval", Duration.ofSeconds(1), Duration.ofHours(1)),
                in.duration("health.timeout", Duration.ofMillis(100), Duration.ofMinutes(1)),
                in.duration("health.database-interval", Duration.ofSeconds(1), Duration.ofDays(1)));
    }
}
