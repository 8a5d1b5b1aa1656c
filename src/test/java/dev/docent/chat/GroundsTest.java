package dev.docent.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.docent.rag.Passage;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class GroundsTest {
    private static final List<Passage> PASSAGES =
            List.of(
                    passage("The index is kept on disk and opened again after a restart."),
                    passage(
                            "Readers are answered from the passages that the retriever finds. An"
                                    + " answer without evidence is refused in one short sentence."));

    @Test
    void findsThePassagesThatSentencesRestOn() {
        String answer =
                "An answer without evidence is refused with one short sentence. After a restart,"
                        + " the index kept on disk is opened again.";
        assertThat(Grounds.of(answer, PASSAGES)).containsExactly(1, 0);
    }

    @Test
    void findsNoneWhereOnlyTheTopicIsShared() {
        assertThat(
                        Grounds.of(
                                "The documentation does not say how a reader refuses an answer of"
                                        + " the retriever after a restart.",
                                PASSAGES))
                .isEmpty();
    }

    @Test
    void findsNoneForAFewWords() {
        assertThat(Grounds.of("The index is kept on disk.", PASSAGES)).isEmpty();
        assertThat(Grounds.of("", PASSAGES)).isEmpty();
    }

    private static Passage passage(String text) {
        return new Passage(new UUID(0, 0), "docs/a.md", "A", List.of(), "", null, 0, text, 0);
    }
}
