package dev.docent.http.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.docent.DemoService;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
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
        assertThat(page.locator(".quote")).isVisible();
        assertThat(sources().first()).isVisible();
        screenshot("real-page");
        page.reload();
        assertThat(sources().first()).isVisible();
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
    void doesNotAppearOnASiteThatIsNotAllowed() {
        page.waitForConsoleMessage(
                new Page.WaitForConsoleMessageOptions()
                        .setPredicate(message -> message.text().contains("ALLOWED_ORIGINS")),
                () -> page.navigate(stranger.origin() + "/docs/intro"));
        assertThat(page.locator("docent-chat")).hasCount(0);
        assertThat(takeErrors()).isNotEmpty();
    }

    @Test
    void offersQuestionsThatItCanAnswer() {
        page.navigate(address() + "/");
        page.locator(".examples").getByRole(AriaRole.BUTTON).first().click();
        assertThat(sources().first()).isVisible();
    }

    private Locator sources() {
        return page.locator(".foot ol li");
    }

    private String address() {
        return "http://127.0.0.1:" + real.port();
    }
}
