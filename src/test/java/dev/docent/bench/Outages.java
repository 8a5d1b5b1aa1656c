package dev.docent.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.docent.Docent;
import dev.docent.Outside;
import dev.docent.Settings;
import dev.docent.gemini.GoogleReplies;
import dev.docent.gemini.Reply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * How long health takes to notice a fault and its end: {@code Outages [SECONDS]}. Each fault is
 * turned on and off under a service with the settings of every day, while a monitor asks for {@code
 * /api/health} every second; once while nobody asks, and once while a reader does every five
 * seconds. It waits for each change for so many seconds at most (120).
 */
public final class Outages {
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
    private static final Duration BETWEEN_QUESTIONS = Duration.ofSeconds(5);
    private static final Reply WELL = Reply.answer("The default is 4.2 metres [Source 1].");
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final Duration longest;
    private final int port;

    private Outages(Duration longest, int port) {
        this.longest = longest;
        this.port = port;
    }

    /**
     * A fault.
     *
     * @param service which service it is of, as health calls it
     * @param what it is, in words
     */
    private record Fault(String service, String what, Runnable on, Runnable off) {}

    public static void main(String[] args) throws Exception {
        Duration longest = Duration.ofSeconds(args.length > 0 ? Integer.parseInt(args[0]) : 120);
        Path data = Files.createTempDirectory("docent-outages");
        System.out.printf(
                "%-44s %-9s %12s %12s%n", "fault", "readers", "shown after", "well after");
        try (Outside outside = Outside.filled(data)) {
            outside.gemini.generation(WELL);
            measure(outside.settings(data, Map.of()), live(outside), longest);
        }
        System.exit(0);
    }

    private static List<Fault> live(Outside outside) {
        Reply overloaded = Reply.status(503, GoogleReplies.overloaded());
        Reply spent = Reply.status(429, GoogleReplies.dailyQuota());
        return List.of(
                new Fault(
                        "gemini",
                        "gemini: 503 to everything",
                        () -> {
                            outside.gemini.description(overloaded);
                            outside.gemini.generation(overloaded);
                            outside.gemini.embedding(overloaded);
                        },
                        () -> well(outside)),
                new Fault(
                        "gemini",
                        "gemini: quota of the day used up",
                        () -> outside.gemini.generation(spent),
                        () -> well(outside)),
                new Fault(
                        "qdrant",
                        "qdrant: connections refused",
                        () -> {
                            outside.toQdrant.refuse();
                            outside.toQdrant.reset();
                        },
                        outside.toQdrant::heal),
                new Fault(
                        "qdrant", "qdrant: frozen", outside.toQdrant::hang, outside.toQdrant::heal),
                new Fault(
                        "postgres",
                        "postgres: connections refused",
                        () -> {
                            outside.toPostgres.refuse();
                            outside.toPostgres.reset();
                        },
                        outside.toPostgres::heal));
    }

    private static void well(Outside outside) {
        outside.gemini.heal();
        outside.gemini.generation(WELL);
    }

    private static void measure(Settings settings, List<Fault> faults, Duration longest)
            throws Exception {
        Docent docent = new Docent(settings, settings.origins()::allows, InstantSource.system());
        try {
            docent.awaitWell(Duration.ofMinutes(2));
            Outages outages = new Outages(longest, docent.port());
            for (Fault fault : faults) {
                outages.measure(fault, false);
                outages.measure(fault, true);
            }
        } finally {
            docent.close();
        }
    }

    private void measure(Fault fault, boolean readers) throws Exception {
        AtomicBoolean over = new AtomicBoolean(!readers);
        Thread reader = Thread.ofVirtual().start(() -> ask(over));
        fault.on().run();
        String shown = until(fault.service(), true);
        fault.off().run();
        String well = until(fault.service(), false);
        over.set(true);
        reader.interrupt();
        reader.join();
        System.out.printf(
                "%-44s %-9s %12s %12s%n", fault.what(), readers ? "ask" : "none", shown, well);
        until(fault.service(), false);
    }

    /** Seconds until health says of a service that it fails, or that it does not. */
    private String until(String service, boolean failing) throws Exception {
        long began = System.nanoTime();
        while (System.nanoTime() - began < longest.toNanos()) {
            HttpRequest request = HttpRequest.newBuilder(uri("/api/health")).build();
            JsonNode health =
                    JSON.readTree(http.send(request, HttpResponse.BodyHandlers.ofString()).body());
            if (health.path("services").path(service).has("error") == failing) {
                return String.format(
                        Locale.ROOT, "%.1f s", (System.nanoTime() - began) / 1_000_000_000.0);
            }
            Thread.sleep(BETWEEN_LOOKS);
        }
        return "> " + longest.toSeconds() + " s";
    }

    private void ask(AtomicBoolean over) {
        HttpRequest question =
                HttpRequest.newBuilder(uri("/api/chat"))
                        .header("Content-Type", "application/json")
                        .POST(
                                HttpRequest.BodyPublishers.ofString(
                                        "{\"message\":\"What is the default threshold?\"}"))
                        .build();
        try {
            while (!over.get()) {
                http.send(question, HttpResponse.BodyHandlers.discarding());
                Thread.sleep(BETWEEN_QUESTIONS);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }
}
