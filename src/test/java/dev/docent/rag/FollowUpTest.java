package dev.docent.rag;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FollowUpTest {
    private static final List<Turn> HISTORY =
            List.of(new Turn("does the default theme come with dark mode?", "Yes, in the navbar."));

    @Test
    void addsTheTopicOfTheLastQuestion() {
        assertThat(FollowUp.standalone(HISTORY, "and how do I switch that off completely?"))
                .isEqualTo("and how do I switch that off completely? (default theme dark mode)");
    }

    @Test
    void reachesBackOverQuestionsThatLeanOnEarlierOnes() {
        List<Turn> history =
                List.of(HISTORY.getFirst(), new Turn("and how do I change its colors?", "Like so"));
        assertThat(FollowUp.standalone(history, "why?"))
                .isEqualTo("why? (change colors default theme dark mode)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "does it work offline?",
                "what about mobile?",
                "and for macOS?",
                "why?",
                "how on Windows?",
                "is that possible",
                "how do I change this",
                "und auf dem Handy?",
                "how do I install them from source",
            })
    void noticesAQuestionThatLeansOnTheConversation(String question) {
        assertThat(FollowUp.standalone(HISTORY, question)).contains("(default theme dark mode");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "how do I deploy to Netlify?",
                "files that start with underscore are missing from my site",
                "make sure that the build is reproducible",
                "is there a search plugin?",
                "which node version do I need",
                "wie installiere ich das Plugin?",
                "如何部署到服务器",
            })
    void leavesAQuestionThatStandsAlone(String question) {
        assertThat(FollowUp.standalone(HISTORY, question)).isEqualTo(question);
        assertThat(FollowUp.standalone(List.of(), "why?")).isEqualTo("why?");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "How is dark mode switched off?|How is dark mode switched off?",
                "\"How is it done?\"|How is it done?"
            })
    void readsTheFirstLineOfAModel(String output, String read) {
        assertThat(FollowUp.parse("\n" + output + "\nBecause.", "question")).isEqualTo(read);
    }

    @Test
    void keepsTheQuestionWhenAModelWritesNothingOfUse() {
        assertThat(FollowUp.parse(" \n***\n", "question")).isEqualTo("question");
        assertThat(FollowUp.parse(" ".repeat(100_000) + "x", "question")).isEqualTo("question");
        assertThat(FollowUp.parse("word ".repeat(200), "question")).isEqualTo("question");
    }
}
