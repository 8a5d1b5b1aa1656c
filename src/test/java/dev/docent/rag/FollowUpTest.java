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
    @ValueSource(
            strings = {
                "How do I deploy the site to GitHub Pages?",
                "Which environment variables does the scheduler read?",
                "What is the difference between a preset and a plugin?",
                "log severity is always INFO in stackdriver",
                "css is missing on github pages, files beginning with _ are 404",
                "Can I use TypeScript in the configuration file?",
                "is there a way to rotate the signing key without downtime?",
            })
    void knowsAQuestionThatNeedsNoModelToBeComplete(String question) {
        assertThat(FollowUp.standsAlone(question)).isTrue();
    }

    /** Whatever may lean on the conversation goes to the model. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "?",
                "why?",
                "and in YAML?",
                "and how do I switch that off completely?",
                "does it also read environment variables from a file?",
                "How do I configure the same thing in TypeScript?",
                "Which of these options is best for large repositories?",
                "what are the default values?",
                "what is the maximum size?",
                "how do I change the colour instead of the font size?",
                "What is the second step of the installation procedure?",
                "Which plugin version is faster, the latter or the former?",
                "is there another plugin for local search indexes?",
                "show me an example with a custom domain name",
                "latex formulas",
                "Wie setze ich den Schlüssel in der Konfiguration?",
                "¿Cómo configuro la clave del servidor de producción?",
                "如何部署到服务器",
                "das geht auf dem Server mit Docker leider nicht",
            })
    void asksTheModelWhereAQuestionMayLeanOnTheConversation(String question) {
        assertThat(FollowUp.standsAlone(question)).isFalse();
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
