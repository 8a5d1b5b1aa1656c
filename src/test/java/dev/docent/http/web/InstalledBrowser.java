package dev.docent.http.web;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Finds the Chromium, Chrome or Edge that a machine has, wherever it lies. */
final class InstalledBrowser {
    /** The environment variable that names a browser's program; then no other is looked for. */
    static final String VARIABLE = "CHROME_BIN";

    private static final List<String> COMMANDS =
            List.of(
                    "chromium",
                    "chromium-browser",
                    "google-chrome",
                    "google-chrome-stable",
                    "chrome",
                    "microsoft-edge",
                    "microsoft-edge-stable",
                    "msedge");

    private static final List<String> LINUX =
            List.of(
                    "/usr/bin/chromium",
                    "/usr/bin/chromium-browser",
                    "/usr/lib/chromium/chromium",
                    "/snap/bin/chromium",
                    "/opt/google/chrome/chrome",
                    "/opt/microsoft/msedge/msedge",
                    "/opt/chromium/chrome");

    private static final List<String> MAC =
            List.of(
                    "Applications/Chromium.app/Contents/MacOS/Chromium",
                    "Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
                    "Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge");

    private static final List<String> WINDOWS =
            List.of(
                    "Google/Chrome/Application/chrome.exe",
                    "Chromium/Application/chrome.exe",
                    "Microsoft/Edge/Application/msedge.exe");

    private InstalledBrowser() {}

    /**
     * The first browser of this machine that works.
     *
     * @throws IllegalStateException when {@value #VARIABLE} names a program that does not run
     */
    static Optional<Path> find() {
        return find(System.getenv(), System.getProperty("os.name"), InstalledBrowser::runs);
    }

    /**
     * The first that works of a machine with these variables.
     *
     * @param system its name as in {@code os.name}
     * @param works whether a browser's program is there and runs
     */
    static Optional<Path> find(
            Map<String, String> variables, String system, Predicate<Path> works) {
        String named = variables.getOrDefault(VARIABLE, "");
        if (!named.isEmpty()) {
            Path browser = Path.of(named);
            if (!works.test(browser)) {
                throw new IllegalStateException(
                        VARIABLE + " names " + named + ", which does not run.");
            }
            return Optional.of(browser);
        }
        return places(variables, system.toLowerCase(Locale.ROOT)).filter(works).findFirst();
    }

    private static Stream<Path> places(Map<String, String> variables, String system) {
        boolean windows = system.startsWith("windows");
        List<Path> places = new ArrayList<>();
        for (String folder : path(variables)) {
            COMMANDS.forEach(name -> places.add(Path.of(folder, windows ? name + ".exe" : name)));
        }
        if (windows) {
            Stream.of("ProgramFiles", "ProgramFiles(x86)", "LOCALAPPDATA")
                    .map(variables::get)
                    .filter(folder -> folder != null && !folder.isEmpty())
                    .forEach(folder -> WINDOWS.forEach(file -> places.add(Path.of(folder, file))));
        } else if (system.startsWith("mac")) {
            for (String root : List.of("/", variables.getOrDefault("HOME", "/"))) {
                MAC.forEach(file -> places.add(Path.of(root, file)));
            }
        } else {
            LINUX.forEach(file -> places.add(Path.of(file)));
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
    private static boolean runs(Path browser) {
        if (!Files.isExecutable(browser) || Files.isDirectory(browser)) {
            return false;
        }
        if (browser.toString().endsWith(".exe")) {
            return true;
        }
        try {
            Process process =
                    new ProcessBuilder(browser.toString(), "--version")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            try {
                return process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0;
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
}
