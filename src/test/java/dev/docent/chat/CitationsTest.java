package dev.docent.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CitationsTest {
    private static final String ANSWER =
            "Use `[x]` 🚀 [Source 3]. See [Sources 1, 3 and 2] or 【source 4】, not [1], [Source], "
                    + "[Source x] nor a[Source 5]b; [Source 9, 2] é\uD83D\uDE80[SOURCE 1-3]";
    private static final String SEEN =
            "Use `[x]` 🚀 [Source 1]. See [Source 2] [Source 1] [Source 3] or [Source 4], not [1], "
                    + "[Source], [Source x] nor a[Source 5]b; [Source 3] é🚀[Source 2] [Source 3]"
                    + " [Source 1]";

    @Test
    void numbersCitationsInTheOrderOfTheirFirstUse() {
        Citations citations = new Citations(5);
        assertThat(all(citations, List.of(ANSWER))).isEqualTo(SEEN);
        assertThat(citations.cited()).containsExactly(2, 0, 1, 3, 4);
    }

    @Test
    void givesTheSameWhereverTheAnswerIsSplit() {
        for (int i = 0; i <= ANSWER.length(); i++) {
            for (int j = i; j <= ANSWER.length(); j++) {
                List<String> pieces =
                        List.of(
                                ANSWER.substring(0, i),
                                ANSWER.substring(i, j),
                                ANSWER.substring(j));
                assertThat(all(new Citations(5), pieces)).as("%d, %d", i, j).isEqualTo(SEEN);
            }
        }
        assertThat(all(new Citations(5), ANSWER.chars().mapToObj(Character::toString).toList()))
                .isEqualTo(SEEN);
    }

    @Test
    void neverEndsAPieceWithinACodePoint() {
        Citations citations = new Citations(1);
        for (int i = 0; i < ANSWER.length(); i++) {
            String piece = citations.accept(ANSWER.substring(i, i + 1));
            if (!piece.isEmpty()) {
                assertThat(Character.isHighSurrogate(piece.charAt(piece.length() - 1))).isFalse();
                assertThat(Character.isLowSurrogate(piece.charAt(0))).isFalse();
            }
        }
    }

    @Test
    void passesPiecesWithoutCitationsOneToOne() {
        Citations citations = new Citations(3);
        List<String> pieces =
                List.of("Physical AI is ", "a", "\n\n", " field", "(x)", "]", "…", " ");
        assertThat(pieces.stream().map(citations::accept)).containsExactlyElementsOf(pieces);
        assertThat(citations.finish()).isEmpty();
        assertThat(citations.cited()).isEmpty();
    }

    @Test
    void holdsBackHalfACitationWithTheSpaceBeforeIt() {
        Citations citations = new Citations(3);
        assertThat(citations.accept("It is so [Sou")).isEqualTo("It is so");
        assertThat(citations.accept("rce 2")).isEmpty();
        assertThat(citations.accept("]. And")).isEqualTo(" [Source 1]. And");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "It is so [Source 9].",
                "It is so [Source 0].",
                "It is so [Sources 4, 5 and 99999999999999999999].",
                "It is so [Source 4-9].",
                "It is so 【Source 4】."
            })
    void dropsNumbersThatDoNotExistWithTheSpaceBeforeThem(String answer) {
        Citations citations = new Citations(3);
        assertThat(all(citations, List.of(answer))).isEqualTo("It is so.");
        assertThat(citations.cited()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[Source 2, Source 1]|[Source 1] [Source 2]",
                "[Source 2, source #1]|[Source 1] [Source 2]",
                "[Source 2][Source 1]|[Source 1][Source 2]",
                "[Source: 2]|[Source 1]",
                "[Sources 1–3]|[Source 1] [Source 2] [Source 3]",
                "[Source 2, 2, 2]|[Source 1]",
                "[Source 3 & 2; 7]|[Source 1] [Source 2]",
                "[ source  2 ]|[Source 1]",
                "[Source 3-1]|[Source 1] [Source 2]"
            })
    void understandsTheFormsThatModelsWrite(String written, String seen) {
        assertThat(all(new Citations(3), List.of(written))).isEqualTo(seen);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a[0] and [1], [2]",
                "[Source](x.md)",
                "[Source code 3]",
                "[Source\u00a01]",
                "[Resource 1]",
                "[[Source x",
                "- [ ] task [x] done [",
            })
    void leavesAloneWhatIsNoCitation(String text) {
        assertThat(all(new Citations(3), List.of(text))).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"So it is [", "So it is [so"})
    void givesBackAtTheEndWhatBecameNoCitation(String text) {
        assertThat(all(new Citations(3), List.of(text))).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"So it is [Source", "So it is [Source 1", "So it is [Source 1, "})
    void dropsACitationThatNeverEnds(String text) {
        assertThat(all(new Citations(3), List.of(text))).isEqualTo("So it is");
    }

    @Test
    void writesHalfACharacterAtTheEndAsTheReplacementCharacter() {
        assertThat(all(new Citations(0), List.of("a\uD83D"))).isEqualTo("a\ufffd");
    }

    @Test
    void numbersCitationsWithinCodeToo() {
        assertThat(all(new Citations(3), List.of("```\n# [Source 3]\n```\n`[Source 2]`")))
                .isEqualTo("```\n# [Source 1]\n```\n`[Source 2]`");
    }

    @Test
    void boundsWhatItHoldsBack() {
        Citations citations = new Citations(3);
        int sent = 0;
        int given = 0;
        for (String piece : List.of("[Source 1", ", 1".repeat(200), " ".repeat(5000), "1]")) {
            sent += citations.accept(piece).length();
            given += piece.length();
            assertThat(given - sent).isLessThan(200);
        }
    }

    @Test
    void anEndlessCitationIsMadeToLookUnlikeOne() {
        String endless = "[Source " + "0".repeat(200) + "1]";
        assertThat(all(new Citations(3), List.of(endless)))
                .isEqualTo("[Source\u00a0" + "0".repeat(200) + "1]");
    }

    @Test
    void takesTimeInLineWithTheLengthOfHostileAnswers() {
        for (String text :
                List.of(
                        "[".repeat(100_000),
                        "[Source 1".repeat(100_000),
                        "[Source " + "1, ".repeat(300_000),
                        "word ".repeat(200_000),
                        " [".repeat(100_000))) {
            Citations whole = new Citations(3);
            String expected = all(whole, List.of(text));
            assertThat(expected).hasSizeGreaterThan(text.length() - 200);
            List<String> single = text.chars().mapToObj(Character::toString).toList();
            assertThat(all(new Citations(3), single)).isEqualTo(expected);
        }
    }

    private static String all(Citations citations, List<String> pieces) {
        List<String> seen = new ArrayList<>();
        pieces.forEach(piece -> seen.add(citations.accept(piece)));
        seen.add(citations.finish());
        return String.join("", seen);
    }
}
