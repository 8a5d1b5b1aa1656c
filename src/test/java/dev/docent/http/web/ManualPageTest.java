package dev.docent.http.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.docent.DemoService;
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
 * The demo as a newcomer tries it first: over the project's own documents, which it serves itself.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ManualPageTest extends BrowserTest {
    private @Nullable DemoService real;
    private String address = "";

    @BeforeAll
    void start(@TempDir Path data) {
        real = DemoService.start(data, Map.of("DOCENT_DOCS", ""));
        address = "http://127.0.0.1:" + real.port();
    }

    @AfterAll
    void stop() {
        if (real != null) {
            real.close();
        }
    }

    @Test
    void aSourceLeadsToItsHeadingInTheManual() {
        page.navigate(address + "/");
        ask("How do I set ALLOWED_ORIGINS?");
        assertThat(page.locator("a.source").first())
                .hasAttribute(
                        "href",
                        Pattern.compile(address + "/manual#how-do-i-set-allowed_origins.*"));
        Page manual = page.waitForPopup(() -> page.locator(".foot a.source").first().click());
        assertThat(manual.locator("#how-do-i-set-allowed_origins")).isInViewport();
        assertThat(manual.locator("h1").first()).hasText("Docent");
        manual.screenshot(
                new Page.ScreenshotOptions().setPath(Path.of("target/screenshots/manual.png")));
        manual.locator("a[href='/manual/quickstart']").first().click();
        assertThat(manual.locator("#how-do-i-shape-the-widget")).isAttached();
    }

    @Test
    void refusesInTheReadersLanguageWithLinks() {
        page.navigate(address + "/?lang=de");
        ask("Who won the football world cup in 1954?");
        assertThat(answer())
                .containsText(Pattern.compile("Dokumentation .*(nichts|keine Antwort)"));
        assertThat(answer()).not().containsText("127.0.0.1");
        assertThat(answer()).not().containsText("I found");
        assertThat(page.locator(".answer a").count()).isLessThanOrEqualTo(3);
    }
}
