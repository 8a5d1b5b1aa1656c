package dev.docent.markdown;

import java.util.Optional;

/** Finds the pages that a page imports to show within itself. */
@FunctionalInterface
public interface Partials {
    /** None at all. */
    Partials NONE = module -> Optional.empty();

    /** The page behind the name of a module; empty where it is none, or cannot be read. */
    Optional<Partial> find(String module);

    /**
     * A page that is shown within another.
     *
     * @param source its text without front matter
     * @param dialect what it is written in
     * @param partials what it imports itself
     */
    record Partial(String source, Dialect dialect, Partials partials) {}
}
