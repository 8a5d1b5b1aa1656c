package dev.docent.http.web;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Sees to it that the machine has browsers, curl, git and PgBouncer for the tests: what is
 * installed, else what the system's package manager brings, else Playwright's own download. The
 * build runs it before the tests, so that a machine that cannot have one is told within seconds.
 */
final class BrowserSetup {
    private static final Duration PATIENCE = Duration.ofMinutes(8);

    /** What each package manager installs a package with. */
    private static final List<List<String>> PACKAGE_MANAGERS =
            List.of(
                    List.of("apt-get", "install", "-y", "-qq"),
                    List.of("dnf", "install", "-y", "-q"),
                    List.of("apk", "add", "-q"));

    private BrowserSetup() {}

    /**
     * Provides a browser where the run has tests that need one. Where none can be had, a sentence
     * that says so is written into a file, which is empty otherwise; with it the build fails.
     *
     * @param arguments the file; and the tests that were asked for, as Surefire's {@code test} has
     *     them, none or empty for all
     */
    public static void main(String[] arguments) throws IOException {
        Path failure = Path.of(arguments[0]);
        String asked = arguments.length > 1 ? arguments[1] : "";
        Files.writeString(failure, "");
        try {
            if (needed(asked, List.of("DocumentsTest"))) {
                // The documents' commands are run with the real one.
                provide("curl", "the documents");
            }
            if (needed(asked, List.of("SecretScanTest"))) {
                provide("git", "the scan for secrets");
            }
            if (needed(asked, List.of("PgBouncerTest"))) {
                provide("pgbouncer", "the pooled database");
            }
            for (InstalledBrowser browser : InstalledBrowser.values()) {
                if (needed(asked, tests(browser))) {
                    provide(browser);
                }
            }
        } catch (IllegalStateException e) {
            Files.writeString(failure, String.valueOf(e.getMessage()));
        }
    }

    /** Provides a program that a bare Debian lacks. */
    private static void provide(String program, String tests) {
        List<String> asks = List.of(program, "--version");
        List<String> root = run(asks) ? List.of() : asRoot();
        for (List<String> install : root.isEmpty() ? List.<List<String>>of() : PACKAGE_MANAGERS) {
            String manager = install.getFirst();
            if (run(List.of(manager, "--version"))) {
                System.out.println(
                        "The tests of "
                                + tests
                                + " need "
                                + program
                                + ": "
                                + manager
                                + " gets it.");
                update(root, manager);
                run(both(root, both(install, List.of(program))));
            }
        }
        if (!run(asks)) {
            throw new IllegalStateException(
                    "The tests of "
                            + tests
                            + " need "
                            + program
                            + ", which cannot be had here: install it.");
        }
    }

    private static void update(List<String> root, String manager) {
        if (manager.equals("apt-get")) {
            // One of several sources may fail; the install tells whether it mattered.
            run(both(root, List.of("apt-get", "update", "-qq")));
        }
    }

    /**
     * A browser's program; empty for the one that Playwright has downloaded and finds by itself.
     *
     * @throws IllegalStateException when none can be had, with a sentence that says so
     */
    static Optional<Path> provide(InstalledBrowser wanted) {
        Optional<Path> browser = wanted.find();
        if (browser.isPresent()) {
            return browser;
        }
        String name = wanted.name().toLowerCase(Locale.ROOT);
        List<String> tried = new ArrayList<>();
        for (List<String> install : PACKAGE_MANAGERS) {
            String manager = install.getFirst();
            List<String> root = asRoot();
            if (!root.isEmpty() && run(List.of(manager, "--version"))) {
                tried.add(manager);
                System.out.println(
                        "The tests of the pages need " + name + ": " + manager + " gets it.");
                update(root, manager);
                run(both(root, both(install, List.of(wanted.packaged(manager)))));
                browser = wanted.find();
                if (browser.isPresent()) {
                    return browser;
                }
            }
        }
        tried.add("Playwright");
        System.out.println("The tests of the pages need " + name + ": Playwright downloads it.");
        if (run(playwright(name))) {
            return Optional.empty();
        }
        throw new IllegalStateException(
                "The tests of the pages need "
                        + wanted.names
                        + ", of which none is installed and "
                        + String.join(" and ", tried)
                        + " could get none: install one, or name its program in "
                        + wanted.variable
                        + ".");
    }

    /** Whether a test that needs a browser is among those that were asked for. */
    static boolean needed(String asked, List<String> browserTests) {
        if (asked.isEmpty() || asked.startsWith("${") || asked.contains("%regex")) {
            return true;
        }
        List<String> included =
                Stream.of(asked.split(","))
                        .map(test -> test.strip().replaceFirst("#.*", ""))
                        .filter(test -> !test.startsWith("!"))
                        .toList();
        return included.isEmpty()
                || included.stream()
                        .map(test -> test.replaceFirst("\\.(java|class)$", ""))
                        .map(test -> Pattern.quote(test.replaceFirst(".*[./]", "")))
                        .map(test -> test.replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q"))
                        .anyMatch(
                                test -> browserTests.stream().anyMatch(name -> name.matches(test)));
    }

    /** The simple names of this package's tests that are handed a browser of this kind. */
    static List<String> tests(InstalledBrowser browser) {
        try {
            Path classes =
                    Path.of(BrowserSetup.class.getResource("BrowserSetup.class").toURI())
                            .getParent();
            try (Stream<Path> files = Files.list(classes)) {
                return files.map(file -> file.getFileName().toString())
                        .filter(name -> name.endsWith("Test.class"))
                        .map(name -> name.substring(0, name.length() - ".class".length()))
                        .filter(name -> takes(name, browser))
                        .toList();
            }
        } catch (URISyntaxException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean takes(String name, InstalledBrowser browser) {
        try {
            Class<?> test = Class.forName(BrowserSetup.class.getPackageName() + "." + name);
            ExtendWith extension = test.getAnnotation(ExtendWith.class);
            return extension != null
                    && List.of(extension.value()).contains(Browsers.class)
                    && (browser == InstalledBrowser.CHROMIUM
                            || Stream.of(test.getDeclaredMethods())
                                    .anyMatch(method ->
                                            method.isAnnotationPresent(InEachBrowser.class)));
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What comes before a command so that root runs it and it asks nothing; empty: none may. */
    private static List<String> asRoot() {
        if (System.getProperty("user.name").equals("root")) {
            return List.of("env", "DEBIAN_FRONTEND=noninteractive");
        }
        return run(List.of("sudo", "-n", "true"))
                ? List.of("sudo", "-n", "env", "DEBIAN_FRONTEND=noninteractive")
                : List.of();
    }

    private static List<String> both(List<String> first, List<String> then) {
        return Stream.concat(first.stream(), then.stream()).toList();
    }

    private static List<String> playwright(String browser) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "com.microsoft.playwright.CLI",
                "install",
                browser);
    }

    /** Whether a program ends well, in time; what it prints is not shown. */
    private static boolean run(List<String> command) {
        try {
            Process process =
                    new ProcessBuilder(command)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            try {
                process.getOutputStream().close();
                return process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                        && process.exitValue() == 0;
            } finally {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        } catch (IOException e) {
            // No such program.
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
