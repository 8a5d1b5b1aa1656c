package dev.docent.http.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.docent.http.web.ScriptedService.done;
import static dev.docent.http.web.ScriptedService.metadata;
import static dev.docent.http.web.ScriptedService.stream;
import static dev.docent.http.web.ScriptedService.streaming;
import static dev.docent.http.web.ScriptedService.token;
import static dev.docent.http.web.ScriptedService.with;

import com.microsoft.playwright.Page;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Answers that the page reads on after its connection broke, or in place of a page that is gone.
 */
class ReadingOnTest extends BrowserTest {
    private static final String ANSWER = "/api/chat/01900000-0000-7000-8000-000000000001";

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final CountDownLatch end = new CountDownLatch(1);

    @BeforeEach
    void scriptTheRest() {
        service.on(
                ANSWER + "/stream",
                exchange -> {
                    asked.add(exchange.getRequestURI().getQuery());
                    stream("id:3\n" + token("whole."), "id:4\n" + done("[]")).write(exchange);
                });
        service.on(
                ANSWER + "/stop",
                exchange -> {
                    asked.add(exchange.getRequestMethod() + " stop");
                    with(204, "text/plain", "").write(exchange);
                });
    }

    @AfterEach
    void letTheConnectionsEnd() {
        end.countDown();
    }

    @Test
    void readsOnWhenTheConnectionBreaks() {
        service.answer(stream("id:1\n" + metadata(), "id:2\n" + token("Half and ")));
        openChatPage();
        ask("How?");
        assertThat(answer()).hasText("Half and whole.");
        Assertions.assertThat(asked).containsExactly("after=2");
        Assertions.assertThat(service.questions().getFirst().path("resume").asBoolean()).isTrue();
        assertThat(page.getByText("Ask again")).hasCount(0);
    }

    @InEachBrowser
    void readsOnAfterAReload() {
        begin();
        page.reload();
        assertThat(answer()).hasText("Half and whole.");
        Assertions.assertThat(asked).containsExactly("after=2");
        page.reload();
        assertThat(answer()).hasText("Half and whole.");
        Assertions.assertThat(service.questions()).hasSize(1);
    }

    @Test
    void readsOnInAnotherTabWhenThisOneIsClosed() {
        begin();
        Page other = page.context().newPage();
        other.navigate(service.address() + "/");
        assertThat(other.locator("article .answer").last()).containsText("Half");
        page.close(new Page.CloseOptions().setRunBeforeUnload(false));
        assertThat(other.locator("article .answer").last()).hasText("Half and whole.");
    }

    @Test
    void whereTheAnswerIsNotKnownAnyMoreItIsAsBefore() {
        service.on(ANSWER + "/stream", with(404, "application/problem+json", "{}"));
        begin();
        page.reload();
        assertThat(page.getByText("Stopped.").first()).isVisible();
        assertThat(answer()).hasText("Half and");
    }

    @Test
    void stoppingEndsItAtTheServiceToo() {
        begin();
        button("Stop").click();
        assertThat(page.getByText("Stopped.").first()).isVisible();
        page.waitForCondition(() -> asked.contains("POST stop"));
    }

    /** Asks a question whose answer stands half on the page. */
    private void begin() {
        service.answer(exchange -> {
            try (OutputStream body = streaming(exchange)) {
                for (String event : List.of("id:1\n" + metadata(), "id:2\n" + token("Half and "))) {
                    body.write(event.getBytes(StandardCharsets.UTF_8));
                    body.flush();
                }
                end.await();
            }
        });
        openChatPage();
        ask("How?");
        assertThat(answer()).containsText("Half");
    }
}
