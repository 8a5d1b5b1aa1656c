package dev.docent.http.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import dev.docent.DemoService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The pages on the real service in demo mode, with the policies and origins that it enforces
 * itself.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RealServiceTest extends BrowserTest {
    private static final String QUESTION = "What is the default alarm threshold?";

    /** No configuration names the site's address: it is that of the site which may ask. */
    private static final String LEADS =
            "http://localhost:\\d+/docs/guides/alarms#setting-the-threshold:~:text=.*";

    private static final String FOR_GOOD = "public, max-age=31536000, immutable";

    private final HttpClient http = HttpClient.newHttpClient();
    private DocumentationSite site;
    private DocumentationSite stranger;
    private DemoService real;

    @BeforeAll
    void start(@TempDir Path data) throws IOException {
        site = new DocumentationSite("");
        stranger = new DocumentationSite("");
        real = DemoService.start(data, Map.of("ALLOWED_ORIGINS", site.origin()));
        site.service(address());
        stranger.service(address());
    }

    @AfterAll
    void stop() {
        real.close();
        stranger.close();
        site.close();
    }

    @Test
    void answersOnItsOwnPageWithAQuoteFromTheDocumentation() {
        page.navigate(address() + "/");
        assertThat(page.getByText("Demo mode: no language model is attached")).isVisible();
        ask(QUESTION);
        button("Source 1").first().click();
        assertThat(page.locator(".quote a")).hasAttribute("href", Pattern.compile(LEADS));
        assertThat(page.locator(".foot a.source").first())
                .hasAttribute("href", Pattern.compile(LEADS));
        screenshot("real-page");
        page.reload();
        assertThat(sources().first()).isVisible();
    }

    /** The service is asked for examples while it still tries them; what it says may come late. */
    @Test
    void keepsAnOpenQuoteWhenTheAddressOfTheSiteIsKnownLater() {
        AtomicReference<Route> late = new AtomicReference<>();
        page.route("**/api/examples", late::set);
        page.navigate(address() + "/");
        ask(QUESTION);
        button("Source 1").first().click();
        assertThat(page.locator(".quote")).isVisible();
        assertThat(page.locator(".quote a")).hasCount(0);
        late.get().resume();
        assertThat(page.locator(".quote a")).hasAttribute("href", Pattern.compile(LEADS));
        assertThat(button("Source 1").first()).isFocused();
    }

    @Test
    void answersOnASiteThatIsAllowed() {
        page.navigate(site.origin() + "/docs/intro");
        button("Ask").click();
        ask(QUESTION);
        assertThat(sources().first()).isVisible();
        screenshot("real-widget");
    }

    @Test
    void givesNoPanelToASiteThatIsNotAllowedAndSaysWhy() {
        page.navigate(stranger.origin() + "/docs/intro");
        page.waitForConsoleMessage(
                new Page.WaitForConsoleMessageOptions()
                        .setPredicate(message -> message.text().contains("ALLOWED_ORIGINS")),
                () -> button("Ask").click());
        assertThat(page.locator("dialog")).hasCount(0);
        assertThat(takeErrors()).isNotEmpty();
    }

    @Test
    void isOneSmallFileBeforeItIsOpenedAndSmallBeforeTheFirstQuestion() {
        requests.clear();
        page.navigate(site.origin() + "/docs/intro");
        button("Ask").waitFor();
        assertThat(loaded()).containsExactly(address() + "/widget.js");
        assertThat(size(loaded())).isLessThan(4096);
        button("Ask").click();
        input().fill("Not sent");
        assertThat(loaded()).hasSizeGreaterThan(10).noneMatch(url -> url.contains("/vendor/"));
        assertThat(size(loaded())).isLessThan(30_000);
    }

    @Test
    void isKeptByBrowsersForGoodUnderItsVersion() {
        requests.clear();
        page.navigate(site.origin() + "/docs/intro");
        button("Ask").click();
        ask(QUESTION);
        sources().first().waitFor();
        for (String url : loaded()) {
            String kept = get(url).headers().firstValue("Cache-Control").orElseThrow();
            boolean entrance = url.endsWith("/widget.js") || url.endsWith("/panel.js");
            assertThat(kept).as(url).isEqualTo(entrance ? "no-cache" : FOR_GOOD);
            assertThat(get(url).headers().firstValue("Cross-Origin-Resource-Policy"))
                    .contains("cross-origin");
        }
        String older = address() + "/web/0123456789ab/chat.js";
        assertThat(get(older).headers().firstValue("Cache-Control")).contains("no-cache");
    }

    @Test
    void takesWhatAReaderThinksOfAnAnswer() {
        page.navigate(address() + "/");
        ask(QUESTION);
        button("Helpful").click();
        assertThat(page.getByText("Thank you for telling us.")).isVisible();
        assertThat(button("Helpful")).hasAttribute("aria-pressed", "true");
        button("Not helpful").click();
        page.getByLabel("What was wrong or missing?").fill("Which unit?");
        page.locator(".words button").click();
        assertThat(page.locator(".words")).isHidden();
        page.reload();
        assertThat(button("Not helpful")).hasAttribute("aria-pressed", "true");
        screenshot("real-feedback");
    }

    @Test
    void takesNoOpinionOnAnAnswerThatItDoesNotKnow() {
        String id = "00000000-0000-4000-8000-000000000000";
        assertThat(feedback("{\"message_id\":\"" + id + "\",\"helpful\":true}")).isEqualTo(404);
        assertThat(feedback("{\"message_id\":\"1\",\"helpful\":true}")).isEqualTo(422);
        assertThat(feedback("{\"message_id\":\"" + id + "\",\"helpful\":\"yes\"}")).isEqualTo(422);
        String words = "x".repeat(1001);
        String long1001 = "\"helpful\":true,\"comment\":\"" + words + "\"}";
        assertThat(feedback("{\"message_id\":\"" + id + "\"," + long1001)).isEqualTo(422);
        assertThat(feedback("no")).isEqualTo(400);
    }

    @Test
    void offersQuestionsThatItCanAnswer() {
        page.navigate(address() + "/");
        page.locator(".examples").getByRole(AriaRole.BUTTON).first().click();
        assertThat(sources().first()).isVisible();
    }

    /** The service's files that the page has asked for, each once. */
    private List<String> loaded() {
        return requests.stream()
                .filter(url -> url.startsWith(address()) && !url.contains("/api/"))
                .distinct()
                .toList();
    }

    private int feedback(String body) {
        return send(HttpRequest.newBuilder(URI.create(address() + "/api/feedback"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body)))
                .statusCode();
    }

    private int size(List<String> urls) {
        return urls.stream().mapToInt(url -> get(url).body().length).sum();
    }

    private HttpResponse<byte[]> get(String url) {
        return send(HttpRequest.newBuilder(URI.create(url)).header("Accept-Encoding", "gzip"));
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private Locator sources() {
        return page.locator(".foot ol li");
    }

    private String address() {
        return "http://127.0.0.1:" + real.port();
    }
}
