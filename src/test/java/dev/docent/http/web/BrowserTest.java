package dev.docent.http.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** A browser with one page, a scripted service, and no tolerance for errors on the page. */
@ExtendWith(Browsers.class)
abstract class BrowserTest {
    static final String SOURCES =
            """
            [{"file":"docs/install.md","heading":"Install > With Docker","similarity":0.83,"number":1,
            "title":"Install","url":"https://book.example/docs/install#with-docker",
            "quote":"Run the image on port 7860 as user 1000."},
            {"file":"docs/origins.md","heading":"Origins","similarity":0.61,"number":2,"title":"Origins",
            "url":"https://book.example/docs/origins","quote":"An origin has no path."}]\
            """;

    /** What the console says of what the pages do not do themselves. */
    private static final List<String> UNMEANT =
            List.of(
                    // Chromium logs each answer that is not 2xx; the tests assert on what is shown.
                    "Failed to load resource",
                    // The rule "body {}", which Playwright adds to a page that it draws in Firefox.
                    "sha256-YjaKGiklmzC6wjXA513HAMmzus8VE61XCOT+SmwNZWA=",
                    // Firefox asks for it even where a policy forbids it.
                    "/favicon.ico");

    final List<String> requests = new ArrayList<>();
    private final List<String> errors = new ArrayList<>();
    ScriptedService service;
    BrowserContext context;
    Page page;

    @BeforeEach
    void startUp(Browser browser) throws IOException {
        service = new ScriptedService();
        requests.clear();
        errors.clear();
        context = browser.newContext(options());
        context.setDefaultTimeout(Browsers.PATIENCE);
        page = context.newPage();
        page.onPageError(this::note);
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                note(message.text());
            }
        });
        page.onRequest(request -> requests.add(request.url()));
    }

    private void note(String error) {
        if (UNMEANT.stream().noneMatch(error::contains)) {
            errors.add(error);
        }
    }

    @AfterEach
    void shutDown() {
        context.close();
        service.close();
        assertThat(errors).isEmpty();
    }

    Browser.NewContextOptions options() {
        return new Browser.NewContextOptions().setLocale("en-GB");
    }

    /** Errors of the page that the test provokes: taken, so that they do not fail it. */
    List<String> takeErrors() {
        List<String> taken = List.copyOf(errors);
        errors.clear();
        return taken;
    }

    void openChatPage() {
        page.navigate(service.address() + "/");
        input().waitFor();
    }

    void ask(String question) {
        input().fill(question);
        input().press("Enter");
    }

    Locator input() {
        return page.locator("#docent-question");
    }

    Locator button(String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    Locator answer() {
        return page.locator(".answer").last();
    }

    void screenshot(String name) {
        page.screenshot(
                new Page.ScreenshotOptions()
                        .setPath(Path.of("target", "screenshots", name + ".png")));
    }
}
