package dev.docent.retrieval;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/** A filter for one sequential stream that keeps the first of those that share a key. */
final class Distinct {
    private Distinct() {}

    static <T> Predicate<T> by(Function<? super T, ?> key) {
        Set<Object> seen = new HashSet<>();
        return element -> seen.add(key.apply(element));
    }
}
