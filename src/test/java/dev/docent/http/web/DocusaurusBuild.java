package dev.docent.http.web;

import com.microsoft.playwright.impl.driver.Driver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A site that Docusaurus itself has built, from the tests' resources. That takes minutes, so it is
 * done once and kept in the user's cache, under a name that changes with what goes into it. It
 * needs neither Node nor npm: Node comes with Playwright, and npm is fetched.
 */
public final class DocusaurusBuild {
    private static final String NPM = "11.6.2";
    private static final String NPM_PACKAGE =
            "https://registry.npmjs.org/npm/-/npm-" + NPM + ".tgz";
    private static final Path TRUSTED = Path.of("/etc/ssl/certs/ca-certificates.crt");
    private static final Path RESOURCES = Path.of("src/test/resources");
    private static final Path SITE = RESOURCES.resolve("dev/docent/http/web/docusaurus");
    private static final Path DOCS = RESOURCES.resolve("site/docs");

    private DocusaurusBuild() {}

    /**
     * The folder of the site's source, with what was built of it in {@code build}.
     *
     * @throws IllegalStateException when it is not there and cannot be built
     */
    public static synchronized Path folder() {
        Path cache = cache();
        Path done = cache.resolve("site-" + digest());
        if (Files.exists(done)) {
            return done;
        }
        Path work = cache.resolve("work-" + ProcessHandle.current().pid());
        try (FileChannel lock = lock(cache)) {
            lock.lock();
            if (Files.exists(done)) {
                return done;
            }
            copy(SITE, work);
            copy(DOCS, work.resolve("docs"));
            Path npm = npm(cache, work);
            run(
                    work,
                    "install",
                    npm.toString(),
                    "install",
                    "--ignore-scripts",
                    "--no-audit",
                    "--no-fund");
            Path docusaurus = work.resolve("node_modules/@docusaurus/core/bin/docusaurus.mjs");
            // Half of the time went into making the scripts small.
            run(work, "build", docusaurus.toString(), "build", "--no-minify");
            return Files.move(work, done, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new IllegalStateException(
                    "The site for the browser tests could not be built in "
                            + work
                            + ". It needs npm's registry once; see the logs there.",
                    e);
        }
    }

    /** Held by the one of several test runs that builds; released when it is closed. */
    private static FileChannel lock(Path cache) throws IOException {
        Files.createDirectories(cache);
        return FileChannel.open(
                cache.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    private static Path cache() {
        String given = System.getenv("XDG_CACHE_HOME");
        Path home = Path.of(System.getProperty("user.home"), ".cache");
        return (given == null || given.isBlank() ? home : Path.of(given)).resolve("docent-tests");
    }

    private static Path npm(Path cache, Path work) throws IOException {
        Path folder = cache.resolve("npm-" + NPM);
        Path entry = folder.resolve("package/bin/npm-cli.js");
        if (!Files.exists(entry)) {
            Path archive = work.resolve("npm.tgz");
            try (HttpClient http = HttpClient.newHttpClient()) {
                HttpResponse<Path> response =
                        http.send(
                                HttpRequest.newBuilder(URI.create(NPM_PACKAGE)).build(),
                                HttpResponse.BodyHandlers.ofFile(archive));
                if (response.statusCode() != 200) {
                    throw new IOException(NPM_PACKAGE + " answers " + response.statusCode());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException(e);
            }
            Files.createDirectories(folder);
            process(
                    work,
                    "npm",
                    List.of("tar", "-xzf", archive.toString(), "-C", folder.toString()));
        }
        return entry;
    }

    /**
     * Runs a script with Node.
     *
     * @param work where its log is written, as the step's name with {@code .log}
     * @throws IOException when it fails, with the end of its log
     */
    public static void run(Path work, String step, String... arguments) throws IOException {
        Path driver =
                Driver.ensureDriverInstalled(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"), false)
                        .driverDir();
        Path node = driver.resolve(Files.exists(driver.resolve("node.exe")) ? "node.exe" : "node");
        List<String> command = new ArrayList<>(List.of(node.toString()));
        command.addAll(List.of(arguments));
        process(work, step, command);
    }

    private static void process(Path work, String step, List<String> command) throws IOException {
        Path log = work.resolve(step + ".log");
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .directory(work.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile());
        builder.environment().put("DOCUSAURUS_NO_UPDATE_NOTIFIER", "1");
        // Node knows its own authorities alone, and not those that this machine trusts besides.
        if (Files.exists(TRUSTED)) {
            builder.environment().putIfAbsent("NODE_EXTRA_CA_CERTS", TRUSTED.toString());
        }
        Process process = builder.start();
        try {
            if (!process.waitFor(15, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new IOException(step + " took longer than 15 minutes");
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
        if (process.exitValue() != 0) {
            List<String> lines = Files.readAllLines(log);
            throw new IOException(
                    step
                            + " failed: "
                            + lines.subList(Math.max(0, lines.size() - 5), lines.size()));
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        for (Path file : files(from)) {
            Path target = to.resolve(from.relativize(file).toString());
            Files.createDirectories(Objects.requireNonNull(target.getParent()));
            Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static String digest() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(NPM.getBytes(java.nio.charset.StandardCharsets.UTF_8));
            for (Path folder : List.of(SITE, DOCS)) {
                for (Path file : files(folder)) {
                    digest.update(
                            file.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8));
                    digest.update(Files.readAllBytes(file));
                }
            }
            return HexFormat.of().formatHex(digest.digest(), 0, 8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
