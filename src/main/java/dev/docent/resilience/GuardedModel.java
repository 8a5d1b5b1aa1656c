package dev.docent.resilience;

import dev.docent.rag.FollowUp;
import dev.docent.rag.LanguageModel;
import dev.docent.rag.ModelRequest;
import dev.docent.rag.Turn;
import java.util.List;

/** A language model with a breaker for answers. */
public record GuardedModel(LanguageModel model, Breaker breaker) implements LanguageModel {
    @Override
    public String name() {
        return model.name();
    }

    @Override
    public boolean generative() {
        return model.generative();
    }

    @Override
    public void answer(ModelRequest request, Output sink) {
        breaker.call(() -> {
            model.answer(request, sink);
            return true;
        });
    }

    /**
     * Does not pass the breaker, because it never fails; while that is open, the model is not
     * asked.
     */
    @Override
    public String standalone(List<Turn> history, String question) {
        return breaker.openFailure().isPresent()
                ? FollowUp.standalone(history, question)
                : model.standalone(history, question);
    }

    @Override
    public void check() {
        model.check();
    }

    @Override
    public void close() {
        model.close();
    }
}
