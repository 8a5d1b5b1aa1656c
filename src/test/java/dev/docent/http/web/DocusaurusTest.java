package dev.docent.http.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.SimpleFileServer;
import dev.docent.DemoService;
import dev.docent.http.WidgetFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole ways of a reader through a site that Docusaurus has built, with the real service: below
 * a path, with slashes at the end, in two languages and two versions.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DocusaurusTest extends BrowserTest {
    private static final String QUESTION = "How do I calibrate the float?";

    /** Playwright cannot follow a page that Firefox takes out of its cache as it was left. */
    private static final String NOT_CACHED = "addEventListener('unload', () => {})";

    private HttpServer pages;
    private @Nullable DemoService real;
    private String answering = "";
    private volatile boolean asleep;

    @BeforeAll
    void start(@TempDir Path data) throws IOException {
        Path folder = DocusaurusBuild.folder();
        pages = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        pages.createContext("/foo/", SimpleFileServer.createFileHandler(folder.resolve("build")));
        pages.start();
        real =
                DemoService.start(
                        data,
                        Map.of(
                                "DOCENT_DOCS", folder.toString(),
                                "DOCENT_SITE_URL", origin(),
                                "ALLOWED_ORIGINS", origin()));
        answering = "http://127.0.0.1:" + real.port();
        pages.createContext(
                "/foo/docent.js",
                exchange -> {
                    String text = WidgetFile.text(URI.create(answering));
                    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                    exchange.getResponseHeaders().set("Content-Type", "text/javascript");
                    exchange.sendResponseHeaders(200, bytes.length);
                    exchange.getResponseBody().write(bytes);
                    exchange.close();
                });
    }

    @AfterAll
    void stop() {
        if (real != null) {
            real.close();
        }
        pages.stop(0);
    }

    @InEachBrowser
    void fromTheServicesOwnPageToTheSentenceAndOn() {
        page.navigate(answering + "/");
        ask(QUESTION);
        Locator source = page.locator(".foot a.source").first();
        Page site = context.waitForPage(source::click);
        site.waitForURL(Pattern.compile(".*/foo/docs/reference/#calibration-of-the-float.*"));
        assertThat(site.locator("#calibration-of-the-float")).isInViewport();
        site.close();
        ask("How long are readings kept without a link?");
        assertThat(answer()).containsText("90 days");
        assertThat(page.locator("article")).hasCount(2);
    }

    @InEachBrowser
    void fromAQuestionToTheSentenceAndBackAndOn() {
        page.navigate(origin() + "/foo/docs/");
        button("Ask").click();
        ask(QUESTION);
        page.evaluate(NOT_CACHED);
        sources().first().click();
        page.waitForURL(Pattern.compile(".*/foo/docs/reference/#calibration-of-the-float.*"));
        assertThat(page.locator("#calibration-of-the-float")).isInViewport();
        page.waitForCondition(() -> marked().contains("press the brass lever"));
        page.keyboard().press("Space");
        assertThat(answer()).containsText("brass lever");
        assertThat(page.locator("docent-chat article")).hasCount(1);
        page.evaluate(NOT_CACHED);
        page.goBack();
        assertThat(page).hasURL(origin() + "/foo/docs/");
        assertThat(answer()).containsText("brass lever");
        ask("How long are readings kept without a link?");
        assertThat(answer()).containsText("90 days");
        page.goForward();
        assertThat(page.locator("docent-chat article h2"))
                .hasText(new String[] {QUESTION, "How long are readings kept without a link?"});
        screenshot("docusaurus-source");
    }

    @Test
    void onAPhoneASourceIsSeenAndTheConversationIsStillThere() {
        page.setViewportSize(390, 844);
        page.navigate(origin() + "/foo/docs/");
        button("Ask").click();
        ask(QUESTION);
        sources().first().click();
        page.waitForURL(Pattern.compile(".*/foo/docs/reference/.*"));
        assertThat(page.locator("#calibration-of-the-float")).isInViewport();
        assertThat(page.locator("docent-chat dialog")).isHidden();
        screenshot("docusaurus-phone-source");
        button("Ask").click();
        assertThat(answer()).containsText("brass lever");
    }

    @Test
    void keepsTheLanguageThatIsRead() {
        page.navigate(origin() + "/foo/de/docs/");
        button("Fragen").click();
        ask("Once a month: how do I get updates?");
        assertThat(sources().first())
                .hasAttribute("href", Pattern.compile(".*/foo/de/docs/installation/#updating.*"));
        sources().first().click();
        page.waitForURL(Pattern.compile(".*/foo/de/docs/installation/.*"));
        // Its sentence is in the other language, so the heading is shown.
        page.waitForCondition(() -> marked().contains("Auf dem Laufenden bleiben"));
        assertThat(page.locator("#updating")).isInViewport();
    }

    @Test
    void theQuestionWaitsWhileTheServiceSleeps() {
        asleep = true;
        page.route(
                answering + "/**",
                route -> {
                    if (asleep) {
                        route.fulfill(
                                new com.microsoft.playwright.Route.FulfillOptions()
                                        .setStatus(503)
                                        .setContentType("text/html")
                                        .setBody("<h1>Preparing Space</h1>"));
                    } else {
                        route.resume();
                    }
                });
        page.navigate(origin() + "/foo/docs/");
        assertThat(requests).noneMatch(url -> url.startsWith(answering));
        button("Ask").click();
        page.getByLabel("Your question").fill(QUESTION);
        page.getByLabel("Your question").press("Enter");
        assertThat(page.getByText("The service is waking up…")).isVisible();
        screenshot("docusaurus-asleep");
        asleep = false;
        assertThat(answer()).containsText("brass lever");
        assertThat(takeErrors()).isNotEmpty();
    }

    @Test
    void theButtonsOfTheSiteAndOursAreBothWithinReach() {
        page.navigate(origin() + "/foo/docs/reference/");
        page.locator(".theme-back-to-top-button").waitFor(attached());
        page.mouse().move(300, 300);
        page.mouse().wheel(0, 3000);
        page.waitForCondition(() -> (Boolean) page.evaluate("scrollY > 2000"));
        page.mouse().wheel(0, -300);
        Locator back = page.locator(".theme-back-to-top-button");
        assertThat(back).isVisible();
        screenshot("docusaurus-buttons");
        back.click();
        page.waitForCondition(() -> (Boolean) page.evaluate("scrollY < 100"));
        page.getByText("Ask Tidewatch").click();
        assertThat(input()).isFocused();
        page.evaluate("document.querySelector('docent-chat').close()");
        assertThat(page.locator("docent-chat dialog")).isHidden();
    }

    @Test
    void anotherSourceOfTheSamePageMovesTheMark() {
        page.navigate(origin() + "/foo/docs/reference/");
        button("Ask").click();
        ask(QUESTION);
        sources().first().click();
        page.waitForCondition(() -> marked().contains("brass lever"));
        ask("What is the default of log.level?");
        page.locator("docent-chat article:last-of-type a.source").first().click();
        page.waitForCondition(() -> marked().contains("The level is set"));
        assertThat(marked()).doesNotContain("brass lever");
        assertThat(page.locator("docent-chat article")).hasCount(2);
    }

    /** What the page marks as what a source leads to. */
    private String marked() {
        return (String)
                page.evaluate(
                        "[...(CSS.highlights.get('docent-source') ?? [])].map(String).join('|')");
    }

    private Locator sources() {
        return page.locator("docent-chat .foot a.source");
    }

    private String origin() {
        return "http://localhost:" + pages.getAddress().getPort();
    }

    private static Locator.WaitForOptions attached() {
        return new Locator.WaitForOptions()
                .setState(com.microsoft.playwright.options.WaitForSelectorState.ATTACHED);
    }

    @Override
    com.microsoft.playwright.Browser.NewContextOptions options() {
        return super.options().setViewportSize(1280, 800);
    }
}
