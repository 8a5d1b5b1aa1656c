package dev.docent.http.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.docent.http.web.ScriptedService.done;
import static dev.docent.http.web.ScriptedService.json;
import static dev.docent.http.web.ScriptedService.metadata;
import static dev.docent.http.web.ScriptedService.says;
import static dev.docent.http.web.ScriptedService.streaming;
import static dev.docent.http.web.ScriptedService.token;
import static dev.docent.http.web.ScriptedService.with;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What a reader is in the middle of, while something comes late, comes from another tab, or changes
 * around it.
 */
class InTheMiddleTest extends BrowserTest {
    private static final String ANSWER =
            "Run **the image** [Source 1], then this:\n\n```sh\nmake all\n```\n\nThat is all.";
    private static final String WITHOUT_ADDRESS =
            "[{\"file\":\"docs/intro.mdx\",\"heading\":\"Intro\",\"quote\":\"Run it.\"}]";

    /** Does in the storage what another tab does that has saved all exchanges anew. */
    private static final String SAVE_ALL =
            """
            () => {
              const name = `docent:${location.origin}`;
              const state = JSON.parse(localStorage.getItem(name));
              for (const { exchanges } of Object.values(state.conversations))
                for (const exchange of exchanges) exchange.at += 1000;
              localStorage.setItem(name, JSON.stringify(state));
            }\
            """;

    private static final String FIRST = "(document.querySelector('.answer p').firstChild)";
    private static final String SELECTED = "getSelection().toString()";

    private final Semaphore turn = new Semaphore(0);
    private DocumentationSite site;

    @BeforeEach
    void openSite() throws IOException {
        site = new DocumentationSite(service.address());
        service.allow(site.origin());
    }

    @AfterEach
    void closeSite() {
        site.close();
    }

    @InEachBrowser
    void anAnswerShownAnewLeavesAloneWhatStaysTheSame() {
        AtomicReference<Route> late = hold("**/api/examples");
        service.answer(says(ANSWER, WITHOUT_ADDRESS));
        openChatPage();
        ask("How?");
        button("Copy answer").waitFor();
        page.evaluate(
                """
                getSelection().selectAllChildren(document.querySelector('.answer code'));
                window.before = [...document.querySelectorAll('.answer *, .actions *')];\
                """);
        button("Copy").focus();
        late.get().fulfill(examples("[\"Late?\"]"));
        assertThat(page.locator(".foot a")).hasCount(1);
        assertThat(page.evaluate("before.every((element) => element.isConnected)")).isEqualTo(true);
        assertThat(page.evaluate(SELECTED).toString().strip()).isEqualTo("make all");
        assertThat(button("Copy")).isFocused();
        page.locator(".foot a").focus();
        saveInAnotherTab();
        assertThat(page.locator(".foot a")).isFocused();
    }

    @InEachBrowser
    void aSelectionStaysWhileItsSentenceGrowsAndCodeIsColoured() {
        service.answer(
                paced("Run the image ", "as **user** 1000", ".\n\n```js\nconst a", " = 1;\n```"));
        openChatPage();
        ask("How?");
        turn.release();
        assertThat(answer()).hasText("Run the image");
        page.evaluate("getSelection().setBaseAndExtent(" + FIRST + ", 4, " + FIRST + ", 13)");
        turn.release();
        assertThat(answer()).hasText("Run the image as user 1000");
        assertThat(page.evaluate(SELECTED)).isEqualTo("the image");
        turn.release();
        assertThat(page.locator(".code-word")).hasText("const");
        page.evaluate("getSelection().selectAllChildren(document.querySelector('.code-word'))");
        turn.release();
        button("Copy answer").waitFor();
        assertThat(page.evaluate(SELECTED)).isEqualTo("const");
    }

    @Test
    void aPressedButtonIsNotTakenAwayByAnotherTabNorMovedByWhatComesLate() {
        AtomicReference<Route> late = hold("**/api/examples");
        AtomicReference<Route> state = hold("**/api/health");
        service.answer(says("One.", "[]"), says("Two.", "[]"));
        openChatPage();
        ask("First?");
        assertThat(answer()).hasText("One.");
        button("New conversation").click();
        Locator recent = page.locator(".examples button").getByText("First?");
        recent.hover();
        double top = recent.boundingBox().y;
        page.mouse().down();
        late.get().fulfill(examples("[\"Late?\"]"));
        button("Late?").waitFor();
        String error = "Gemini's quota is used up until 08:00 UTC.";
        state.get()
                .fulfill(
                        new Route.FulfillOptions()
                                .setContentType("application/json")
                                .setBody(
                                        "{\"services\":{\"gemini\":{\"status\":\"disconnected\","
                                                + "\"error\":\""
                                                + error
                                                + "\"}}}"));
        page.getByText(error).waitFor();
        saveInAnotherTab();
        assertThat(recent.boundingBox().y).isEqualTo(top);
        page.mouse().up();
        assertThat(answer()).hasText("One.");
    }

    @Test
    void wordsInTheBoxStayWhateverHappensToTheConversation() {
        service.answer(says("One.", "[]"), paced("Two."), says("Three.", "[]"));
        page.navigate(site.origin() + "/docs/intro");
        button("Ask").click();
        input().fill("half a thou");
        page.evaluate("document.querySelector('docent-chat').ask('First?')");
        assertThat(answer()).hasText("One.");
        assertThat(input()).hasValue("half a thou");
        button("New conversation").click();
        button("Undo").click();
        button("Delete conversation").click();
        assertThat(input()).hasValue("half a thou");
        page.evaluate("document.querySelector('docent-chat').ask('Second?')");
        button("Stop").waitFor();
        page.evaluate("document.querySelector('docent-chat').ask('Third?')");
        assertThat(input()).hasValue("half a thou\nThird?");
        // Its second half is meant for the answer that ran.
        button("Stop").dblclick();
        assertThat(page.getByText("Stopped.").last()).isVisible();
        assertThat(input()).hasValue("half a thou\nThird?");
        assertThat(page.locator("article")).hasCount(1);
        Page other = context.newPage();
        other.navigate(site.origin() + "/docs/next");
        other.locator(".launcher").click();
        other.locator("#docent-question").waitFor();
        page.reload();
        assertThat(input()).hasValue("half a thou\nThird?");
        other.reload();
        other.locator("#docent-question").waitFor();
        page.reload();
        assertThat(input()).hasValue("half a thou\nThird?");
    }

    @Test
    void anOpinionThatIsTakenLateLeavesTheReaderWhereHeIs() {
        service.on(
                "/api/conversation/01900000-0000-7000-8000-000000000001",
                json(
                        200,
                        "{\"messages\":[{\"id\":\"q\",\"role\":\"user\",\"content\":\"How?\"},"
                                + "{\"id\":\"a\",\"role\":\"assistant\",\"content\":\"So.\"}]}"));
        AtomicReference<Route> late = hold("**/api/feedback");
        service.answer(says("So.", "[]"));
        openChatPage();
        ask("How?");
        button("Helpful").click();
        page.waitForCondition(() -> late.get() != null);
        input().pressSequentially("And");
        late.getAndSet(null).fulfill(new Route.FulfillOptions().setStatus(204));
        Locator words = page.getByLabel("What helped, or could be better?");
        assertThat(words).isVisible();
        assertThat(input()).isFocused();
        words.fill("The quote");
        words.evaluate("(box) => box.setSelectionRange(3, 3)");
        saveInAnotherTab();
        assertThat(words).isFocused();
        page.keyboard().type(" first");
        assertThat(words).hasValue("The first quote");
        button("New conversation").click();
        button("Undo").click();
        assertThat(words).hasValue("The first quote");
        page.locator(".words button").focus();
        page.keyboard().press("Enter");
        page.waitForCondition(() -> late.get() != null);
        late.get().fulfill(new Route.FulfillOptions().setStatus(204));
        assertThat(words).isHidden();
        assertThat(button("Helpful")).isFocused();
    }

    @Test
    void aPanelThatComesLateTakesNeitherFocusNorPlace() {
        AtomicReference<Route> late = hold("**/panel.js");
        page.navigate(site.origin() + "/docs/intro");
        page.evaluate(
                "sessionStorage.setItem('docent:aim', '{\"quote\":\"A robot senses & acts\"}')");
        page.reload();
        page.evaluate("document.body.insertAdjacentHTML('beforeend', '<p>line</p>'.repeat(200))");
        button("Ask").click();
        page.getByLabel("Your question").fill("half");
        page.locator("main a").focus();
        page.evaluate("scrollTo({ top: 2000, behavior: 'instant' })");
        page.waitForCondition(() -> late.get() != null);
        late.get().resume();
        assertThat(page.locator("dialog")).isVisible();
        assertThat(input()).hasValue("half");
        assertThat(page.locator("main a")).isFocused();
        page.waitForCondition(() -> (Boolean) page.evaluate("CSS.highlights.has('docent-source')"));
        assertThat(page.evaluate("scrollY")).isEqualTo(2000);
    }

    @Test
    void aStateThatWasAskedForEarlierAndComesLaterIsNotShown() {
        AtomicReference<Route> late = new AtomicReference<>();
        page.route(
                "**/api/health",
                route -> {
                    if (!late.compareAndSet(null, route)) {
                        route.abort();
                    }
                });
        service.answer(ScriptedService.stream(metadata(), token("Half")));
        openChatPage();
        ask("There?");
        assertThat(page.locator(".status")).hasText("The service cannot be reached.");
        page.evaluate(
                """
                window.changes = 0;
                new MutationObserver(() => changes++).observe(document.querySelector('.status'), { childList: true });\
                """);
        page.waitForResponse("**/api/health", () -> late.get().resume()).finished();
        service.answer(says("Whole.", "[]"));
        button("Ask again").click();
        assertThat(answer()).hasText("Whole.");
        assertThat(page.locator(".status")).hasText("The service cannot be reached.");
        assertThat(page.evaluate("changes")).isEqualTo(0);
    }

    @InEachBrowser
    void thePanelIsWhereItWasAfterItWasClosedMovedOrTurned() {
        service.answer(says("A line.\n\n".repeat(80), "[]"), says("Short.", "[]"));
        page.navigate(site.origin() + "/docs/intro");
        button("Ask").click();
        ask("Long?");
        button("Copy answer").waitFor();
        ask("Short?");
        assertThat(answer()).hasText("Short.");
        page.reload();
        String scrollTo =
                "document.querySelector('docent-chat').shadowRoot.querySelector('.log').scrollTop";
        // The last question is shown, once there are answers.
        page.locator(".log").waitFor();
        page.waitForCondition(() -> (Boolean) page.evaluate(scrollTo + " > 1000"));
        page.locator(".log").evaluate("(log) => (log.scrollTop = 700)");
        page.locator(".log").evaluate("() => new Promise(requestAnimationFrame)");
        button("Close").click();
        assertThat(page.locator("dialog")).isHidden();
        button("Ask").click();
        assertThat(page.evaluate(scrollTo)).isEqualTo(700);
        input().fill("half");
        page.setViewportSize(390, 844);
        page.waitForCondition(() ->
                (Boolean) page.locator("dialog").evaluate("(panel) => panel.matches(':modal')"));
        assertThat(input()).isFocused();
        page.reload();
        // Nothing that the next blank would press.
        assertThat(page.locator(".log")).isFocused();
        assertThat(input()).hasValue("half");
        input().focus();
        page.setViewportSize(844, 390);
        page.waitForCondition(() ->
                !(Boolean) page.locator("dialog").evaluate("(panel) => panel.matches(':modal')"));
        assertThat(input()).isFocused();
        button("New conversation").click();
        page.keyboard().press("Escape");
        assertThat(page.locator("dialog")).isHidden();
        button("Ask").click();
        assertThat(button("Undo")).isVisible();
        service.on("/api/examples", json(200, "{\"questions\":[\"Later?\"]}"));
        page.evaluate("document.body.prepend(document.querySelector('docent-chat'))");
        button("Later?").waitFor();
        page.evaluate(
                """
                document.head.insertAdjacentHTML('beforeend', '<meta name="docent-examples" content="Own?">')\
                """);
        button("Own?").waitFor();
        assertThat(input()).hasValue("half");
    }

    /** What a browser got half of, it can get once more; Firefox wants another name for that. */
    @InEachBrowser
    void whatCouldNotBeLoadedIsLoadedLater() {
        service.on("/web/VERSION/chat.js", json(503, "{}"));
        service.on("/web/VERSION/render.js", json(503, "{}"));
        service.answer(says("It is **so**.", "[]"), says("It is **thus**.", "[]"));
        page.navigate(site.origin() + "/docs/intro");
        button("Ask").click();
        ask("How?");
        assertThat(answer().locator("strong")).hasText("so");
        service.off("/web/VERSION/chat.js");
        openChatPage();
        ask("And?");
        assertThat(answer().locator("strong")).hasText("thus");
        assertThat(takeErrors()).isNotEmpty();
    }

    /** The request, once there is one, waits until the test lets it go. */
    private AtomicReference<Route> hold(String pattern) {
        AtomicReference<Route> late = new AtomicReference<>();
        page.route(pattern, late::set);
        return late;
    }

    private static Route.FulfillOptions examples(String questions) {
        return new Route.FulfillOptions()
                .setContentType("application/json")
                .setBody("{\"questions\":" + questions + ",\"site\":\"https://book.example/\"}");
    }

    /** Another tab writes, and this one has heard of it. */
    private void saveInAnotherTab() {
        page.evaluate(
                "void (window.heard = new Promise((heard) => addEventListener('storage', heard)))");
        service.on("/bare", with(200, "text/html", "<title>Bare</title>"));
        Page other = context.newPage();
        other.navigate(service.address() + "/bare");
        other.evaluate(SAVE_ALL);
        page.evaluate("heard.then(() => true)");
        other.close();
    }

    private ScriptedService.Answer paced(String... pieces) {
        return exchange -> {
            try (OutputStream body = streaming(exchange)) {
                body.write(metadata().getBytes(StandardCharsets.UTF_8));
                body.flush();
                for (String piece : pieces) {
                    turn.acquire();
                    body.write(token(piece).getBytes(StandardCharsets.UTF_8));
                    body.flush();
                }
                body.write(done("[]").getBytes(StandardCharsets.UTF_8));
            }
        };
    }
}
