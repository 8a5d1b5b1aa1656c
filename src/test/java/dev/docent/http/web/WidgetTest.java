package dev.docent.http.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.docent.http.web.ScriptedService.metadata;
import static dev.docent.http.web.ScriptedService.says;
import static dev.docent.http.web.ScriptedService.streaming;
import static dev.docent.http.web.ScriptedService.token;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The widget on a documentation site of another origin, with a strict policy of its own. */
class WidgetTest extends BrowserTest {
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
    void opensByButtonAndByKeyAndGivesTheFocusBack() {
        openDocs();
        button("Ask").click();
        assertThat(input()).isFocused();
        page.keyboard().press("Escape");
        assertThat(page.locator("dialog")).isHidden();
        assertThat(button("Ask")).isFocused();
        page.getByText("Next page").focus();
        page.keyboard().press("Control+.");
        assertThat(input()).isFocused();
        page.keyboard().press("Control+.");
        assertThat(page.getByText("Next page")).isFocused();
    }

    @Test
    void answersAboutThePageThatTheReaderIsOnThroughANavigationOfTheSite() {
        service.answer(says("One.", "[]"), says("Two.", "[]"));
        openDocs();
        button("Ask").click();
        ask("First?");
        assertThat(answer()).hasText("One.");
        page.getByText("Next page").click();
        assertThat(page.locator("main h1")).hasText("Next");
        assertThat(answer()).hasText("One.");
        ask("Second?");
        assertThat(answer()).hasText("Two.");
        assertThat(service.questions().stream().map(body -> body.get("page").textValue()))
                .containsExactly("/docs/intro", "/docs/next");
    }

    @Test
    void asksAboutTheSelectedPassageUntilThatIsLeft() {
        service.answer(says("It senses.", "[]"), says("It moves.", "[]"));
        openDocs();
        select("main p");
        button("Ask about this").click();
        assertThat(page.locator(".about blockquote")).containsText("A robot senses");
        ask("Meaning?");
        assertThat(answer()).hasText("It senses.");
        assertThat(page.locator("article .passage")).containsText("A robot senses");
        page.keyboard().press("Escape");
        assertThat(page.locator(".about")).isHidden();
        assertThat(page.locator("dialog")).isVisible();
        ask("More?");
        assertThat(answer()).hasText("It moves.");
        assertThat(service.questions().get(0).get("mode").textValue()).isEqualTo("selection");
        assertThat(service.questions().get(0).get("context").textValue())
                .isEqualTo("A robot senses & acts in the world.");
        assertThat(service.questions().get(1).get("mode").textValue()).isEqualTo("general");
    }

    @Test
    void cutsALongPassageAtAWordAndSaysSo() {
        service.answer(says("Long.", "[]"));
        openDocs();
        page.evaluate("document.querySelector('main p').textContent = 'word '.repeat(1700)");
        select("main p");
        page.keyboard().press("Control+.");
        assertThat(page.getByText("only its first 8,000 characters are sent")).isVisible();
        ask("What?");
        assertThat(answer()).hasText("Long.");
        assertThat(service.questions().get(0).get("context").textValue()).hasSize(7999);
        button("Leave the passage").click();
        assertThat(page.locator(".about")).isHidden();
        assertThat(input()).isFocused();
    }

    @Test
    void keepsTheConversationForTheSiteUntilItIsDeleted() {
        service.answer(says("One.", "[]"));
        openDocs();
        button("Ask").click();
        ask("First?");
        assertThat(answer()).hasText("One.");
        page.navigate(site.origin() + "/docs/next");
        assertThat(answer()).hasText("One.");
        button("Delete conversation").click();
        assertThat(page.locator("article")).hasCount(0);
        assertThat((String) page.evaluate("JSON.stringify(localStorage)"))
                .doesNotContain("First?", "One.");
    }

    @Test
    void keepsLinksOnTheSiteInTheTab() {
        service.answer(
                says(
                        "See [setup](/docs/setup) and [elsewhere](https://other.example/).",
                        "[{\"file\":\"docs/setup.md\",\"heading\":\"Setup\",\"similarity\":0.5}]"));
        openDocs();
        button("Ask").click();
        ask("Where?");
        assertThat(answer()).hasText("See setup and elsewhere (other.example).");
        assertThat(page.getByText("setup", new Page.GetByTextOptions().setExact(true)))
                .hasAttribute("href", site.origin() + "/docs/setup");
        assertThat(page.locator(".answer a[target=_blank]")).hasText("elsewhere");
        assertThat(page.locator(".foot a")).hasAttribute("href", site.origin() + "/docs/setup");
        assertThat(page.locator(".foot a[target]")).hasCount(0);
    }

    @Test
    void closingStopsTheAnswer() {
        service.answer(exchange -> {
            OutputStream body = streaming(exchange);
            body.write((metadata() + token("On and")).getBytes(StandardCharsets.UTF_8));
            body.flush();
            new CountDownLatch(1).await();
        });
        openDocs();
        button("Ask").click();
        ask("Endless?");
        assertThat(answer()).hasText("On and");
        button("Close").click();
        assertThat(button("Ask")).isFocused();
        button("Ask").click();
        assertThat(page.locator(".foot .note")).hasText("Stopped.");
        assertThat(button("Ask again")).isVisible();
    }

    @Test
    void takesTheColoursOfTheSiteAndItsTheme() {
        openDocs();
        assertThat(page.locator(".launcher")).hasCSS("background-color", "rgb(46, 133, 85)");
        button("Ask").click();
        assertThat(page.locator("dialog")).hasCSS("background-color", "rgb(255, 255, 255)");
        page.evaluate("document.documentElement.dataset.theme = 'dark'");
        assertThat(page.locator("dialog")).hasCSS("background-color", "rgb(36, 37, 38)");
        page.evaluate(
                "document.querySelector('docent-chat').style.setProperty('--docent-accent',"
                        + " 'gold')");
        assertThat(page.locator(".send")).hasCSS("background-color", "rgb(255, 215, 0)");
        assertThat(page.locator(".send")).hasCSS("color", "oklch(0 0 0)");
    }

    @Test
    void speaksTheLanguageOfThePageOrItsOwn() {
        site.language("fr");
        openDocs();
        assertThat(button("Demander")).isVisible();
        site.language("ur");
        openDocs();
        assertThat(page.locator("docent-chat > div, docent-chat div[dir]").first())
                .hasAttribute("dir", "rtl");
        site.script("data-lang='de' data-texts='{\"open\":\"Frag den Roboter\"}'");
        openDocs();
        assertThat(button("Frag den Roboter")).isVisible();
    }

    @Test
    void isAModuleAsWell() {
        site.script("type=module");
        openDocs();
        assertThat(button("Ask")).isVisible();
    }

    @Test
    void saysInTheConsoleWhyASiteThatIsNotAllowedGetsNoPanel() throws IOException {
        try (DocumentationSite other = new DocumentationSite(service.address())) {
            page.navigate(other.origin() + "/docs/intro");
            page.waitForConsoleMessage(
                    new Page.WaitForConsoleMessageOptions()
                            .setPredicate(message -> message.text().contains("ALLOWED_ORIGINS")),
                    () -> button("Ask").click());
            assertThat(page.getByRole(AriaRole.STATUS)).hasText("The service is waking up…");
            assertThat(takeErrors())
                    .anyMatch(text -> text.contains("one of its ALLOWED_ORIGINS"))
                    .anyMatch(text -> text.contains("in script-src and connect-src"));
        }
    }

    private void openDocs() {
        page.navigate(site.origin() + "/docs/intro");
        page.locator(".launcher").waitFor();
    }

    private void select(String selector) {
        page.evaluate(
                "(selector) => getSelection().selectAllChildren(document.querySelector(selector))",
                selector);
    }
}
