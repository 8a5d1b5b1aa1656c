package dev.docent.http.web;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A kind of browser, and which one of it a machine has, wherever it lies. */
enum InstalledBrowser {
    CHROMIUM(
            "CHROME_BIN",
            "Chromium, Chrome or Edge",
            """
            chromium
            chromium-browser
            google-chrome
            google-chrome-stable
            chrome
            microsoft-edge
            microsoft-edge-stable
            msedge
            """,
            """
            /usr/bin/chromium
            /usr/bin/chromium-browser
            /usr/lib/chromium/chromium
            /snap/bin/chromium
            /opt/google/chrome/chrome
            /opt/microsoft/msedge/msedge
            /opt/chromium/chrome
            """,
            """
            Applications/Chromium.app/Contents/MacOS/Chromium
            Applications/Google Chrome.app/Contents/MacOS/Google Chrome
            Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge
            """,
            """
            Google/Chrome/Application/chrome.exe
            Chromium/Application/chrome.exe
            Microsoft/Edge/Application/msedge.exe
            """),
    FIREFOX(
            "FIREFOX_BIN",
            "Firefox 146 or later, other than as a snap",
            """
            firefox
            firefox-esr
            """,
            """
            /usr/bin/firefox
            /usr/bin/firefox-esr
            /usr/lib/firefox/firefox
            /usr/lib/firefox-esr/firefox-esr
            /usr/lib64/firefox/firefox
            /opt/firefox/firefox
            """,
            """
            Applications/Firefox.app/Contents/MacOS/firefox
            Applications/Firefox Developer Edition.app/Contents/MacOS/firefox
            """,
            """
            Mozilla Firefox/firefox.exe
            """);

    private static final Pattern MAJOR = Pattern.compile("(\\d{2,4})\\.\\d");

    /** The environment variable that names a browser's program; then no other is looked for. */
    final String variable;

    /** What a machine must have one of, in words. */
    final String names;

    /** Names of its program in a folder of PATH, one a line. */
    private final String commands;

    /** Where it lies besides, one a line; on macOS and Windows below several folders. */
    private final String linux;

    private final String mac;
    private final String windows;

    InstalledBrowser(
            String variable,
            String names,
            String commands,
            String linux,
            String mac,
            String windows) {
        this.variable = variable;
        this.names = names;
        this.commands = commands;
        this.linux = linux;
        this.mac = mac;
        this.windows = windows;
    }

    /**
     * The first browser of this machine that works.
     *
     * @throws IllegalStateException when the variable names a program that does not run
     */
    Optional<Path> find() {
        return find(System.getenv(), System.getProperty("os.name"), this::runs);
    }

    /**
     * The first that works of a machine with these variables.
     *
     * @param system its name as in {@code os.name}
     * @param works whether a browser's program is there and runs
     */
    Optional<Path> find(Map<String, String> variables, String system, Predicate<Path> works) {
        String named = variables.getOrDefault(variable, "");
        if (!named.isEmpty()) {
            Path browser = Path.of(named);
            if (!works.test(browser)) {
                throw new IllegalStateException(
                        variable + " names " + named + ", which does not run.");
            }
            return Optional.of(browser);
        }
        return places(variables, system.toLowerCase(Locale.ROOT)).filter(works).findFirst();
    }

    /** What the package is called that a package manager installs it with. */
    String packaged(String manager) {
        // Ubuntu's package called firefox brings the snap.
        return this == FIREFOX && manager.equals("apt-get")
                ? "firefox-esr"
                : name().toLowerCase(Locale.ROOT);
    }

    private Stream<Path> places(Map<String, String> variables, String system) {
        boolean onWindows = system.startsWith("windows");
        List<Path> places = new ArrayList<>();
        for (String folder : path(variables)) {
            commands.lines()
                    .forEach(name -> places.add(Path.of(folder, onWindows ? name + ".exe" : name)));
        }
        if (onWindows) {
            Stream.of("ProgramFiles", "ProgramFiles(x86)", "LOCALAPPDATA")
                    .map(variables::get)
                    .filter(folder -> folder != null && !folder.isEmpty())
                    .forEach(folder ->
                            windows.lines().forEach(file -> places.add(Path.of(folder, file))));
        } else if (system.startsWith("mac")) {
            for (String root : List.of("/", variables.getOrDefault("HOME", "/"))) {
                mac.lines().forEach(file -> places.add(Path.of(root, file)));
            }
        } else {
            linux.lines().forEach(file -> places.add(Path.of(file)));
        }
        return places.stream();
    }

    private static List<String> path(Map<String, String> variables) {
        // Windows names the variable Path.
        return variables.entrySet().stream()
                .filter(variable -> variable.getKey().equalsIgnoreCase("PATH"))
                .flatMap(variable -> Stream.of(variable.getValue().split(File.pathSeparator)))
                .filter(folder -> !folder.isEmpty())
                .toList();
    }

    /**
     * Whether it is there and says its version: Ubuntu's chromium-browser is a script that only
     * says where the browser could be had. On Windows the question would open a window.
     */
    boolean runs(Path browser) {
        if (!Files.isExecutable(browser) || Files.isDirectory(browser)) {
            return false;
        }
        if (browser.toString().endsWith(".exe")) {
            return true;
        }
        try {
            Process process =
                    new ProcessBuilder(browser.toString(), "--version")
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            try {
                return process.waitFor(60, TimeUnit.SECONDS)
                        && process.exitValue() == 0
                        && suits(
                                browser,
                                new String(
                                        process.getInputStream().readAllBytes(),
                                        StandardCharsets.UTF_8));
            } finally {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /**
     * Whether Playwright can drive it. It speaks to Firefox by WebDriver BiDi, which older ones
     * lack parts of; and a snap cannot read the profile that Playwright makes in {@code /tmp}.
     */
    private boolean suits(Path browser, String version) throws IOException {
        if (this == CHROMIUM) {
            return true;
        }
        Matcher major = MAJOR.matcher(version);
        return major.find() && Integer.parseInt(major.group(1)) >= 146 && !isSnap(browser);
    }

    private static boolean isSnap(Path browser) throws IOException {
        // Ubuntu's /usr/bin/firefox is a script that starts the snap.
        return Files.size(browser) < 64 * 1024
                ? Files.readString(browser, StandardCharsets.ISO_8859_1).contains("/snap/")
                : browser.toRealPath().endsWith("bin/snap");
    }
}
