package dev.docent.http.web;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * The browser that {@link BrowserSetup} has provided, started once for all tests and handed to
 * those that ask for a {@link Browser}.
 */
final class Chromium implements ParameterResolver {
    private static final List<String> QUIET =
            List.of(
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-quic",
                    "--no-first-run",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync");

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Browser.class;
    }

    @Override
    public Browser resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.GLOBAL)
                .computeIfAbsent(Running.class, key -> new Running(), Running.class)
                .browser;
    }

    private static final class Running implements AutoCloseable {
        private final Playwright playwright =
                Playwright.create(
                        new Playwright.CreateOptions()
                                .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        private final Browser browser;

        Running() {
            BrowserType.LaunchOptions options = new BrowserType.LaunchOptions().setArgs(QUIET);
            // Without a path Playwright starts the one that it has downloaded.
            InstalledBrowser.find().ifPresent(options::setExecutablePath);
            browser = playwright.chromium().launch(options);
            // Guards against hanging on a busy machine; nothing waits for as long as this.
            PlaywrightAssertions.setDefaultAssertionTimeout(30_000);
        }

        @Override
        public void close() {
            playwright.close();
        }
    }
}
