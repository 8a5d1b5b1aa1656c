package dev.docent.http.web;

import static dev.docent.http.web.ScriptedService.done;
import static dev.docent.http.web.ScriptedService.metadata;
import static dev.docent.http.web.ScriptedService.says;
import static dev.docent.http.web.ScriptedService.stream;
import static dev.docent.http.web.ScriptedService.streaming;
import static dev.docent.http.web.ScriptedService.token;
import static dev.docent.http.web.ScriptedService.with;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The streaming client by itself, in a browser and against a server. */
class StreamingClientTest extends BrowserTest {
    private static final String BODY =
            metadata() + token("Grüße 😀 ") + token("aus Köln") + done("[]");
    private static final String EVENTS = "metadata, token Grüße 😀 , token aus Köln, done";

    /** Feeds bodies to the client in pieces that a test chooses. */
    private static final String CLIENT =
            """
            async function client() {
              const { ask } = await import('/stream.js');
              return { ask, async read(...pieces) {
                const body = new ReadableStream({
                  start(controller) {
                    for (const piece of pieces) controller.enqueue(piece);
                    controller.close();
                  } });
                window.fetch = async () =>
                  new Response(body, { headers: { 'Content-Type': 'text/event-stream' } });
                return show(ask('', {}));
              } };
            }
            async function show(answer) {
              const events = [];
              try {
                for await (const { type, content } of answer) events.push(content ? `${type} ${content}` : type);
              } catch (failure) {
                events.push(`${failure.name} ${failure.kind ?? ''}`.trim());
              }
              return events.join(', ');
            }
            """;

    @BeforeEach
    void openBlankPage() {
        service.on("/blank", with(200, "text/html", "<title>Blank</title>"));
        page.navigate(service.address() + "/blank");
        page.addScriptTag(
                new com.microsoft.playwright.Page.AddScriptTagOptions().setContent(CLIENT));
    }

    @Test
    void readsTheSameEventsHoweverTheBytesAreSplit() {
        for (String end : List.of("\n", "\r\n", "\r")) {
            assertThat(
                            page.evaluate(
                                    """
                                    async (body) => {
                                      const { read } = await client();
                                      const bytes = new TextEncoder().encode(body);
                                      const seen = new Set([await read(...[...bytes].map((b) => new Uint8Array([b])))]);
                                      for (let i = 0; i <= bytes.length; i++) {
                                        seen.add(await read(bytes.slice(0, i), bytes.slice(i)));
                                      }
                                      return [...seen];
                                    }\
                                    """,
                                    BODY.replace("\n", end)))
                    .isEqualTo(List.of(EVENTS));
        }
    }

    @Test
    void passesOverCommentsAndNamedEventsAndOtherFields() {
        assertThat(
                        read(
                                ": keep-alive\n\nid: 7\nretry: 10\n"
                                        + metadata()
                                        + "event: ping\ndata: not json\n\n: again\n"
                                        + token("Hi")
                                        + "data:{\"type\":\"mood\"}\n\n"
                                        + done("[]")))
                .isEqualTo("metadata, token Hi, mood, done");
    }

    @Test
    void callsAnAnswerWithoutDoneCut() {
        assertThat(read(metadata() + token("Half")))
                .isEqualTo("metadata, token Half, AskError cut");
        assertThat(read(metadata() + "data: {\"type\":\"to")).isEqualTo("metadata, AskError cut");
        assertThat(read(metadata() + "data: nonsense\n\n")).isEqualTo("metadata, AskError cut");
        assertThat(read("")).isEqualTo("AskError cut");
    }

    @Test
    void callsAConnectionThatBreaksCut() {
        service.answer(exchange -> {
            OutputStream body = streaming(exchange);
            body.write((metadata() + token("Half")).getBytes(StandardCharsets.UTF_8));
            body.flush();
            throw new IOException("pulled the plug");
        });
        assertThat(ask()).isEqualTo("metadata, token Half, AskError cut; paused");
    }

    @Test
    void readsNothingAfterDone() {
        assertThat(read(metadata() + done("[]") + token("late"))).isEqualTo("metadata, done");
    }

    @Test
    void asksOnceMoreAfterAWait() {
        service.answer(with(503, "text/html", "<p>Building"), says("Hi", "[]"));
        assertThat(ask()).isEqualTo("metadata, token Hi, done; paused 1000");
        service.answer(with(200, "text/html", "<p>Preparing"), says("Hi", "[]"));
        assertThat(ask()).isEqualTo("metadata, token Hi, done; paused 1000");
        service.answer(with(503, "application/json", "{}", "Retry-After", "12"), says("Hi", "[]"));
        assertThat(ask()).isEqualTo("metadata, token Hi, done; paused 12000");
        service.answer(
                with(429, "text/plain", "", "Retry-After", "0"), with(429, "text/plain", ""));
        assertThat(ask()).isEqualTo("AskError busy; paused 0");
        service.answer(with(429, "text/plain", "", "Retry-After", "31"));
        assertThat(ask()).isEqualTo("AskError busy; paused");
        service.answer(with(502, "text/html", ""), with(502, "text/html", ""));
        assertThat(ask()).isEqualTo("AskError waking; paused 1000");
    }

    @Test
    void givesUpWhenTheServiceDoesNotWakeUp() {
        service.on("/api/health", with(503, "text/html", "<p>Building"));
        service.answer(with(503, "text/html", "<p>Building"));
        assertThat(ask())
                .isEqualTo("AskError waking; paused 1000 2000 3000 5000 5000 10000 10000 10000");
        assertThat(service.questions()).hasSize(1);
    }

    @Test
    void doesNotRepeatARefusedQuestion() {
        service.answer(with(422, "application/problem+json", "{}"));
        assertThat(ask()).isEqualTo("AskError refused; paused");
        service.answer(with(500, "text/plain", "oops"));
        assertThat(ask()).isEqualTo("AskError refused; paused");
    }

    @Test
    void closesTheConnectionOnAbort() throws InterruptedException {
        CountDownLatch closed = new CountDownLatch(1);
        service.answer(exchange -> {
            OutputStream body = streaming(exchange);
            byte[] piece = (metadata() + token("more")).getBytes(StandardCharsets.UTF_8);
            try {
                while (true) {
                    body.write(piece);
                    body.flush();
                }
            } catch (IOException e) {
                closed.countDown();
            }
        });
        assertThat(
                        page.evaluate(
                                """
                                async () => {
                                  const { ask } = await client();
                                  const reader = new AbortController();
                                  const first = await (async () => {
                                    for await (const { type } of ask('', {}, { signal: reader.signal })) {
                                      reader.abort();
                                      return type;
                                    }
                                  })();
                                  return `${first}, ${await show(ask('', {}, { signal: reader.signal }))}`;
                                }\
                                """))
                .isEqualTo("metadata, AbortError");
        assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void readsTheEventsOfTheDeployedService() {
        service.answer(
                stream(
                        "data: {\"type\": \"metadata\", \"conversation_id\": \"0\"}\n\n",
                        "data: {\"type\": \"token\", \"content\": \"Hi\"}\n\n",
                        "data: {\"type\": \"done\", \"sources\": []}\n\n"));
        assertThat(ask()).isEqualTo("metadata, token Hi, done; paused");
    }

    /** What the client makes of a body, as one line. */
    private Object read(String body) {
        return page.evaluate(
                "async (body) => (await client()).read(new TextEncoder().encode(body))", body);
    }

    /** What the client makes of the service, as one line, and the pauses it made. */
    private Object ask() {
        return page.evaluate(
                """
                async () => {
                  const { ask } = await client();
                  const pauses = [];
                  const sleep = async (milliseconds) => pauses.push(milliseconds);
                  const events = await show(ask('', { message: 'Hello?' }, { sleep }));
                  return `${events}; paused ${pauses.join(' ')}`.trim();
                }\
                """);
    }
}
