package dev.docent.http.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.docent.http.web.ScriptedService.json;
import static dev.docent.http.web.ScriptedService.says;
import static dev.docent.http.web.ScriptedService.with;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.ReducedMotion;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the quickstart's table says of the widget, tried one by one, and pages that are odd. */
class WidgetAttributesTest extends BrowserTest {
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

    @Test
    void positionMovesButtonAndPanelToTheOtherCorner() {
        openDocs("data-position=left");
        assertThat(box(".launcher").x).isLessThan(40);
        button("Ask").click();
        assertThat(box("dialog").x).isLessThan(40);
        page.setViewportSize(390, 844);
        page.waitForCondition(() -> box("dialog").width == 390 && box("dialog").x == 0);
    }

    @Test
    void withoutAButtonTheSitesOwnOpenItAndAsk() {
        service.answer(says("Here.", "[]"), says("There.", "[]"));
        openDocs("data-launcher=none");
        assertThat(page.locator(".launcher")).isHidden();
        page.evaluate(
                """
                window.heard = [];
                for (const name of ['open', 'close', 'ask', 'answer'])
                  document.addEventListener(`docent-${name}`, ({ detail }) => heard.push(`${name} ${JSON.stringify(detail)}`));
                document.body.insertAdjacentHTML('afterbegin', '<button data-docent-open>O</button><button data-docent-ask="Where?">W</button>');\
                """);
        button("O").click();
        assertThat(input()).isFocused();
        page.keyboard().press("Escape");
        assertThat(page.locator("dialog")).isHidden();
        assertThat(page.locator(".launcher")).isHidden();
        button("W").click();
        assertThat(answer()).hasText("Here.");
        page.evaluate("document.querySelector('docent-chat').ask('And?')");
        assertThat(answer()).hasText("There.");
        page.evaluate("document.querySelector('docent-chat').close()");
        assertThat(page.locator("dialog")).isHidden();
        page.waitForCondition(() -> ((List<?>) page.evaluate("heard")).size() == 8);
        assertThat((List<?>) page.evaluate("heard"))
                .asString()
                .contains("open ", "close ", "ask {\"question\":\"Where?\"}")
                .contains("answer {\"question\":\"And?\",\"state\":\"done\",\"sources\":0}");
    }

    @Test
    void asASideThePageMovesAsideForThePanel() {
        page.setViewportSize(1280, 800);
        openDocs("data-panel=side");
        button("Ask").click();
        BoundingBox panel = box("dialog");
        assertThat(panel.y).isZero();
        assertThat(panel.height).isEqualTo(800);
        page.waitForCondition(() ->
                (Boolean)
                        page.evaluate(
                                "document.querySelector('main').getBoundingClientRect().right <= "
                                        + panel.x));
        screenshot("widget-side");
        button("Close").click();
        page.waitForCondition(() ->
                "0px"
                        .equals(
                                page.evaluate(
                                        "getComputedStyle(document.documentElement).paddingRight")));
    }

    @Test
    void examplesArePagesOwnOrTheScriptsOrTheServices() {
        service.on("/api/examples", json(200, "{\"questions\":[\"Theirs?\"]}"));
        openDocs("data-examples='One? | Two?' data-privacy=/privacy");
        button("Ask").click();
        assertThat(page.locator(".examples button")).hasText(new String[] {"One?", "Two?"});
        assertThat(page.getByText("Privacy")).hasAttribute("href", "/privacy");
        button("Close").click();
        page.evaluate(
                """
                document.head.insertAdjacentHTML('beforeend', '<meta name="docent-examples" content=\\'["Own?"]\\'>')\
                """);
        button("Ask").click();
        assertThat(page.locator(".examples button")).hasText(new String[] {"Own?"});
        openDocs("");
        assertThat(page.locator(".examples button")).hasText(new String[] {"Theirs?"});
    }

    @Test
    void theShortcutIsShownAndCanBeAnother() {
        openDocs("data-shortcut=i");
        assertThat(page.locator("kbd")).hasText("Ctrl i");
        assertThat(button("Ask")).hasAttribute("aria-keyshortcuts", "Control+i");
        page.keyboard().press("Control+i");
        assertThat(input()).isFocused();
    }

    @Test
    void theThemeCanBeOtherThanTheSites() {
        openDocs("data-theme=dark");
        assertThat(page.locator("docent-chat")).hasCSS("color-scheme", "dark");
    }

    @Test
    void isAsLargeAsEverOnAPageWhoseRemIsTenPixels() {
        openDocs("");
        button("Ask").click();
        double before = box("dialog").width;
        page.evaluate("document.documentElement.style.fontSize = '62.5%'");
        assertThat(box("dialog").width).isEqualTo(before);
        assertThat(page.locator("dialog textarea")).hasCSS("font-size", "16px");
    }

    @Test
    void isFoundAmongOtherScriptsOfItsName() {
        service.on("/other/widget.js", with(200, "text/javascript", "window.other = true;"));
        openDocs("type=module");
        page.evaluate("delete window.other");
        assertThat(page.locator("docent-chat")).hasCount(1);
        page.navigate(site.origin() + "/docs/intro");
        button("Ask").click();
        assertThat(input()).isFocused();
    }

    @Test
    void saysInOneSentenceWhatItCannotUse() {
        openDocs("data-texts='{no'");
        assertThat(button("Ask")).isVisible();
        assertThat(takeErrors())
                .singleElement()
                .asString()
                .startsWith("docent: the attribute \"texts\" is no JSON");
        page.addInitScript("customElements.define('docent-chat', class extends HTMLElement {})");
        page.waitForConsoleMessage(() -> page.navigate(site.origin() + "/docs/intro"));
        assertThat(takeErrors()).contains("docent: there is a <docent-chat> on this page already.");
    }

    @Test
    void anOldBrowserIsTold() {
        page.addInitScript("delete Document.prototype.adoptedStyleSheets");
        page.waitForConsoleMessage(() -> page.navigate(site.origin() + "/docs/intro"));
        assertThat(takeErrors()).containsExactly("docent: this browser is too old for the widget.");
        // Stands for the syntax that came with it.
        page.addInitScript("delete Array.prototype.findLast");
        page.waitForConsoleMessage(() -> page.navigate(site.origin() + "/docs/intro"));
        assertThat(takeErrors()).containsExactly("docent: this browser is too old for the widget.");
        page.route("**/app.js", route -> route.abort());
        page.navigate(service.address() + "/");
        assertThat(page.getByText("this browser is too old for the page")).isVisible();
    }

    /** What browsers of 2023 lack, some of them one and some another. */
    @Test
    void aBrowserThatIsNotNewWillDo() {
        page.addInitScript(
                """
                for (const [object, name] of [[AbortSignal, 'any'], [Intl, 'Segmenter'], [URL, 'parse'],
                    [window, 'Highlight'], [CSS, 'highlights'], [window, 'structuredClone'],
                    [Promise, 'withResolvers']]) delete object[name];\
                """);
        // The same as where the function is not known: the rule counts for nothing.
        page.route(
                "**/*.css",
                route -> {
                    var response = route.fetch();
                    route.fulfill(
                            new com.microsoft.playwright.Route.FulfillOptions()
                                    .setResponse(response)
                                    .setBody(response.text().replace("light-dark(", "unknown(")));
                });
        service.answer(says("So [Source 1].", SOURCES), says("And so.", "[]"));
        page.navigate(service.address() + "/");
        ask("How?");
        button("Source 1").click();
        assertThat(page.locator(".quote")).isVisible();
        assertThat(page.locator(".answer")).hasCSS("color", "rgb(29, 33, 37)");
        openDocs("");
        button("Ask").click();
        ask("And?");
        assertThat(answer()).hasText("And so.");
        assertThat(page.locator("docent-chat .chat")).hasCSS("color", "rgb(28, 30, 33)");
    }

    @Test
    void policiesOfSitesAreKept() {
        for (String policy :
                List.of(
                        // As the quickstart has it.
                        "script-src 'self' 'nonce-n' SERVICE; connect-src 'self' SERVICE",
                        "script-src 'nonce-n' 'strict-dynamic' 'unsafe-inline' https:; object-src 'none'; base-uri 'none'",
                        "default-src 'self'; script-src 'self' 'unsafe-inline' SERVICE; style-src 'self' 'unsafe-inline'; connect-src SERVICE",
                        "default-src 'none'; script-src 'nonce-n'; style-src 'nonce-n'; connect-src SERVICE; require-trusted-types-for 'script'; trusted-types dompurify")) {
            site.policy(policy);
            service.answer(says("It is **so**.", "[]"));
            openDocs("");
            page.evaluate("document.querySelector('docent-chat').open()");
            ask("How?");
            assertThat(answer().locator("strong")).hasText("so");
        }
        // Without the name of the sanitiser's policy nothing may be parsed.
        site.policy(
                "script-src 'nonce-n' 'strict-dynamic'; require-trusted-types-for 'script'; trusted-types book");
        service.answer(says("It is **thus**.", "[]"));
        page.navigate(site.origin() + "/docs/setup");
        ask("And?");
        assertThat(answer()).hasText("It is **thus**.");
        assertThat(takeErrors()).isNotEmpty();
    }

    @Test
    void whatASiteSaysOfAllElementsDoesNotReachIt() {
        openDocs("");
        button("Ask").click();
        input().waitFor();
        String look =
                """
                () => ['.launcher', 'dialog', '.welcome h2', '.hint', '.box textarea'].map((name) => {
                  const { font, letterSpacing, textTransform, textAlign, visibility, cursor } =
                    getComputedStyle(document.querySelector('docent-chat').shadowRoot.querySelector(name));
                  return [font, letterSpacing, textTransform, textAlign, visibility, cursor].join();
                })\
                """;
        Object before = page.evaluate(look);
        page.evaluate("sessionStorage.clear()");
        site.style(
                """
                * { font: italic 30px/3 serif !important; letter-spacing: 5px; text-transform: uppercase;
                  text-align: center; word-spacing: 9px; cursor: wait; box-sizing: border-box }
                html { font-size: 62.5% } body { display: grid; gap: 4rem }\
                """);
        openDocs("");
        int items =
                (Integer)
                        page.evaluate(
                                "getComputedStyle(document.body).gridTemplateRows.split(' ').length");
        button("Ask").click();
        input().waitFor();
        assertThat(page.evaluate(look)).isEqualTo(before);
        assertThat(items).isEqualTo(1);
    }

    @Test
    void aLinkThatOpensItLeadsNowhereElse() {
        service.answer(says("Here.", "[]"));
        openDocs("data-launcher=none");
        page.evaluate(
                """
                document.body.insertAdjacentHTML('afterbegin',
                  '<a href="/docs/next" data-docent-open>O</a> <a href="#" data-docent-ask="Where?">W</a>');\
                """);
        page.getByText("W", new com.microsoft.playwright.Page.GetByTextOptions().setExact(true))
                .dblclick();
        assertThat(answer()).hasText("Here.");
        assertThat(input()).hasValue("");
        page.getByText("O", new com.microsoft.playwright.Page.GetByTextOptions().setExact(true))
                .click();
        assertThat(input()).isFocused();
        assertThat(page).hasURL(site.origin() + "/docs/intro");
    }

    @Test
    void theOfferToAskAboutASelectionGoesWithIt() {
        openDocs("");
        page.evaluate(
                """
                document.body.insertAdjacentHTML('beforeend', '<p>line</p>'.repeat(100));
                getSelection().selectAllChildren(document.querySelector('main p'));\
                """);
        button("Ask about this").waitFor();
        double before = box(".selection").y;
        page.mouse().wheel(0, 100);
        page.waitForCondition(() -> box(".selection").y < before - 50);
    }

    @Override
    Browser.NewContextOptions options() {
        return super.options().setReducedMotion(ReducedMotion.REDUCE);
    }

    private BoundingBox box(String selector) {
        return page.locator("docent-chat " + selector).first().boundingBox();
    }

    private void openDocs(String attributes) {
        site.script(attributes);
        page.navigate(site.origin() + "/docs/intro");
        page.locator(".launcher")
                .waitFor(
                        new com.microsoft.playwright.Locator.WaitForOptions()
                                .setState(
                                        com.microsoft.playwright.options.WaitForSelectorState
                                                .ATTACHED));
    }
}
