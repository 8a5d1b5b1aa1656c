package dev.docent.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;

/**
 * Serves the files of one folder of the class path, with ETags, and compressed if the client
 * accepts that. The files are few and fixed, so each is read once and kept. Thread-safe.
 */
final class StaticFiles {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*");

    private static final Map<String, String> MEDIA_TYPES =
            Map.of(
                    "html", "text/html; charset=utf-8",
                    "js", "text/javascript; charset=utf-8",
                    "mjs", "text/javascript; charset=utf-8",
                    "css", "text/css; charset=utf-8",
                    "svg", "image/svg+xml",
                    "json", "application/json",
                    "md", "text/plain; charset=utf-8",
                    "yaml", "application/yaml",
                    "png", "image/png");

    private final String folder;
    private final String contentSecurityPolicy;
    private final UnaryOperator<String> written;
    private final Map<String, String> mediaTypes;
    private final Map<String, File> files = new ConcurrentHashMap<>();

    // These arrays are only sent, never compared.
    @SuppressWarnings("ArrayRecordComponent")
    private record File(String mediaType, byte[] plain, byte[] zipped, String tag) {}

    /**
     * Serves a folder.
     *
     * @param folder absolute resource path, ending with a slash
     * @param contentSecurityPolicy the policy that its pages are served with
     */
    StaticFiles(String folder, String contentSecurityPolicy) {
        this(folder, contentSecurityPolicy, UnaryOperator.identity());
    }

    /**
     * Serves a folder of text files.
     *
     * @param written turns a file's text into what is served
     */
    StaticFiles(String folder, String contentSecurityPolicy, UnaryOperator<String> written) {
        this(folder, contentSecurityPolicy, written, MEDIA_TYPES);
    }

    /**
     * Serves a folder.
     *
     * @param written turns a file's text into what is served
     * @param mediaTypes of what is served, by the extension of a file
     */
    StaticFiles(
            String folder,
            String contentSecurityPolicy,
            UnaryOperator<String> written,
            Map<String, String> mediaTypes) {
        this.folder = folder;
        this.contentSecurityPolicy = contentSecurityPolicy;
        this.written = written;
        this.mediaTypes = mediaTypes;
    }

    /** Serves the file that the path parameter {@code file} names. */
    void file(ServerRequest request, ServerResponse response) {
        send(request.path().pathParameters().get("file"), request, response);
    }

    /** Serves one file, which clients must revalidate; an unknown name gets 404. */
    void send(String name, ServerRequest request, ServerResponse response) {
        send(name, "no-cache", request, response);
    }

    /** Serves one file with a Cache-Control header; an unknown name gets 404. */
    void send(String name, String cacheControl, ServerRequest request, ServerResponse response) {
        File file = find(name).orElse(null);
        if (file == null) {
            throw HttpProblem.of(
                    Status.NOT_FOUND_404,
                    "There is nothing at this address; the API is described at /docs.");
        }
        response.header(HeaderNames.CONTENT_TYPE, file.mediaType);
        response.header(HeaderNames.ETAG, file.tag);
        response.header(HeaderNames.CACHE_CONTROL, cacheControl);
        response.header(HeaderNames.create("Content-Security-Policy"), contentSecurityPolicy);
        response.header(HeaderNames.create("Referrer-Policy"), "strict-origin-when-cross-origin");
        // A site that isolates itself loads no script from elsewhere without it.
        response.header(HeaderNames.create("Cross-Origin-Resource-Policy"), "cross-origin");
        response.header(HeaderNames.VARY, "Origin, Accept, Accept-Encoding");
        if (request.headers()
                .first(HeaderNames.IF_NONE_MATCH)
                .filter(file.tag::equals)
                .isPresent()) {
            response.status(Status.NOT_MODIFIED_304).send();
            return;
        }
        byte[] body = file.plain;
        boolean zips =
                request.headers()
                        .first(HeaderNames.ACCEPT_ENCODING)
                        .filter(accepted -> accepted.contains("gzip"))
                        .isPresent();
        if (zips && file.zipped.length < file.plain.length) {
            response.header(HeaderNames.CONTENT_ENCODING, "gzip");
            body = file.zipped;
        }
        if (request.prologue().method().equals(Method.HEAD)) {
            response.contentLength(body.length);
            response.send();
        } else {
            response.send(body);
        }
    }

    private Optional<File> find(String name) {
        String extension = name.substring(name.lastIndexOf('.') + 1);
        String mediaType = mediaTypes.get(extension);
        if (mediaType == null || !NAME.matcher(name).matches()) {
            return Optional.empty();
        }
        File known = files.get(name);
        if (known != null) {
            return Optional.of(known);
        }
        try (InputStream in = StaticFiles.class.getResourceAsStream(folder + name)) {
            if (in == null) {
                return Optional.empty();
            }
            byte[] plain = in.readAllBytes();
            if (mediaType.contains("charset")) {
                plain =
                        written.apply(new String(plain, StandardCharsets.UTF_8))
                                .getBytes(StandardCharsets.UTF_8);
            }
            File file = new File(mediaType, plain, zipped(plain), tag(plain));
            files.put(name, file);
            return Optional.of(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] zipped(byte[] plain) throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(zipped)) {
            zip.write(plain);
        }
        return zipped.toByteArray();
    }

    private static String tag(byte[] plain) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(plain);
            String text = Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
            return '"' + text.substring(0, 16) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
