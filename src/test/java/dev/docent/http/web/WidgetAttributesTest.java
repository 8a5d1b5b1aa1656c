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
