package dev.docent.http.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.docent.http.web.ScriptedService.done;
import static dev.docent.http.web.ScriptedService.json;
import static dev.docent.http.web.ScriptedService.metadata;
import static dev.docent.http.web.ScriptedService.says;
import static dev.docent.http.web.ScriptedService.stream;
import static dev.docent.http.web.ScriptedService.streaming;
import static dev.docent.http.web.ScriptedService.token;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every state in both themes without a finding of axe, and what axe cannot see. Draws each state.
 */
class AccessibilityTest extends BrowserTest {
    private static final String ANSWER =
            """
            Docent runs as a **Docker Space** on port `7860` [Source 1]. Set these first:

            1. `GEMINI_API_KEY`, from Google AI Studio
            2. `ALLOWED_ORIGINS`, without a path [Source 2]

            ```sh
            docker run --env-file .env --publish 7860:7860 ghcr.example/docent:latest serve --with-a-long-line
            ```

            | Variable | Meaning |
            | --- | --- |
            | `PORT` | where it listens |
            | `LOG_LEVEL` | how much it says |

            See also [the quickstart](https://book.example/docs/quickstart).\
            """;
    private static final String EXAMPLES =
            """
            {"questions":["How do I set ALLOWED_ORIGINS?","What happens when Gemini's quota is used up?",
            "Which port does the service use?"],"site":"https://book.example/"}\
            """;

    @ParameterizedTest
    @EnumSource(names = {"LIGHT", "DARK"})
    void axeFindsNothingOnTheChatPage(ColorScheme theme) {
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(theme));
        service.on("/api/examples", json(200, EXAMPLES));
        CountDownLatch reader = new CountDownLatch(1);
        service.answer(
                exchange -> {
                    try (OutputStream body = streaming(exchange)) {
                        body.write(metadata().getBytes(StandardCharsets.UTF_8));
                        body.flush();
                        reader.await();
                        body.write(
                                (token(ANSWER) + done(SOURCES)).getBytes(StandardCharsets.UTF_8));
                    }
                },
                stream(metadata(), token("It begins")));
        openChatPage();
        button("Which port does the service use?").waitFor();
        check("page-empty", theme);
        ask("How do I run Docent on Hugging Face?");
        assertThat(page.locator("article > .note")).hasText("Searching the documentation…");
        check("page-searching", theme);
        reader.countDown();
        button("Source 1").click();
        check("page-answer", theme);
        ask("And then?");
        button("Ask again").waitFor();
        input().fill("x".repeat(2001));
        check("page-broken", theme);
        page.setViewportSize(390, 844);
        input().fill("");
        button("Source 1").focus();
        check("page-phone", theme);
    }

    @ParameterizedTest
    @EnumSource(names = {"LIGHT", "DARK"})
    void axeFindsNothingInTheWidget(ColorScheme theme) throws IOException {
        service.on("/api/examples", json(200, EXAMPLES));
        service.on(
                "/api/health",
                json(
                        503,
                        "{\"status\":\"degraded\",\"services\":{\"postgres\":{\"status\":\"disconnected\"}}}"));
        service.answer(says(ANSWER, SOURCES));
        try (DocumentationSite site = new DocumentationSite(service.address())) {
            service.allow(site.origin());
            page.navigate(site.origin() + "/docs/intro");
            page.evaluate(
                    "(theme) => (document.documentElement.dataset.theme = theme)",
                    theme.name().toLowerCase(java.util.Locale.ROOT));
            button("Ask").waitFor();
            page.evaluate("getSelection().selectAllChildren(document.querySelector('main p'))");
            button("Ask about this").waitFor();
            check("widget-closed", theme);
            page.evaluate("getSelection().removeAllRanges()");
            button("Ask").click();
            button("Which port does the service use?").waitFor();
            check("widget-empty", theme);
            page.evaluate("getSelection().selectAllChildren(document.querySelector('main p'))");
            page.keyboard().press("Control+.");
            ask("How do I run it?");
            button("Source 2").click();
            check("widget-answer", theme);
            page.setViewportSize(390, 844);
            check("widget-phone", theme);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"LIGHT", "DARK"})
    void axeFindsNothingInWhatIsSeenMoreRarely(ColorScheme theme) throws IOException {
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(theme));
        service.on(
                "/api/conversation/01900000-0000-7000-8000-000000000001",
                json(
                        200,
                        "{\"messages\":[{\"id\":\"q\",\"role\":\"user\",\"content\":\"How?\"},"
                                + "{\"id\":\"a\",\"role\":\"assistant\",\"content\":\"So.\"}]}"));
        service.on("/api/feedback", json(204, ""));
        service.answer(
                says("# So\n\n### Very\n\n```js\nconst a = 'b'; // 1\n```", SOURCES),
                stream(
                        metadata(),
                        token("Half"),
                        "data: {\"type\":\"error\",\"code\":\"timeout\",\"message\":\"Slow.\"}\n\n",
                        token("\n\nSlow."),
                        done("[]")));
        openChatPage();
        ask("How?");
        button("Not helpful").click();
        page.getByLabel("What was wrong or missing?").fill("Everything");
        assertThat(page.locator(".code-word")).hasText("const");
        check("page-feedback", theme);
        ask("And?");
        assertThat(page.locator(".failed")).hasText("Slow.");
        check("page-failed", theme);
        button("New conversation").click();
        button("Undo").waitFor();
        check("page-recent", theme);
        service.on("/panel.js", json(503, "{}"));
        try (DocumentationSite site = new DocumentationSite(service.address())) {
            page.navigate(site.origin() + "/docs/intro");
            button("Ask").click();
            page.getByLabel("Your question").fill("Anybody?");
            assertThat(page.getByText("The service is waking up…")).isVisible();
            check("widget-waiting", theme);
        }
        // The widget goes on trying until its page is left.
        page.navigate("about:blank");
        assertThat(takeErrors()).isNotEmpty();
    }

    @InEachBrowser
    void axeFindsNothingAboutAnAnswer() throws IOException {
        service.answer(says(ANSWER, SOURCES), says(ANSWER, SOURCES));
        openChatPage();
        ask("How?");
        button("Source 1").click();
        check("each-page", ColorScheme.LIGHT);
        try (DocumentationSite site = new DocumentationSite(service.address())) {
            service.allow(site.origin());
            page.navigate(site.origin() + "/docs/intro");
            button("Ask").click();
            ask("How?");
            button("Source 1").click();
            check("each-widget", ColorScheme.LIGHT);
        }
    }

    @Test
    void anAnswerIsSeenInALowWindowWithAPassage() throws IOException {
        page.setViewportSize(740, 360);
        service.answer(says(ANSWER, SOURCES));
        try (DocumentationSite site = new DocumentationSite(service.address())) {
            service.allow(site.origin());
            page.navigate(site.origin() + "/docs/intro");
            page.evaluate("getSelection().selectAllChildren(document.querySelector('main p'))");
            page.keyboard().press("Control+.");
            ask("How?");
            button("Source 1").waitFor();
            screenshot("widget-low");
            double log = page.locator("docent-chat .log").boundingBox().height;
            assertThat(log).isGreaterThan(120);
        }
    }

    @Test
    void theKeyboardAloneReachesEverything() {
        service.on("/api/examples", json(200, EXAMPLES));
        service.answer(says(ANSWER, SOURCES));
        openChatPage();
        page.keyboard().type("How?");
        page.keyboard().press("Enter");
        button("Copy").waitFor();
        button("New conversation").focus();
        StringBuilder reached = new StringBuilder();
        for (int i = 0; i < 15; i++) {
            page.keyboard().press("Tab");
            reached.append(
                    page.evaluate(
                            "(document.activeElement.ariaLabel ??"
                                    + " document.activeElement.textContent).trim().slice(0, 8).trim() +"
                                    + " '|'"));
        }
        assertThat(reached)
                .hasToString(
                        "Delete c|Conversa|Source 1|Source 2|Copy|docker r|Variable|the"
                                + " quic|InstallW|Origins|Copy ans|Helpful|Not help||Send|");
        for (int i = 0; i < 5; i++) {
            page.keyboard().press("Shift+Tab");
        }
        assertThat(page.locator("a.source").last()).isFocused();
    }

    @Test
    void theLiveRegionSpeaksWholeSentences() throws InterruptedException {
        CountDownLatch reader = new CountDownLatch(1);
        service.answer(exchange -> {
            try (OutputStream body = streaming(exchange)) {
                body.write(metadata().getBytes(StandardCharsets.UTF_8));
                for (String piece :
                        List.of("Phys", "ical AI is emb", "odied [Source 1]. It ", "moves. And")) {
                    body.write(token(piece).getBytes(StandardCharsets.UTF_8));
                }
                body.flush();
                reader.await();
                body.write((token(" learns") + done("[]")).getBytes(StandardCharsets.UTF_8));
            }
        });
        openChatPage();
        page.evaluate(
                """
                window.spoken = [];
                new MutationObserver((changes) => changes.forEach(({ addedNodes }) =>
                  addedNodes.forEach((node) => spoken.push(node.textContent))))
                  .observe(document.querySelector('[aria-live]'), { childList: true });\
                """);
        ask("What?");
        page.waitForCondition(() -> spoken().size() > 1);
        assertThat(String.join(" ", spoken())).endsWith("Physical AI is embodied. It moves.");
        reader.countDown();
        assertThat(answer()).containsText("learns");
        page.waitForCondition(() -> spoken().getLast().startsWith("The answer is complete"));
        assertThat(String.join(" ", spoken()))
                .isEqualTo(
                        "Searching the documentation… Physical AI is embodied. It moves. And learns"
                                + " The answer is complete. Sources: 0.");
    }

    @Test
    void nothingMovesForThoseWhoDoNotWantIt() {
        page.emulateMedia(new Page.EmulateMediaOptions().setReducedMotion(ReducedMotion.REDUCE));
        openChatPage();
        service.answer(exchange -> new CountDownLatch(1).await());
        ask("Slow?");
        assertThat(page.locator("article > .note")).isVisible();
        assertThat(page.evaluate("document.getAnimations().length")).isEqualTo(0);
    }

    @Test
    void nothingIsCutOffWhenTheTextIsFourTimesAsLarge() {
        page.setViewportSize(320, 256);
        service.answer(says(ANSWER, SOURCES));
        openChatPage();
        ask("How?");
        button("Source 1").click();
        assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                .isEqualTo(true);
        input().scrollIntoViewIfNeeded();
        screenshot("page-zoomed");
        assertThat(input()).isInViewport();
    }

    private void check(String state, ColorScheme theme) {
        screenshot(state + "-" + theme.name().toLowerCase(java.util.Locale.ROOT));
        AxeBuilder axe = new AxeBuilder(page).setLegacyMode(true);
        if (theme == ColorScheme.DARK) {
            // All else is the same as in the light.
            axe.withRules(List.of("color-contrast", "link-in-text-block"));
        }
        assertThat(axe.analyze().getViolations())
                .extracting(rule -> rule.getId() + " " + rule.getNodes())
                .isEmpty();
    }

    private List<String> spoken() {
        return ((List<?>) page.evaluate("spoken")).stream().map(String::valueOf).toList();
    }
}
