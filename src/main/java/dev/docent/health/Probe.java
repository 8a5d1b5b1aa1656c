package dev.docent.health;

import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;

/**
 * One question to one dependency: are you there, and would you work?
 *
 * @param name what the report calls the dependency, for example {@code qdrant}
 * @param wellWord the report's {@code status} when all is well: {@code connected} or {@code ok}
 * @param interval time between two probes; real traffic that succeeded counts as one
 * @param check returns what was found, as members of the report; throws {@link
 *     dev.docent.failure.DependencyException} when the dependency would not work; must end when its
 *     thread is interrupted
 */
public record Probe(
        String name, String wellWord, Duration interval, Supplier<Map<String, Object>> check) {}
