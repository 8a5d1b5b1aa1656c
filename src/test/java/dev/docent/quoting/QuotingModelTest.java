package dev.docent.quoting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.docent.rag.ModelRequest;
import dev.docent.rag.Passage;
import dev.docent.rag.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

class QuotingModelTest {
    private static final Passage ORIGINS =
            passage(
                    "Configuration",
                    "Allowed origins",
                    """
                    The service answers only pages of the sites that you name. Set `ALLOWED_ORIGINS` \
                    to the address of your site, for example:

                    ```sh
                    ALLOWED_ORIGINS=https://my-book.vercel.app

                    # several, see [Source 1]
                    ALLOWED_ORIGINS=https://a.example, https://b.example
                    ```

                    A trailing slash is cleaned, see [the rules](../rules.md).
                    """);
    private static final Passage LIMITS =
            passage(
                    "Configuration",
                    "Limits",
                    """
                    | Setting | Default | Meaning |
                    | --- | --- | --- |
                    | `chat.timeout` | 60 s | time for an answer |
                    | `chat.readers` | 300 | readers at once |

                    - Heap: 256 MB is enough.
                    - Disk: the index is small.
                    """);

    private final QuotingModel model = new QuotingModel(QuotingModel.NOTICE, new Quotes());

    @Test
    void quotesTheSentenceWithTheCodeThatItIntroduces() {
        assertThat(answer(general("how do I set ALLOWED_ORIGINS?", ORIGINS, LIMITS)))
                .isEqualTo(
                        """
                        No language model is attached, so this answer is made of quotes.

                        **Allowed origins**

                        The service answers only pages of the sites that you name. Set \
                        `ALLOWED_ORIGINS` to the address of your site, for example:

                        ```sh
                        ALLOWED_ORIGINS=https://my-book.vercel.app

                        # several, see [Source\u00a01]
                        ALLOWED_ORIGINS=https://a.example, https://b.example
                        ```

                        A trailing slash is cleaned, see the rules. [Source 1]\
                        """);
    }

    @Test
    void quotesARowWithTheHeaderOfItsTable() {
        assertThat(answer(general("how many readers at once?", ORIGINS, LIMITS)))
                .contains(
                        """
                        | Setting | Default | Meaning |
                        | --- | --- | --- |
                        | `chat.readers` | 300 | readers at once |

                        [Source 2]\
                        """);
    }

    @Test
    void answersFromTheSelectionWithoutCitations() {
        ModelRequest request =
                new ModelRequest(
                        "what is cleaned?",
                        "what is cleaned?",
                        List.of(),
                        List.of(),
                        ORIGINS.text());
        assertThat(answer(request))
                .contains("A trailing slash is cleaned, see the rules.")
                .doesNotContain("[Source 1]", "**");
    }

    @Test
    void searchesTheStandaloneQuestion() {
        List<Turn> history = List.of(new Turn("How do I set ALLOWED_ORIGINS?", "Like so."));
        String standalone = model.standalone(history, "and what about a trailing slash?");
        ModelRequest request =
                new ModelRequest(
                        "and what about a trailing slash?",
                        standalone,
                        history,
                        List.of(LIMITS, ORIGINS),
                        null);
        assertThat(answer(request))
                .contains("A trailing slash is cleaned, see the rules. [Source 2]");
    }

    @Test
    void saysWhichNamesNoPageHas() {
        ModelRequest request =
                new ModelRequest(
                                "ALLOWED_ORIGINS and FORBIDDEN_ORIGINS, trailing slash?",
                                "ALLOWED_ORIGINS and FORBIDDEN_ORIGINS, trailing slash?",
                                List.of(),
                                List.of(ORIGINS),
                                null)
                        .lacking(List.of("FORBIDDEN_ORIGINS"));
        assertThat(answer(request))
                .contains("[Source 1]")
                .endsWith("\n\nNo page has the name `FORBIDDEN_ORIGINS`.");
    }

    @Test
    void leavesTheFirstLineToTheCaller() {
        QuotingModel bare = new QuotingModel("", new Quotes());
        List<String> pieces = new ArrayList<>();
        bare.answer(general("how much heap?", LIMITS), pieces::add);
        assertThat(String.join("", pieces)).startsWith("**Limits**\n\n");
    }

    @Test
    void streamsWordByWord() {
        List<String> pieces = new ArrayList<>();
        model.answer(general("how much heap?", LIMITS), pieces::add);
        assertThat(pieces).startsWith("No ", "language ", "model ").doesNotContain("");
    }

    @Test
    void endsWhenItsThreadIsInterrupted() {
        List<String> pieces = new ArrayList<>();
        try {
            assertThatThrownBy(() ->
                            model.answer(
                                    general("how much heap?", LIMITS),
                                    piece -> {
                                        pieces.add(piece);
                                        Thread.currentThread().interrupt();
                                    }))
                    .isInstanceOf(CancellationException.class);
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
        } finally {
            Thread.interrupted();
        }
        assertThat(pieces).containsExactly("No ");
    }

    @Test
    void passesOnWhatTheSinkThrows() {
        IllegalStateException gone = new IllegalStateException("gone");
        assertThatThrownBy(() ->
                        model.answer(
                                general("how much heap?", LIMITS),
                                _ -> {
                                    throw gone;
                                }))
                .isSameAs(gone);
    }

    @Test
    void saysSoWhenThereIsNothingToQuote() {
        assertThat(answer(general("anything?", passage("Empty", "Empty", ""))))
                .endsWith("Nothing in the text answers this.");
    }

    private String answer(ModelRequest request) {
        StringBuilder answer = new StringBuilder();
        model.answer(request, answer::append);
        return answer.toString();
    }

    private static ModelRequest general(String question, Passage... passages) {
        return new ModelRequest(question, question, List.of(), List.of(passages), null);
    }

    private static Passage passage(String title, String heading, String text) {
        String anchor = heading.toLowerCase(java.util.Locale.ROOT).replace(' ', '-');
        String file = "docs/" + title + ".md";
        return new Passage(
                Passage.idOf(file, anchor, 0),
                file,
                title,
                List.of(heading),
                anchor,
                null,
                0,
                text,
                0);
    }
}
