package dev.docent.health;

import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A check of one dependency.
 *
 * @param name what the report calls the dependency, for example {@code qdrant}
 * @param wellWord the report's {@code status} of a working dependency: {@code connected} or {@code
 *     ok}
 * @param interval time between two probes; a real call that succeeded counts as one
 * @param check returns details for the report; throws {@link
 *     dev.docent.failure.DependencyException} if the dependency does not work; must end when its
 *     thread is interrupted
 */
public record Probe(
        String name, String wellWord, Duration interval, Supplier<Map<String, Object>> check) {}
