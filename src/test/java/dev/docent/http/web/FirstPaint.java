package dev.docent.http.web;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import dev.docent.DemoService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Measures how long a reader waits from Enter to the first painted words of an answer, in each
 * browser, on the chat page and in the widget, with the service in demo mode on the same machine:
 * everything but the network and the language model.
 */
final class FirstPaint {
    /** Notes, for each Enter, the milliseconds until the frame with the first words was painted. */
    private static final String WATCH =
            """
            window.waits = [];
            addEventListener('keydown', ({ key }) => {
              if (key !== 'Enter') return;
              const began = performance.now();
              const root = document.querySelector('docent-chat')?.shadowRoot ?? document;
              const before = root.querySelectorAll('article').length;
              const look = () => {
                const articles = root.querySelectorAll('article');
                const words = articles.length > before && [...articles].at(-1).querySelector('.answer').textContent;
                if (!words) return void requestAnimationFrame(look);
                // What is posted before a frame is painted arrives after it.
                const { port1, port2 } = new MessageChannel();
                port1.onmessage = () => waits.push(performance.now() - began);
                port2.postMessage('');
              };
              requestAnimationFrame(look);
            }, true);\
            """;

    private FirstPaint() {}

    /**
     * Prints medians and 95th percentiles.
     *
     * @param arguments how many questions to ask in each place; none for 40
     */
    public static void main(String[] arguments) throws IOException {
        int questions = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 40;
        Path data = Files.createTempDirectory("docent-paint");
        try (DocumentationSite site = new DocumentationSite("");
                DemoService service =
                        DemoService.start(data, Map.of("ALLOWED_ORIGINS", site.origin()));
                Playwright playwright = Browsers.playwright()) {
            String address = "http://127.0.0.1:" + service.port();
            site.service(address);
            for (InstalledBrowser kind : InstalledBrowser.values()) {
                try (Browser browser = Browsers.launch(playwright, kind)) {
                    Page page = browser.newPage();
                    page.navigate(address + "/");
                    report(kind + ", page", ask(page, questions));
                    page.navigate(site.origin() + "/docs/intro");
                    page.locator(".launcher").click();
                    report(kind + ", widget", ask(page, questions));
                }
            }
        }
    }

    private static List<Double> ask(Page page, int questions) {
        page.locator("#docent-question").waitFor();
        page.evaluate(WATCH);
        for (int i = 1; i <= questions; i++) {
            int asked = i;
            page.locator("#docent-question")
                    .fill("What is the alarm threshold of gauge " + i + "?");
            page.locator("#docent-question").press("Enter");
            page.waitForCondition(() -> times(page).size() == asked);
            page.locator("article:last-of-type .actions").waitFor();
        }
        return times(page).stream().sorted().toList();
    }

    private static List<Double> times(Page page) {
        return ((List<?>) page.evaluate("waits"))
                .stream().map(number -> ((Number) number).doubleValue()).toList();
    }

    private static void report(String where, List<Double> sorted) {
        System.out.printf(
                "%s: from Enter to the first painted words %.0f ms (median of %d), 95%% within %.0f ms%n",
                where,
                sorted.get(sorted.size() / 2),
                sorted.size(),
                sorted.get((sorted.size() * 95 - 1) / 100));
    }
}
