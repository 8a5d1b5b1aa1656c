package dev.docent.retrieval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.docent.rag.Candidates;
import dev.docent.rag.Passage;
import dev.docent.text.Words;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {
    private static final Passage PASSAGE =
            new Passage(
                    Passage.idOf("docs/brew.md", "", 0),
                    "docs/brew.md",
                    "Brewing",
                    List.of("Options"),
                    "options",
                    null,
                    0,
                    "Set `fermentationDays` in `recipe.yaml`, or run `brew start --dry-run`."
                            + " The kettle is `themeConfig: {kettle: {maxHeat: 80}}`; see"
                            + " `brew_log` and the low-alcohol plugin.",
                    40);

    /** What an index of that passage alone finds for a question. */
    private static Names names(String question) {
        Set<String> there = Set.copyOf(Words.terms(PASSAGE.place() + "\n" + PASSAGE.text()));
        Map<String, Double> idf =
                Words.asked(question, 64).stream()
                        .map(Words.Token::term)
                        .distinct()
                        .collect(Collectors.toMap(term -> term, _ -> 1.0));
        Set<String> unknown =
                idf.keySet().stream()
                        .filter(term -> !there.contains(term))
                        .collect(Collectors.toSet());
        return Names.of(question, new Candidates(List.of(), idf, unknown), List.of(PASSAGE));
    }

    private static Set<String> absent(String question) {
        return names(question).absent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "what does maxBubbles do",
                "brew start --turbo",
                "hop_budget in the recipe",
                "themeConfig.kettle.sunsetAware",
                "Kettle::teleportNow()",
                "set `autoDrink` to true"
            })
    void isWhatStandsNowhere(String question) {
        assertThat(absent(question)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "what does fermentationDays do",
                "fermentation_days",
                "fermentatoinDays",
                "themeConfig.kettle.maxHeat",
                "brew start --dry-run",
                "brew_logs",
                "why is docs/myNewPage.md not found",
                "https://myBeer.example.com/a_b shows nothing",
                "my file ./src/myBrew.js",
                "write to jane_doe@example.com",
                "version 2.0 to 3.1",
                "GitHub?",
                "what is an end-to-end test"
            })
    void isNotWhatIsThereOrMistypedOrTheReadersOwn(String question) {
        assertThat(absent(question)).filteredOn(name -> !name.equals("GitHub")).isEmpty();
    }

    @Test
    void hasHyphensUnlessItIsEnglish() {
        assertThat(absent("the plugin-poll")).containsExactly("plugin-poll");
        assertThat(absent("@brewery/plugin-poll options")).containsExactly("plugin-poll");
        assertThat(absent("the low-alcohol plugin")).isEmpty();
        assertThat(absent("a step-by-step guide to real-time self-hosting, opt-out, built-in"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "puis-je changer la température de la cuve",
                "pourquoi mes bières sont-elles plates",
                "é-se de onde vem o malte"
            })
    void hasNoHyphensInOtherLanguages(String question) {
        assertThat(absent(question)).isEmpty();
    }

    @Test
    void areHalfKnownWhereAnotherIsThere() {
        Names both = names("set fermentationDays and maxBubbles");
        assertThat(both.absent()).containsExactly("maxBubbles");
        assertThat(both.known()).isTrue();
        assertThat(names("what does maxBubbles do").known()).isFalse();
        assertThat(names("maxBubbles in TypeScript").known()).isFalse();
        assertThat(names("maxBubbles in recipe.yaml").known()).isFalse();
        assertThat(names("brew start --dry-run --turbo").known()).isTrue();
    }

    @Test
    void isNothingWhereTheIndexDoesNotTellItsTerms() {
        assertThat(
                        Names.of(
                                        "maxBubbles",
                                        new Candidates(List.of(), Map.of()),
                                        List.of(PASSAGE))
                                .absent())
                .isEmpty();
    }
}
