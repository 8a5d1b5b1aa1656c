package dev.docent.http;

import dev.docent.budget.Budgets;
import dev.docent.chat.ChatService;
import dev.docent.chat.Conversations;
import dev.docent.connection.Capacity;
import dev.docent.connection.Connections;
import dev.docent.connection.Deadlines;
import dev.docent.failure.Diagnosis;
import dev.docent.health.HealthMonitor;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.observe.ObserveFeature;
import io.helidon.webserver.observe.health.HealthObserver;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The service's HTTP side: all routes of the contract on one port. Thread-safe. */
public final class HttpServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("http");

    private static final String FRAME_ANCESTORS =
            "frame-ancestors 'self' https://huggingface.co https://*.huggingface.co";
    private static final String PAGE_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " connect-src 'self'; base-uri 'none'; form-action 'none'; "
                    + FRAME_ANCESTORS;

    /** How long there may be no file left to try the port with. */
    private static final Duration WITHOUT_FILES = Duration.ofMinutes(1);

    private final WebServer server;
    private final int port;
    private final StreamWatch watch;
    private final Connections connections;
    private final HttpSettings settings;
    private volatile long reached = System.nanoTime();

    /**
     * What the routes need.
     *
     * @param chat answers and searches
     * @param conversations for showing a conversation again
     * @param monitor for health; not yet started
     * @param budgets what readers may ask for
     * @param ready whether a chat can be answered
     * @param allowedOrigin which browsers' origins may use the API, besides the service's own
     * @param examples questions that a newcomer may try; called at each request
     * @param names hosts, users and folders that health names to the owner alone
     * @param version which build serves
     * @param site address that the site's pages lie below, where it is known; called at each
     *     request
     */
    public record Parts(
            ChatService chat,
            Conversations conversations,
            HealthMonitor monitor,
            Budgets budgets,
            BooleanSupplier ready,
            Predicate<String> allowedOrigin,
            List<String> names,
            String version,
            Supplier<List<String>> examples,
            Supplier<Optional<String>> site) {}

    private HttpServer(
            WebServer server, StreamWatch watch, Connections connections, HttpSettings settings) {
        this.server = server;
        this.port = server.port();
        this.watch = watch;
        this.connections = connections;
        this.settings = settings;
    }

    /**
     * Starts loading, in the background, what a server needs whatever its settings are. Optional.
     */
    public static void prepare() {
        Thread.ofPlatform().daemon().name("helidon").start(Helidon::load);
    }

    /**
     * Opens the port and serves.
     *
     * @throws PortTakenException when another process listens there
     */
    public static HttpServer start(HttpSettings settings, Parts parts) {
        requireFree(settings);
        StreamWatch watch = new StreamWatch(settings.maxReaders());
        Connections connections = connections(settings);
        HealthRoutes health =
                new HealthRoutes(
                        parts.monitor(),
                        parts.budgets(),
                        watch::running,
                        () -> !watch.draining() && parts.ready().getAsBoolean(),
                        parts.names(),
                        parts.version());
        WebServer server =
                WebServer.builder()
                        .host(settings.host())
                        .port(settings.port())
                        // All features are named here; looking for others takes time.
                        .featuresDiscoverServices(false)
                        .protocolsDiscoverServices(false)
                        .concurrencyLimitDiscoverServices(false)
                        .addConnectionSelector(connections)
                        .maxTcpConnections(connections.most())
                        .contentEncoding(Helidon.PLAIN)
                        // Otherwise a token waits until the reader acknowledged the one before it.
                        .connectionOptions(options -> options.tcpNoDelay(true))
                        // Helidon 4.5 reads a chunk of a body whole before anybody can count it.
                        .maxPayloadSize(mostBody(settings))
                        .shutdownHook(false)
                        .shutdownGracePeriod(Duration.ofSeconds(1))
                        .directHandlers(Errors.beforeRouting())
                        .addFeature(
                                ObserveFeature.builder()
                                        .observersDiscoverServices(false)
                                        .addObserver(
                                                HealthObserver.builder()
                                                        .useSystemServices(false)
                                                        .details(true)
                                                        .addHealthChecks(health.checks())
                                                        .build())
                                        .build())
                        .routing(routing -> route(routing, settings, parts, watch, health))
                        .build();
        server.start();
        if (!server.isRunning()) {
            watch.close();
            connections.close();
            throw new IllegalStateException("the server did not start; its reason stands above");
        }
        return new HttpServer(server, watch, connections, settings);
    }

    /** The port that the service listens on. */
    public int port() {
        return port;
    }

    /**
     * Whether the port still takes connections. Helidon 4.5 closes it after one failed accept, and
     * goes on as if it ran.
     */
    public boolean listening() {
        InetAddress host = new InetSocketAddress(settings.host(), 0).getAddress();
        try (Socket trial = new Socket()) {
            trial.connect(
                    new InetSocketAddress(
                            host.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : host,
                            port),
                    (int) Duration.ofSeconds(1).toMillis());
            reached = System.nanoTime();
            return true;
        } catch (SocketTimeoutException e) {
            LOG.debug("the port is busy", e);
            return true;
        } catch (ConnectException e) {
            LOG.debug("the port is closed", e);
            return false;
        } catch (IOException e) {
            LOG.debug("there is no file left to try the port with", e);
            return System.nanoTime() - reached < WITHOUT_FILES.toNanos();
        }
    }

    /**
     * Takes no new questions, lets running answers end within the grace period, and closes the
     * port. Must not be called from a request.
     */
    @Override
    public void close() {
        try {
            watch.drain(settings.shutdownGrace());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        server.stop();
        watch.close();
        connections.close();
    }

    private static Connections connections(HttpSettings settings) {
        int most = Capacity.of(settings.maxConnections());
        if (most < settings.maxConnections()) {
            LOG.warn(
                    "{} connections at most, not {}: the heap, or the number of files that may be"
                            + " open, is small ({})",
                    most,
                    settings.maxConnections(),
                    Diagnosis.FEW_CONNECTIONS.code());
        }
        return new Connections(
                Helidon.HTTP,
                Deadlines.of(settings.readTimeout(), settings.writeTimeout()),
                most,
                2 * mostBody(settings));
    }

    private static long mostBody(HttpSettings settings) {
        return (long) settings.bodyLimit() + ChatRequest.DRAIN_LIMIT;
    }

    /** If Helidon cannot bind, it only logs that, and goes on without a port. */
    private static void requireFree(HttpSettings settings) {
        try (ServerSocket trial = new ServerSocket()) {
            trial.bind(new InetSocketAddress(settings.host(), settings.port()));
        } catch (IOException e) {
            throw new PortTakenException(settings.host(), settings.port(), e);
        }
    }

    private static void route(
            HttpRouting.Builder routing,
            HttpSettings settings,
            Parts parts,
            StreamWatch watch,
            HealthRoutes health) {
        ChatRoutes chat =
                new ChatRoutes(
                        parts.chat(), parts.conversations(), parts.budgets(), watch, settings);
        WebPages web = new WebPages(PAGE_POLICY);
        Errors.register(routing);
        routing.addFilter(new RequestFilter());
        routing.addFilter(new OriginFilter(parts.allowedOrigin()));
        Routes.only(routing, "/api/chat", Method.POST, chat::ask);
        Routes.stream(routing, "/api/chat/{id}/stream", chat::stream);
        Routes.only(routing, "/api/chat/{id}/stop", Method.POST, chat::stop);
        Routes.getAndDelete(routing, "/api/conversation/{id}", chat::conversation, chat::delete);
        Routes.only(routing, "/api/feedback", Method.POST, chat::feedback);
        Routes.only(routing, "/api/search", Method.GET, chat::search);
        Routes.only(routing, "/api/health", Method.GET, health::health);
        Routes.only(routing, "/api/health/live", Method.GET, health::live);
        Routes.only(routing, "/api/health/ready", Method.GET, health::ready);
        Routes.only(routing, "/observe/health", Method.GET, health::observed);
        Routes.only(routing, "/observe/health/live", Method.GET, health::observedLive);
        Routes.only(routing, "/observe/health/ready", Method.GET, health::observedReady);
        Routes.only(routing, "/observe/metrics", Method.GET, health::metrics);
        Routes.only(
                routing,
                "/api/examples",
                Method.GET,
                (request, response) -> JsonBody.send(response, examples(parts)));
        Routes.only(routing, "/", Method.GET, (request, response) -> front(web, request, response));
        manual(routing, web);
        SwaggerUi.route(routing, FRAME_ANCESTORS);
        web.route(routing);
    }

    private static Map<String, Object> examples(Parts parts) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("questions", parts.examples().get());
        parts.site().get().ifPresent(site -> body.put("site", site));
        return body;
    }

    /**
     * The project's own documents, which the sources in demo mode link to: as HTML for a browser,
     * else as Markdown.
     */
    private static void manual(HttpRouting.Builder routing, WebPages web) {
        String folder = "/dev/docent/manual/";
        StaticFiles source = new StaticFiles(folder, PAGE_POLICY);
        StaticFiles html =
                new StaticFiles(
                        folder, PAGE_POLICY, web::manual, Map.of("md", "text/html; charset=utf-8"));
        Map.of("/manual", "README.md", "/manual/quickstart", "quickstart.md")
                .forEach((path, name) ->
                        Routes.only(
                                routing,
                                path,
                                Method.GET,
                                (request, response) ->
                                        (wantsHtml(request) ? html : source)
                                                .send(name, request, response)));
    }

    /**
     * Browsers get the chat page; clients that accept JSON, or do not say, get the older backend's
     * answer.
     */
    private static void front(WebPages web, ServerRequest request, ServerResponse response) {
        response.header(HeaderNames.VARY, "Origin, Accept");
        if (wantsHtml(request)) {
            web.front(request, response);
        } else {
            JsonBody.send(response, new Greeting("RAG Chatbot API", "/docs"));
        }
    }

    private static boolean wantsHtml(ServerRequest request) {
        return request.headers()
                .first(HeaderNames.ACCEPT)
                .filter(accepted -> accepted.contains("text/html"))
                .isPresent();
    }

    /** The answer of {@code /} to a program. */
    private record Greeting(String message, String docs) {}
}
