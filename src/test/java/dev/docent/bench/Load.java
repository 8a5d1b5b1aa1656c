package dev.docent.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Readers who ask a service on this machine again and again, and what came of it: {@code Load PORT
 * READERS TOKENS MILLIS_PER_TOKEN SECONDS [PID]}. The service's model is a {@link
 * dev.docent.gemini.FakeGemini} of as many tokens at that pace; zero milliseconds is as fast as
 * they are taken. With the service's process id it tells its CPU time and memory too.
 */
public final class Load {
    private static final byte[] BODY =
            "{\"message\":\"What is the default threshold in metres?\"}"
                    .getBytes(StandardCharsets.UTF_8);
    private static final int MOST_READERS = 5000;
    private static final Duration LONGEST = Duration.ofMinutes(10);

    /** Of {@code /proc/PID/stat}: {@code USER_HZ} is 100 on every Linux that Java runs on. */
    private static final double TICK_SECONDS = 0.01;

    private final int port;
    private final int tokens;
    private final AtomicLong seen = new AtomicLong();
    private final AtomicLong answers = new AtomicLong();
    private final AtomicLong errors = new AtomicLong();
    private final AtomicLong violations = new AtomicLong();

    private Load(int port, int tokens) {
        this.port = port;
        this.tokens = tokens;
    }

    public static void main(String[] args) throws Exception {
        int readers = Math.min(Integer.parseInt(args[1]), MOST_READERS);
        int tokens = Integer.parseInt(args[2]);
        int pause = Integer.parseInt(args[3]);
        Duration time = Duration.ofSeconds(Long.parseLong(args[4]));
        time = time.compareTo(LONGEST) > 0 ? LONGEST : time;
        Path process = args.length > 5 ? Path.of("/proc", args[5]) : null;

        Load load = new Load(Integer.parseInt(args[0]), tokens);
        double cpu = process == null ? 0 : cpuSeconds(process);
        long began = System.nanoTime();
        load.run(readers, began + time.toNanos());
        double seconds = (System.nanoTime() - began) / 1e9;
        double rate = load.seen.get() / seconds;
        System.out.printf(
                "%d readers, %.1f s: %d answers, %d tokens, %.0f tokens/s, %d errors, %d violations%n",
                readers,
                seconds,
                load.answers.get(),
                load.seen.get(),
                rate,
                load.errors.get(),
                load.violations.get());
        if (pause > 0) {
            System.out.printf("%.0f %% of the full rate%n", 100 * rate * pause / 1000 / readers);
        }
        if (process != null) {
            cpu = cpuSeconds(process) - cpu;
            System.out.printf(
                    "service: %.2f s of CPU, %.1f us a token, %s resident%n",
                    cpu, cpu * 1e6 / Math.max(1, load.seen.get()), resident(process));
        }
    }

    private void run(int readers, long until) throws InterruptedException {
        CountDownLatch go = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < readers; i++) {
                threads.execute(() -> {
                    try {
                        go.await();
                        do {
                            ask();
                        } while (System.nanoTime() < until);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
            }
            go.countDown();
        }
    }

    private void ask() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 30_000);
            socket.setSoTimeout(60_000);
            String head =
                    "POST /api/chat HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
                            + "Content-Type: application/json\r\nContent-Length: "
                            + BODY.length
                            + "\r\n\r\n";
            byte[] request =
                    (head + new String(BODY, StandardCharsets.UTF_8))
                            .getBytes(StandardCharsets.UTF_8);
            socket.getOutputStream().write(request);
            read(
                    new BufferedReader(
                            new InputStreamReader(
                                    socket.getInputStream(), StandardCharsets.ISO_8859_1)));
        } catch (IOException e) {
            errors.incrementAndGet();
        }
    }

    /** Lines of chunked encoding are passed over: an event never spreads over two chunks. */
    private void read(BufferedReader lines) throws IOException {
        String status = lines.readLine();
        if (status == null || !status.contains(" 200")) {
            errors.incrementAndGet();
            return;
        }
        long count = 0;
        long characters = 0;
        String last = "";
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (!line.startsWith("data: ")) {
                continue;
            }
            if (last.isEmpty() != line.startsWith("data: {\"type\":\"metadata\"")
                    || last.startsWith("data: {\"type\":\"done\"")) {
                violations.incrementAndGet();
            }
            if (line.startsWith("data: {\"type\":\"token\"")) {
                count++;
                characters +=
                        line.length() - "data: {\"type\":\"token\",\"content\":\"\"}".length();
                seen.incrementAndGet();
            } else if (line.startsWith("data: {\"type\":\"error\"")) {
                errors.incrementAndGet();
            }
            last = line;
        }
        answers.incrementAndGet();
        boolean whole = characters == tokens * "token ".length() + "end.".length();
        if (!last.startsWith("data: {\"type\":\"done\"") || count == 0 || (tokens > 0 && !whole)) {
            violations.incrementAndGet();
        }
    }

    private static double cpuSeconds(Path process) {
        String stat = text(process.resolve("stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * TICK_SECONDS;
    }

    private static String resident(Path process) {
        return text(process.resolve("status"))
                .lines()
                .filter(line -> line.startsWith("VmRSS:"))
                .map(line -> line.substring("VmRSS:".length()).strip())
                .findFirst()
                .orElse("?");
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
