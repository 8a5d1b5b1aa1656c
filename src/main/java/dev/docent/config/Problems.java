package dev.docent.config;

import dev.docent.failure.Diagnosis;
import java.util.ArrayList;
import java.util.List;

/**
 * Collects the problems and warnings while the configuration is read, in the order found, so that
 * all are reported at once. Not thread-safe.
 */
public final class Problems {
    private final List<Problem> problems = new ArrayList<>();
    private final List<Problem> warnings = new ArrayList<>();

    /** Adds what keeps the service from starting. */
    public void problem(Diagnosis diagnosis, String headline, String remedy) {
        problems.add(new Problem(diagnosis, headline, remedy));
    }

    /** Adds what the owner should know although the service starts. */
    public void warning(Diagnosis diagnosis, String headline, String remedy) {
        warnings.add(new Problem(diagnosis, headline, remedy));
    }

    /** What keeps the service from starting. */
    public List<Problem> problems() {
        return List.copyOf(problems);
    }

    /** What was cleaned, or looks wrong but may work. */
    public List<Problem> warnings() {
        return List.copyOf(warnings);
    }

    /** Whether the service may start. */
    public boolean none() {
        return problems.isEmpty();
    }
}
