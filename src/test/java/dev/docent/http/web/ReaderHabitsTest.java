package dev.docent.http.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.docent.http.web.ScriptedService.done;
import static dev.docent.http.web.ScriptedService.metadata;
import static dev.docent.http.web.ScriptedService.says;
import static dev.docent.http.web.ScriptedService.stream;
import static dev.docent.http.web.ScriptedService.streaming;
import static dev.docent.http.web.ScriptedService.token;
import static dev.docent.http.web.ScriptedService.with;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Media;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What readers do with the pages, and what must not happen to them then. */
class ReaderHabitsTest extends BrowserTest {
    private static final String PARAGRAPH =
            "The gauge sends a reading every ten seconds, and the board keeps the median of them. ";

    /** Notes the scroll position of each frame, and any mark of Markdown that was painted. */
    private static final String WATCH =
            """
            window.moves = []; window.raw = [];
            let last = 0;
            (function look() {
              const log = document.querySelector('.log');
              if (log.scrollTop < last - 1) moves.push(`${last} to ${log.scrollTop}`);
              last = log.scrollTop;
              const text = document.querySelector('article:last-of-type .answer')?.cloneNode(true);
              text?.querySelectorAll('pre, code').forEach((code) => code.remove());
              if (/[*`|~#]|\\]\\(|\\[(?!\\d+\\])/.test(text?.textContent ?? '')) raw.push(text.textContent.slice(-60));
              requestAnimationFrame(look);
            })();\
            """;

    private final Semaphore turn = new Semaphore(0);

    @InEachBrowser
    void aReaderAtTheEndOfAGrowingAnswerStaysThereAndNothingMovesUp() {
        service.answer(paced(29, PARAGRAPH.repeat(4) + "\n\n"));
        openChatPage();
        page.evaluate(WATCH);
        ask("Long?");
        turn.release(20);
        // All that was let go is shown, and its question has reached the top: the end is below.
        assertThat(page.locator(".answer p")).hasCount(20);
        page.mouse().move(500, 300);
        page.mouse().wheel(0, 10_000);
        page.waitForCondition(() -> (Boolean) page.evaluate(SCROLLABLE + AT_END));
        turn.release(9);
        assertThat(page.locator(".answer p")).hasCount(29);
        page.waitForCondition(() -> (Boolean) page.evaluate(SCROLLABLE + AT_END));
        assertThat((List<?>) page.evaluate("moves")).isEmpty();
    }

    @Test
    void aReaderWhoWentBackIsLeftAlone() {
        service.answer(paced(20, PARAGRAPH.repeat(4) + "\n\n"));
        openChatPage();
        ask("Long?");
        turn.release(15);
        page.waitForCondition(() -> (Boolean) page.evaluate(SCROLLABLE + " > 400"));
        page.evaluate("document.querySelector('.log').scrollTop = 1e6");
        page.evaluate("document.querySelector('.log').scrollTop = 40");
        page.evaluate("new Promise(requestAnimationFrame)");
        turn.release(5);
        assertThat(page.locator(".answer p")).hasCount(20);
        assertThat(page.evaluate("document.querySelector('.log').scrollTop")).isEqualTo(40);
    }

    @Test
    void noMarkOfMarkdownIsPaintedWhileItStreams() {
        String markdown =
                """
                # Setting **it** up

                Run the **image** with *care* and `docker run` [Source 1]. See [the vendor](https://e.example/a_(b)).

                1. `KEY`, from **Google** [Source 2]
                   - nested ***item***

                ```sh
                docker run --env-file .env
                ```

                | Variable | Meaning |
                | --- | --- |
                | `PORT` | where **it** listens |

                ## Next ~~old~~ steps
                """;
        service.answer(exchange -> {
            try (OutputStream body = streaming(exchange)) {
                body.write(metadata().getBytes(StandardCharsets.UTF_8));
                for (int i = 0; i < markdown.length(); i++) {
                    turn.acquire();
                    body.write(
                            token(markdown.substring(i, i + 1)).getBytes(StandardCharsets.UTF_8));
                    body.flush();
                }
                body.write(done(SOURCES).getBytes(StandardCharsets.UTF_8));
            }
        });
        openChatPage();
        page.evaluate(WATCH);
        ask("How?");
        for (int i = 0; i < markdown.length(); i++) {
            turn.release();
            if (i % 3 == 0) {
                page.evaluate("new Promise(requestAnimationFrame)");
            }
        }
        assertThat(page.locator(".answer table td")).hasCount(2);
        assertThat(page.locator("a.source")).hasCount(2);
        assertThat((List<?>) page.evaluate("raw")).isEmpty();
        assertThat(page.locator(".answer h3")).hasText("Setting it up");
        assertThat(page.locator(".answer h4")).hasText("Next old steps");
    }

    @Test
    void noAnswerKeepsTheBrowserBusyOrIsLost() {
        openChatPage();
        for (String hostile :
                List.of(
                        "[a](", "[](", "*a ", "_a ", "a **b", "> ", "- ", "[", "![", "`a``", "<a ",
                        "1. ")) {
            String markdown =
                    "Before.\n\n" + hostile.repeat(40_000 / hostile.length()) + "\n\nAfter.";
            Object took =
                    page.evaluate(
                            """
                            async (markdown) => {
                              const { render } = await import('/render.js');
                              const start = performance.now();
                              for (const growing of [true, false])
                                document.body.append(render(markdown, { newTab: true }, { growing }));
                              const text = document.body.textContent;
                              if (!text.includes('Before.') || !text.includes('After.')) return 'lost';
                              return performance.now() - start;
                            }\
                            """,
                            markdown);
            assertThat(took).as(hostile).isInstanceOf(Number.class);
            assertThat(((Number) took).doubleValue()).as(hostile).isLessThan(3000);
        }
    }

    // Firefox is driven with single clicks only.
    @Test
    void theSecondHalfOfADoubleClickDoesNotStop() {
        service.answer(paced(1, "Here."));
        openChatPage();
        input().fill("Twice?");
        page.locator(".send").dblclick();
        turn.release();
        assertThat(answer()).hasText("Here.");
        assertThat(page.getByText("Stopped.")).hasCount(0);
    }

    @InEachBrowser
    void theEnterThatEndsAConversionSendsNothing() {
        openChatPage();
        input().fill("かな");
        page.evaluate(
                """
                document.querySelector('textarea').dispatchEvent(new KeyboardEvent('keydown',
                  { key: 'Enter', keyCode: 229, isComposing: false, bubbles: true, cancelable: true }))\
                """);
        assertThat(page.locator("article")).hasCount(0);
        assertThat(input()).hasValue("かな");
    }

    @Test
    void enterWhileAnAnswerRunsSaysWhatToDo() {
        service.answer(paced(1, "Here."), says("There.", "[]"));
        openChatPage();
        ask("First?");
        button("Stop").waitFor();
        ask("Second?");
        assertThat(page.getByText("The answer is still being written.")).isVisible();
        turn.release();
        assertThat(answer()).hasText("Here.");
        assertThat(page.getByText("The answer is still being written.")).isHidden();
        input().press("Enter");
        assertThat(answer()).hasText("There.");
    }

    @Test
    void deletingAndBeginningAnewCanBeUndone() {
        service.answer(says("One.", "[]"), says("Two.", "[]"));
        openChatPage();
        ask("First?");
        assertThat(answer()).hasText("One.");
        button("Delete conversation").click();
        assertThat(page.locator("article")).hasCount(0);
        assertThat((String) page.evaluate("JSON.stringify(localStorage)")).doesNotContain("First?");
        button("Undo").click();
        assertThat(answer()).hasText("One.");
        button("New conversation").click();
        button("Undo").click();
        assertThat(answer()).hasText("One.");
        button("New conversation").click();
        ask("Second?");
        assertThat(answer()).hasText("Two.");
        page.reload();
        button("New conversation").click();
        page.locator(".examples").getByText("First?").click();
        assertThat(answer()).hasText("One.");
    }

    @InEachBrowser
    void aPageOutOfTheBrowsersCacheKnowsWhatWasAskedSince() throws InterruptedException {
        service.answer(says("One.", "[]"), says("Two.", "[]"));
        BlockingQueue<String> shown = new LinkedBlockingQueue<>();
        service.on(
                "/shown",
                exchange -> {
                    shown.add(exchange.getRequestURI().getQuery());
                    with(204, "text/plain", "").write(exchange);
                });
        // Playwright cannot look at a page that comes out of Firefox's cache: it tells by itself.
        page.addInitScript(
                """
                let told;
                const tell = () => {
                  const questions = [...document.querySelectorAll('article h2')].map((h) => h.textContent);
                  const now = `${location.search || 'first page'} ${questions}`;
                  if (now !== told) fetch(`/shown?${told = now}`);
                };
                addEventListener('pageshow', () => requestAnimationFrame(tell));
                new MutationObserver(tell).observe(document, { childList: true, subtree: true });
                """);
        openChatPage();
        ask("First?");
        assertThat(answer()).hasText("One.");
        page.navigate(service.address() + "/?again");
        ask("Second?");
        assertThat(answer()).hasText("Two.");
        page.evaluate("void setTimeout(() => history.back())");
        String last;
        do {
            last = shown.poll(Browsers.PATIENCE, TimeUnit.MILLISECONDS);
        } while (last != null && !last.equals("first page First?,Second?"));
        assertThat(last).isNotNull();
    }

    @InEachBrowser
    void twoTabsLoseNothingAndWhatOneDeletesIsGoneInBoth() {
        service.answer(says("One.", "[]"), says("Two.", "[]"), says("Three.", "[]"));
        openChatPage();
        ask("First?");
        assertThat(answer()).hasText("One.");
        Page second = context.newPage();
        second.navigate(service.address() + "/");
        second.getByRole(com.microsoft.playwright.options.AriaRole.TEXTBOX).fill("Second?");
        second.keyboard().press("Enter");
        assertThat(second.locator(".answer").last()).hasText("Two.");
        assertThat(answer()).hasText("Two.");
        ask("Third?");
        assertThat(second.locator("article h2"))
                .hasText(new String[] {"First?", "Second?", "Third?"});
        button("Delete conversation").click();
        assertThat(second.locator("article")).hasCount(0);
        second.close();
        page.reload();
        assertThat(page.getByText("What would you like to know?")).isVisible();
        assertThat((String) page.evaluate("JSON.stringify(localStorage)"))
                .doesNotContain("First?", "Two.", "Third?");
    }

    @Test
    void anAnswerThatRunsInAnotherTabIsShownThereAsItGrows() {
        service.answer(paced(2, "Word. "));
        openChatPage();
        ask("Slow?");
        turn.release();
        assertThat(answer()).hasText("Word.");
        Page second = context.newPage();
        second.navigate(service.address() + "/");
        assertThat(second.getByText("The answer is being written in another tab…")).isVisible();
        turn.release();
        assertThat(second.locator(".answer")).hasText("Word. Word.");
        assertThat(second.getByText("in another tab")).isHidden();
    }

    @Test
    void takesOverAConversationThatAnEarlierVersionKept() {
        openChatPage();
        page.evaluate(
                """
                localStorage.setItem(`docent:${location.origin}`, JSON.stringify({ id: 'x', draft: 'half',
                  exchanges: [{ question: 'Old?', answer: 'Kept.', sources: [], state: 'done' }] }))\
                """);
        page.reload();
        assertThat(answer()).hasText("Kept.");
        for (String junk :
                List.of("[]", "7", "{\"exchanges\":[null,{}]}", "{\"conversations\":[1]}", "no")) {
            page.evaluate(
                    "(junk) => localStorage.setItem(`docent:${location.origin}`, junk)", junk);
            page.reload();
            assertThat(page.getByText("What would you like to know?")).isVisible();
        }
    }

    @InEachBrowser
    void copiesAnAnswerWithItsSourcesAlsoWhereTheClipboardIsForbidden() {
        page.addInitScript("delete Navigator.prototype.clipboard");
        service.answer(says("Run **it** [Source 1].", SOURCES));
        openChatPage();
        page.evaluate(
                "document.addEventListener('copy', () => window.copied ="
                        + " document.activeElement.value)");
        ask("How?");
        button("Copy answer").click();
        assertThat(button("Copied")).isVisible();
        assertThat(page.evaluate("copied"))
                .isEqualTo(
                        """
                        Run **it** [1].

                        Sources:

                        1. [Install › With Docker](https://book.example/docs/install#with-docker)
                        2. [Origins](https://book.example/docs/origins)
                        """);
    }

    @Test
    void saysNothingOfACopyThatTheBrowserDoesNotMake() {
        page.addInitScript(
                "delete Navigator.prototype.clipboard; Document.prototype.execCommand = () => false");
        service.answer(says("So.", "[]"));
        openChatPage();
        ask("How?");
        page.waitForConsoleMessage(() -> button("Copy answer").click());
        assertThat(button("Copy answer")).isFocused();
        assertThat(takeErrors()).containsExactly("docent: this browser lets no page copy.");
    }

    @Test
    void errorsStandApartAndSpeakTheReadersLanguage() {
        String sentence = "The language model is asked too often right now.";
        service.answer(
                stream(
                        metadata(),
                        token("Die halbe"),
                        "data: {\"type\":\"error\",\"code\":\"overloaded\",\"message\":\""
                                + sentence
                                + "\"}\n\n",
                        token("\n\n" + sentence),
                        token("\n\n"),
                        token("> Zitat."),
                        done("[]")),
                stream(
                        metadata(),
                        "data: {\"type\":\"error\",\"code\":\"blocked\",\"message\":\"No.\"}\n\n",
                        token("No."),
                        done("[]")));
        page.navigate(service.address() + "/?lang=de");
        ask("Wie?");
        assertThat(page.locator(".answer > *"))
                .hasText(
                        new String[] {
                            "Die halbe", "Das Sprachmodell ist gerade überlastet.", "Zitat."
                        });
        assertThat(button("Noch einmal fragen")).isVisible();
        ask("Und?");
        assertThat(answer()).hasText("Das Sprachmodell hat die Antwort abgelehnt.");
        assertThat(page.locator("article").last().getByText("Noch einmal")).hasCount(0);
    }

    @Test
    void anAnswerThatWasCutSaysSoInTheReadersLanguage() {
        String cut = done("[]").replace("\"sources\"", "\"truncated\":true,\"sources\"");
        service.answer(stream(metadata(), token("Es beginnt …"), cut));
        page.navigate(service.address() + "/?lang=de");
        ask("Alles?");
        assertThat(page.locator(".foot .note").first())
                .hasText(
                        "Die Antwort war zu lang und endet hier."
                                + " Frage nach ihrem Rest oder nach einem Teil.");
        page.reload();
        assertThat(page.locator(".foot .note").first()).containsText("Die Antwort war zu lang");
    }

    @Test
    void nothingIsSaidOfAnAnswerBeforeItIsShown() {
        CountDownLatch loading = new CountDownLatch(1);
        String renderer = "/web/VERSION/render.js";
        service.on(
                renderer,
                exchange -> {
                    loading.await();
                    String text =
                            new String(ScriptedService.file(renderer), StandardCharsets.UTF_8);
                    with(200, "text/javascript", text).write(exchange);
                });
        service.answer(says("Run it [Source 1].", SOURCES));
        openChatPage();
        ask("How?");
        page.waitForCondition(
                () -> page.evaluate("localStorage").toString().contains("\"state\":\"done\""));
        assertThat(page.locator(".foot > *")).hasCount(0);
        loading.countDown();
        assertThat(answer()).hasText("Run it [1].");
        assertThat(page.locator("a.source")).hasCount(2);
    }

    @Test
    void codeTakesNoMoreRoomOnceTheAnswerIsWhole() {
        service.answer(paced(2, "```sh\nmake\n```\n\nThen.\n\n"));
        openChatPage();
        ask("How?");
        turn.release();
        assertThat(page.locator(".answer > p")).hasText("Then.");
        String top = "document.querySelector('.answer > p').offsetTop";
        Object growing = page.evaluate(top);
        turn.release();
        assertThat(page.locator(".code")).hasCount(2);
        assertThat(page.evaluate(top)).isEqualTo(growing);
    }

    @Test
    void timesAreWrittenAsTheReaderWritesThem() {
        service.answer(
                stream(
                        metadata(),
                        "data: {\"type\":\"error\",\"code\":\"quota_exceeded\",\"message\":\"No.\","
                                + "\"retry_after\":172800}\n\n",
                        token("No."),
                        done("[]")));
        openChatPage();
        ask("When?");
        // British, as the browser is: the day before the month, and 24 hours.
        assertThat(page.locator(".foot button").last())
                .hasText(
                        Pattern.compile(
                                "Ask again from \\w{3},? \\d{1,2} \\w{3,4},? \\d\\d:\\d\\d"));
    }

    @Test
    void codeReadsFromLeftToRightInUrdu() {
        service.answer(
                says(
                        """
                        1. کمانڈ `hydractl --reset` چلائیں:

                           ```bash
                           sudo x -f ./c
                           ```

                        `--force` سے

                        | `max-flow` | مطلب |
                        | --- | --- |
                        | `--x` | کچھ |
                        """,
                        SOURCES));
        page.navigate(service.address() + "/?lang=ur");
        ask("کیسے؟");
        assertThat(page.locator(".answer li code").first()).hasCSS("direction", "ltr");
        assertThat(page.locator(".answer pre")).hasCSS("direction", "ltr");
        assertThat(page.locator(".answer li").first()).hasCSS("direction", "rtl");
        assertThat(page.locator(".answer > p").first()).hasCSS("direction", "rtl");
        assertThat(page.locator(".answer table")).hasCSS("direction", "rtl");
        assertThat(page.locator("a.source").first()).hasCSS("direction", "ltr");
        String right = "(element) => element.getBoundingClientRect().right";
        assertThat(page.locator("a.source").first().evaluate(right))
                .isEqualTo(page.locator(".foot li").first().evaluate(right));
        screenshot("urdu-code");
    }

    @Test
    void theStatusTellsWhenTheServiceIsGone() {
        openChatPage();
        assertThat(page.getByText("Ready")).isVisible();
        service.on("/api/health", exchange -> exchange.close());
        service.answer(stream(metadata(), token("Half")));
        ask("There?");
        assertThat(page.locator(".status")).hasText("The service cannot be reached.");
    }

    @Test
    void thePaperShowsTheWholeConversation() {
        service.answer(says(PARAGRAPH.repeat(60), SOURCES));
        openChatPage();
        ask("Long?");
        page.locator("a.source").first().waitFor();
        page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
        assertThat(page.locator("form")).isHidden();
        page.waitForCondition(() ->
                (Boolean) page.evaluate("document.documentElement.scrollHeight > innerHeight"));
        screenshot("page-print");
    }

    @Test
    void codeHasColoursAndKeepsItsText() {
        service.answer(says("```js\nconst a = 'x'; // why\n```", "[]"));
        openChatPage();
        ask("Code?");
        assertThat(page.locator(".code-word")).hasText("const");
        assertThat(page.locator(".code-comment")).hasText("// why");
        assertThat(page.locator(".answer pre")).hasText("const a = 'x'; // why");
        assertThat(page.locator(".bar span")).hasText("js");
    }

    @Override
    Browser.NewContextOptions options() {
        return super.options().setViewportSize(1000, 600);
    }

    private static final String AT_END = " - document.querySelector('.log').scrollTop < 80";

    private static final String SCROLLABLE =
            "(document.querySelector('.log').scrollHeight -"
                    + " document.querySelector('.log').clientHeight)";

    /** The same piece so many times, each when the test lets it go. */
    private ScriptedService.Answer paced(int times, String piece) {
        return exchange -> {
            try (OutputStream body = streaming(exchange)) {
                body.write(metadata().getBytes(StandardCharsets.UTF_8));
                body.flush();
                for (int i = 0; i < times; i++) {
                    turn.acquire();
                    body.write(token(piece).getBytes(StandardCharsets.UTF_8));
                    body.flush();
                }
                body.write(done("[]").getBytes(StandardCharsets.UTF_8));
            }
        };
    }
}
