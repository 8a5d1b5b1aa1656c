package dev.docent.http.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.docent.http.web.ScriptedService.done;
import static dev.docent.http.web.ScriptedService.json;
import static dev.docent.http.web.ScriptedService.metadata;
import static dev.docent.http.web.ScriptedService.says;
import static dev.docent.http.web.ScriptedService.stream;
import static dev.docent.http.web.ScriptedService.streaming;
import static dev.docent.http.web.ScriptedService.token;
import static dev.docent.http.web.ScriptedService.with;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.FrameLocator;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The chat page, as a reader uses it. */
class ChatPageTest extends BrowserTest {
    private final CountDownLatch reader = new CountDownLatch(1);

    @Test
    void showsTokensAsTheyArriveAndTheSourcesAtTheEnd() {
        service.answer(
                held("Run the **image** [Source 1]", " and set origins [Source 2].", SOURCES));
        openChatPage();
        ask("How do I install it?");
        assertThat(answer()).hasText("Run the image [1]");
        assertThat(answer().locator("strong")).hasText("image");
        assertThat(button("Stop")).isVisible();
        reader.countDown();
        assertThat(answer()).hasText("Run the image [1] and set origins [2].");
        assertThat(page.locator(".foot ol li")).hasCount(2);
        assertThat(page.locator(".foot a").first())
                .hasAttribute(
                        "href",
                        "https://book.example/docs/install#with-docker:~:text="
                                + "Run%20the%20image%20on%20port%207860%20as%20user%201000.");
        assertThat(input()).isFocused();
        assertThat(input()).hasValue("");
    }

    @Test
    void aCitationUnfoldsTheQuoteAndFoldsItAgain() {
        service.answer(says("Run the image [Source 1]. Mind origins [Source 2].", SOURCES));
        openChatPage();
        ask("How?");
        button("Source 1").click();
        assertThat(page.locator(".quote blockquote"))
                .hasText("Run the image on port 7860 as user 1000.");
        assertThat(page.locator(".quote a")).hasAttribute("rel", "noopener noreferrer nofollow");
        button("Source 2").click();
        assertThat(page.locator(".quote blockquote")).hasText("An origin has no path.");
        page.keyboard().press("Escape");
        assertThat(page.locator(".quote")).hasCount(0);
        assertThat(button("Source 2")).isFocused();
    }

    @Test
    void stopsAndKeepsWhatCame() {
        service.answer(held("The first half", " and the second", "[]"), says("All of it.", "[]"));
        openChatPage();
        ask("Tell me");
        assertThat(answer()).hasText("The first half");
        button("Stop").click();
        assertThat(page.getByText("Stopped.").last()).isVisible();
        assertThat(answer()).hasText("The first half");
        reader.countDown();
        button("Ask again").click();
        assertThat(answer()).hasText("All of it.");
        assertThat(page.locator("article")).hasCount(1);
    }

    @Test
    void goesOnWithTheConversationAfterAReloadUntilItIsStartedAnew() {
        service.answer(says("One [Source 1].", SOURCES), says("Two.", "[]"), says("Three.", "[]"));
        openChatPage();
        ask("First?");
        assertThat(answer()).hasText("One [1].");
        input().fill("half a thou");
        page.reload();
        assertThat(answer()).hasText("One [1].");
        assertThat(button("Source 1")).isVisible();
        assertThat(input()).hasValue("half a thou");
        ask("Second?");
        assertThat(answer()).hasText("Two.");
        button("New conversation").click();
        assertThat(page.locator("article")).hasCount(0);
        assertThat(input()).isFocused();
        page.reload();
        assertThat(page.getByText("What would you like to know?")).isVisible();
        ask("Third?");
        assertThat(answer()).hasText("Three.");
        assertThat(service.questions().stream().map(body -> body.has("conversation_id")))
                .containsExactly(false, true, false);
    }

    @Test
    void copiesCode() {
        context.grantPermissions(List.of("clipboard-read", "clipboard-write"));
        service.answer(says("```sh\ndocker run -p 7860:7860 docent\n```", "[]"));
        openChatPage();
        ask("Command?");
        button("Copy").click();
        assertThat(button("Copied")).isVisible();
        assertThat(page.evaluate("navigator.clipboard.readText()"))
                .isEqualTo("docker run -p 7860:7860 docent\n");
    }

    @Test
    void offersExampleQuestions() {
        service.on(
                "/api/examples",
                json(
                        200,
                        "{\"questions\":[\"What is"
                                + " Docent?\"],\"site\":\"https://book.example/\"}"));
        service.answer(
                says(
                        "A guide [Source 1].",
                        "[{\"file\":\"docs/intro.mdx\",\"heading\":\"Intro\"}]"));
        openChatPage();
        button("What is Docent?").click();
        assertThat(answer()).hasText("A guide [1].");
        assertThat(page.locator(".foot a")).hasAttribute("href", "https://book.example/docs/intro");
    }

    @Test
    void saysInWordsHowTheServiceIs() {
        service.on("/api/health", json(503, "{\"status\":\"starting\",\"services\":{}}"));
        page.clock().install();
        openChatPage();
        assertThat(page.getByText("The service is starting…")).isVisible();
        service.on(
                "/api/health",
                json(
                        503,
                        """
                        {"status":"degraded","services":{"gemini":{"status":"disconnected",
                        "error":"Gemini's quota is used up until 08:00 UTC."}}}\
                        """));
        page.clock().fastForward(5000);
        assertThat(page.getByText("Gemini's quota is used up until 08:00 UTC.")).isVisible();
        service.on(
                "/api/health", json(200, "{\"status\":\"healthy\",\"services\":{\"quoting\":{}}}"));
        page.clock().fastForward(10_000);
        assertThat(page.getByText("Demo mode: no language model is attached")).isVisible();
    }

    @Test
    void stopsAQuestionOf2001CharactersWithACount() {
        openChatPage();
        input().fill("😀".repeat(2001));
        assertThat(page.getByText("2,001 characters are too many. At most 2,000 can be sent."))
                .isVisible();
        input().press("Enter");
        assertThat(input()).hasAttribute("aria-invalid", "true");
        assertThat(service.questions()).isEmpty();
        assertThat(input().inputValue()).isEqualTo("😀".repeat(2001));
        service.answer(says("Fine.", "[]"));
        ask("😀".repeat(2000));
        assertThat(answer()).hasText("Fine.");
    }

    @Test
    void keepsTheQuestionWhileOffline() {
        service.answer(says("Here again.", "[]"));
        openChatPage();
        context.setOffline(true);
        ask("Anybody?");
        assertThat(page.locator(".foot .note")).containsText("You are offline.");
        context.setOffline(false);
        button("Ask again").click();
        assertThat(answer()).hasText("Here again.");
    }

    @Test
    void saysThatAnAnswerBrokeOff() {
        service.answer(stream(metadata(), token("Only a beg")), says("Whole.", "[]"));
        openChatPage();
        ask("Long?");
        assertThat(answer()).hasText("Only a beg");
        assertThat(page.locator(".foot .note")).hasText("The answer broke off.");
        button("Ask again").click();
        assertThat(answer()).hasText("Whole.");
    }

    @Test
    void asksOnceMoreWhenTheServiceHasWokenUp() {
        service.answer(with(503, "text/html", "<h1>Waking</h1>"), says("Good morning.", "[]"));
        page.clock().install();
        openChatPage();
        ask("Hello?");
        assertThat(page.locator("article > .note")).containsText("The service is waking up.");
        page.clock().fastForward(1500);
        assertThat(answer()).hasText("Good morning.");
    }

    @Test
    void waitsForAsLongAsTheServiceAsks() {
        String problem = "{\"detail\":\"Too many questions from your address.\"}";
        service.answer(
                with(429, "application/problem+json", problem, "Retry-After", "7"),
                with(429, "application/problem+json", problem, "Retry-After", "50"),
                says("Now.", "[]"));
        page.clock().install();
        openChatPage();
        ask("Quick?");
        assertThat(page.locator("article > .note")).containsText("sent again in 7 s");
        page.clock().runFor(7000);
        assertThat(page.locator(".foot .note")).hasText("Too many questions from your address.");
        assertThat(button("Ask again in 50 s")).isDisabled();
        page.clock().runFor(51_000);
        button("Ask again").click();
        assertThat(answer()).hasText("Now.");
        assertThat(service.questions()).hasSize(3);
    }

    @Test
    void showsWhyARequestWasRefused() {
        service.answer(with(422, "application/problem+json", "{\"detail\":\"No NUL, please.\"}"));
        openChatPage();
        ask("What?");
        assertThat(page.locator(".foot .note")).hasText("No NUL, please.");
    }

    @Test
    void showsTheSentenceOfAnErrorOnceWithTheHelpBelowIt() {
        String sentence = "The daily quota is used up.";
        service.answer(
                stream(
                        metadata(),
                        "data: {\"type\":\"error\",\"code\":\"quota_exceeded\",\"message\":\""
                                + sentence
                                + "\",\"retry_after\":3600}\n\n",
                        token(sentence + "\n\n"),
                        token("> Run the image [Source 1]."),
                        done(SOURCES)));
        openChatPage();
        ask("How?");
        assertThat(page.locator("article").getByText(sentence)).hasCount(1);
        assertThat(page.locator(".answer blockquote")).hasText("Run the image [1].");
        Locator again =
                page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions()
                                .setName(Pattern.compile("Ask again from .*\\d\\d:\\d\\d")));
        assertThat(again).isDisabled();
        assertThat(page.locator(".answer .failed")).hasText(sentence);
        assertThat(page.locator(".answer p:not(.failed, blockquote p)")).hasCount(0);
    }

    @Test
    void beginsAnewWhenTheServiceHasForgottenTheConversation() {
        service.answer(
                says("One.", "[]"),
                with(404, "application/problem+json", "{\"detail\":\"Unknown conversation.\"}"),
                says("Two.", "[]"));
        openChatPage();
        ask("First?");
        assertThat(answer()).hasText("One.");
        ask("Second?");
        assertThat(answer()).hasText("Two.");
        assertThat(service.questions()).hasSize(3);
        assertThat(service.questions().get(2).has("conversation_id")).isFalse();
    }

    @Test
    void worksWhereStorageIsForbidden() {
        page.addInitScript(
                "Object.defineProperty(window, 'localStorage', { get() { throw new"
                        + " DOMException('no', 'SecurityError'); } })");
        service.answer(says("Fine.", "[]"));
        openChatPage();
        ask("Still there?");
        assertThat(answer()).hasText("Fine.");
        assertThat(page.getByText("This browser does not let the conversation be kept."))
                .isVisible();
        button("New conversation").click();
        button("Undo").click();
        assertThat(answer()).hasText("Fine.");
        button("Delete conversation").click();
        button("Undo").click();
        assertThat(answer()).hasText("Fine.");
        button("New conversation").click();
        page.locator(".examples button").getByText("Still there?").click();
        assertThat(answer()).hasText("Fine.");
    }

    @Test
    void dropsTheOldestExchangesWhereStorageIsFull() {
        page.addInitScript(
                """
                const set = Storage.prototype.setItem;
                Storage.prototype.setItem = function (key, value) {
                  if (value.length > 900) throw new DOMException('full', 'QuotaExceededError');
                  set.call(this, key, value);
                };\
                """);
        service.answer(says("A".repeat(500), "[]"), says("B".repeat(500), "[]"));
        openChatPage();
        ask("First?");
        assertThat(answer()).hasText("A".repeat(500));
        ask("Second?");
        assertThat(answer()).hasText("B".repeat(500));
        page.reload();
        assertThat(answer()).hasText("B".repeat(500));
        assertThat(page.locator("article")).hasCount(1);
    }

    @Test
    void worksInTheFrameOfHuggingFaceAndInNoOther() {
        service.answer(says("Framed.", "[]"));
        for (String host : List.of("https://huggingface.co", "https://evil.example")) {
            String frame = "<iframe src='" + service.address() + "/'></iframe>";
            page.route(
                    host + "/**",
                    route ->
                            route.fulfill(
                                    new Route.FulfillOptions()
                                            .setContentType("text/html")
                                            .setBody(frame)));
        }
        // Chromium asks before a public page may reach a local address.
        context.grantPermissions(List.of("local-network-access"));
        page.navigate("https://huggingface.co/spaces/owner/name");
        FrameLocator frame = page.frameLocator("iframe");
        frame.getByRole(AriaRole.TEXTBOX).fill("Hello?");
        frame.getByRole(AriaRole.TEXTBOX).press("Enter");
        assertThat(frame.locator(".answer")).hasText("Framed.");
        page.navigate("https://evil.example/");
        assertThat(takeErrors()).anyMatch(text -> text.contains("frame-ancestors"));
    }

    @Test
    void speaksTheReadersLanguage() {
        page.navigate(service.address() + "/?lang=de");
        assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
                .hasText("Frag die Dokumentation");
        page.navigate(service.address() + "/?lang=ur");
        assertThat(page.locator("html")).hasAttribute("dir", "rtl");
        screenshot("page-urdu");
    }

    @Test
    void showsPlainTextWhereTheRendererCannotBeLoaded() {
        page.route("**/vendor/*", route -> route.abort());
        service.answer(says("Plain **text** [Source 1].", SOURCES));
        openChatPage();
        ask("How?");
        assertThat(answer()).hasText("Plain **text** [Source 1].");
        assertThat(page.locator(".foot ol li")).hasCount(2);
    }

    /** An answer whose second part waits until the test lets it go on. */
    private ScriptedService.Answer held(String first, String second, String sources) {
        return exchange -> {
            try (OutputStream body = streaming(exchange)) {
                body.write((metadata() + token(first)).getBytes(StandardCharsets.UTF_8));
                body.flush();
                reader.await();
                body.write((token(second) + done(sources)).getBytes(StandardCharsets.UTF_8));
            }
        };
    }
}
