package dev.docent;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * The program as its owner runs it: a process of its own, with an environment, an output and an
 * exit code.
 */
public final class Program implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 120;

    private final Process process;
    private final BufferedReader output;
    private final StringBuilder seen = new StringBuilder();

    private Program(Process process) {
        this.process = process;
        this.output = process.inputReader(StandardCharsets.UTF_8);
    }

    /** Starts it in a folder, with these variables and what a JVM needs, and no others. */
    public static Program start(Path folder, Map<String, String> variables, String... arguments) {
        return startBy(List.of(), folder, variables, arguments);
    }

    /** The same by a command that starts another, such as {@code prlimit}. */
    static Program startBy(
            List<String> starter, Path folder, Map<String, String> variables, String... arguments) {
        List<String> command = new java.util.ArrayList<>(starter);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.docent.cli.Main"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().put("HOME", folder.toString());
        builder.environment().put("PATH", "/usr/bin:/bin");
        builder.environment().putAll(variables);
        try {
            return new Program(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The variables of a demo over the tests' small site. */
    public static Map<String, String> demo(Path data) {
        Map<String, String> variables = new HashMap<>();
        variables.put("DOCENT_MODE", "demo");
        variables.put("DOCENT_DATA", data.toString());
        variables.put("DOCENT_DOCS", DemoService.SITE.toString());
        variables.put("PORT", "0");
        return variables;
    }

    /** Reads on until a line that fits, and returns it. */
    String awaitLine(Predicate<String> fits) {
        try {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                seen.append(line).append('\n');
                if (fits.test(line)) {
                    return line;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new AssertionError("ended without the line that was waited for:\n" + seen);
    }

    /** Reads on until a text was printed, if it was not yet. */
    void awaitText(String text) {
        if (!seen().contains(text)) {
            awaitLine(line -> line.contains(text));
        }
    }

    /** Waits until it is ready; returns its port. */
    int awaitReady() {
        String line = awaitLine(text -> text.contains("ready: open http://localhost:"));
        return Integer.parseInt(line.replaceAll(".*localhost:(\\d+).*", "$1"));
    }

    /** Reads to the end of the output and waits for the exit code. */
    public int awaitEnd() {
        try {
            output.lines().forEach(line -> seen.append(line).append('\n'));
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("does not end:\n" + seen);
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** All that was printed so far. */
    public String seen() {
        return seen.toString();
    }

    /**
     * SIGTERM, as a Space sends it; by the handle, since {@link Process#destroy} closes the output.
     */
    void terminate() {
        process.toHandle().destroy();
    }

    long pid() {
        return process.pid();
    }

    /** SIGKILL. */
    void kill() {
        process.toHandle().destroyForcibly();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
