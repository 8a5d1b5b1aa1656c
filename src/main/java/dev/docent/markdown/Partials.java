package dev.docent.markdown;

import java.util.Optional;

/** Finds what a page imports and shows as a part of itself: other pages, and files of code. */
@FunctionalInterface
public interface Partials {
    /** Finds nothing. */
    Partials NONE = module -> Optional.empty();

    /** The page that a module name stands for; empty if it is not a page or cannot be read. */
    Optional<Partial> find(String module);

    /** The text of a file that is imported as it is; empty if it is not, or cannot be read. */
    default Optional<String> code(String module) {
        return Optional.empty();
    }

    /** Notes that a tag or brace in a line of the page, from 1, never ends. */
    default void unclosed(int line) {}

    /**
     * A page that is shown within another.
     *
     * @param source its text without front matter
     * @param dialect what it is written in
     * @param partials what it imports itself
     */
    record Partial(String source, Dialect dialect, Partials partials) {}
}
