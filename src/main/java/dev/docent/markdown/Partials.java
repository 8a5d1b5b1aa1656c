package dev.docent.markdown;

import java.util.Optional;

/** Finds partials: the pages that a page imports and shows as a part of itself. */
@FunctionalInterface
public interface Partials {
    /** Finds nothing. */
    Partials NONE = module -> Optional.empty();

    /** The page that a module name stands for; empty if it is not a page or cannot be read. */
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
