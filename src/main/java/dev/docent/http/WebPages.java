package dev.docent.http;

import dev.docent.markdown.HtmlPage;
import io.helidon.http.Method;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The readers' pages: the chat page, the widget, and what they load. The few files that are loaded
 * first are revalidated each time. They refer to the others by a version that is a digest of the
 * content, so that browsers can cache those for good. The same files are also served below the root
 * without a version, for pages that link to them there. Thread-safe.
 */
final class WebPages {
    /** Placeholder for the version in the files that are loaded first. */
    static final String VERSION = "VERSION";

    static final String FOLDER = "/dev/docent/http/web/";

    /** All files of the folder; the version must depend on each of them. */
    static final List<String> FILES =
            List.of(
                    ("announcer.js app.css app.js arrival.js chat.css chat.js composer.js"
                                    + " conversation.js docent-chat.js dom.js exchange.js health.js"
                                    + " highlight.js icon.svg index.html manual.css panel.js place.js"
                                    + " render.js sources.js stream.js texts-de.js texts-en.js texts-es.js"
                                    + " texts-fr.js texts-ur.js texts.js unfinished.js widget.css widget.js")
                            .split(" "));

    /** Comments on lines of their own, and indentation. */
    private static final Pattern UNREAD =
            Pattern.compile("(?m)^\\s*/\\*(?s:.*?)\\*/[ \\t]*\\n|^\\s*//.*\\n|^\\s+");

    private static final String FOR_GOOD = "public, max-age=31536000, immutable";
    private static final String ASK_EACH_TIME = "no-cache";

    private final StaticFiles files;
    private final StaticFiles marked;
    private final StaticFiles purify;
    private final String version;

    WebPages(String contentSecurityPolicy) {
        String markedFolder = WebJars.folder("org.mvnpm", "marked");
        String purifyFolder = WebJars.folder("org.mvnpm", "dompurify");
        version = version(markedFolder + purifyFolder);
        files =
                new StaticFiles(
                        FOLDER,
                        contentSecurityPolicy,
                        text -> compact(text).replace(VERSION, version));
        marked = new StaticFiles(markedFolder + "lib/", contentSecurityPolicy);
        purify = new StaticFiles(purifyFolder + "dist/", contentSecurityPolicy);
    }

    /** Serves all files, but not the root. */
    void route(HttpRouting.Builder routing) {
        Routes.only(
                routing,
                "/web/{version}/{file}",
                Method.GET,
                (request, response) ->
                        files.send(named(request, "file"), cache(request), request, response));
        for (String folder : List.of("/web/{version}/vendor/", "/vendor/")) {
            Routes.only(
                    routing,
                    folder + "marked.js",
                    Method.GET,
                    (request, response) ->
                            marked.send("marked.esm.js", cache(request), request, response));
            Routes.only(
                    routing,
                    folder + "purify.js",
                    Method.GET,
                    (request, response) ->
                            purify.send("purify.es.mjs", cache(request), request, response));
        }
        Routes.only(routing, "/{file}", Method.GET, files::file);
    }

    /** A page of the manual, in HTML, made of its Markdown. */
    String manual(String markdown) {
        String body = HtmlPage.body(markdown, WebPages::inManual);
        return """
        <!doctype html>
        <html lang="en">
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>Docent</title>
        <link rel="icon" href="/icon.svg" type="image/svg+xml">
        <link rel="stylesheet" href="/web/VERSION/chat.css">
        <link rel="stylesheet" href="/web/VERSION/manual.css">
        <main class="answer">
        """
                        .replace(VERSION, version)
                + body
                + "</main></html>\n";
    }

    /** Where a link between the project's own documents leads. */
    private static String inManual(String target) {
        return target.replaceFirst("^README\\.md", "/manual")
                .replaceFirst("^quickstart\\.md", "/manual/quickstart");
    }

    /** Serves the chat page. */
    void front(ServerRequest request, ServerResponse response) {
        files.send("index.html", request, response);
    }

    /** A text as it is served: without comments and indentation. */
    static String compact(String text) {
        return UNREAD.matcher(text).replaceAll("");
    }

    /**
     * For another version than the current one, which an older page may ask for, nothing may be
     * cached.
     */
    private String cache(ServerRequest request) {
        boolean today =
                request.path()
                        .pathParameters()
                        .first("version")
                        .filter(version::equals)
                        .isPresent();
        return today ? FOR_GOOD : ASK_EACH_TIME;
    }

    private static String named(ServerRequest request, String parameter) {
        return request.path().pathParameters().get(parameter);
    }

    private static String version(String libraries) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(libraries.getBytes(StandardCharsets.UTF_8));
            for (String name : FILES) {
                try (InputStream in = WebPages.class.getResourceAsStream(FOLDER + name)) {
                    if (in == null) {
                        throw new IllegalStateException("no such page: " + name);
                    }
                    digest.update(in.readAllBytes());
                }
            }
            return HexFormat.of().formatHex(digest.digest(), 0, 6);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
