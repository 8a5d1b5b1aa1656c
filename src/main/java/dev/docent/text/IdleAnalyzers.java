package dev.docent.text;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.Analyzer.ReuseStrategy;
import org.apache.lucene.analysis.Analyzer.TokenStreamComponents;
import org.jspecify.annotations.Nullable;

/**
 * Analyzers of one kind, each for one text at a time. By default Lucene keeps for each thread what
 * a text goes through, some 30 KB; a virtual thread would make it anew for each question and hold
 * it while an answer streams. There are as many as texts were read at once, which are no more than
 * processors, since nothing waits while it reads. Thread-safe.
 */
final class IdleAnalyzers {
    private final Queue<Analyzer> idle = new ConcurrentLinkedQueue<>();
    private final Function<ReuseStrategy, Analyzer> kind;

    IdleAnalyzers(Function<ReuseStrategy, Analyzer> kind) {
        this.kind = kind;
    }

    /** One for the caller alone. */
    Analyzer take() {
        Analyzer one = idle.poll();
        return one == null ? kind.apply(new Kept()) : one;
    }

    /** Takes it back when its text was read to the end. */
    void giveBack(Analyzer one) {
        idle.add(one);
    }

    /** Keeps the components of one analyzer, whatever thread uses it. */
    private static final class Kept extends ReuseStrategy {
        private @Nullable TokenStreamComponents components;

        @Override
        public @Nullable TokenStreamComponents getReusableComponents(Analyzer of, String field) {
            return components;
        }

        @Override
        public void setReusableComponents(
                Analyzer of, String field, TokenStreamComponents components) {
            this.components = components;
        }
    }
}
