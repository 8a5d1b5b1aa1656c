package dev.docent.http.web;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;

/**
 * The browsers that {@link BrowserSetup} has provided, each started once for all tests, when the
 * first of them asks for it. A test is handed Chromium as its {@link Browser}, one that is marked
 * as {@link InEachBrowser} each of them in turn.
 */
final class Browsers implements ParameterResolver, TestTemplateInvocationContextProvider {
    private static final ExtensionContext.Namespace TEST =
            ExtensionContext.Namespace.create(Browsers.class);

    /** Milliseconds that nothing takes, also on a busy machine: a guard against hanging. */
    static final int PATIENCE = 90_000;

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
        InstalledBrowser wanted =
                context.getStore(TEST)
                        .getOrDefault(
                                InstalledBrowser.class,
                                InstalledBrowser.class,
                                InstalledBrowser.CHROMIUM);
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.GLOBAL)
                .computeIfAbsent(Running.class, key -> new Running(), Running.class)
                .browser(wanted);
    }

    @Override
    public boolean supportsTestTemplate(ExtensionContext context) {
        return context.getRequiredTestMethod().isAnnotationPresent(InEachBrowser.class);
    }

    @Override
    public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(
            ExtensionContext template) {
        return Stream.of(InstalledBrowser.values()).map(In::new);
    }

    static Playwright playwright() {
        return Playwright.create(
                new Playwright.CreateOptions()
                        .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    }

    static Browser launch(Playwright playwright, InstalledBrowser wanted) {
        BrowserType.LaunchOptions options = new BrowserType.LaunchOptions().setTimeout(PATIENCE);
        // Without a path Playwright starts the one that it has downloaded.
        Optional<Path> path = wanted.find();
        path.ifPresent(options::setExecutablePath);
        return switch (wanted) {
            case CHROMIUM -> playwright.chromium().launch(options.setArgs(QUIET));
            case FIREFOX -> {
                // Mozilla's own Firefox speaks WebDriver BiDi; Playwright's another protocol.
                path.ifPresent(program -> options.setChannel("moz-firefox"));
                yield playwright.firefox().launch(options);
            }
        };
    }

    private record In(InstalledBrowser browser) implements TestTemplateInvocationContext {
        @Override
        public String getDisplayName(int invocationIndex) {
            return browser.name();
        }

        @Override
        public void prepareInvocation(ExtensionContext context) {
            context.getStore(TEST).put(InstalledBrowser.class, browser);
        }
    }

    private static final class Running implements AutoCloseable {
        private final Map<InstalledBrowser, Browser> browsers =
                new EnumMap<>(InstalledBrowser.class);
        private final Playwright playwright = playwright();

        Running() {
            PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE);
        }

        Browser browser(InstalledBrowser wanted) {
            return browsers.computeIfAbsent(wanted, kind -> launch(playwright, kind));
        }

        @Override
        public void close() {
            playwright.close();
        }
    }
}
