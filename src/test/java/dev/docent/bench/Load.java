package dev.docent.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Readers who ask a service on this machine again and again, and what came of it: {@code Load PORT
 * READERS TOKENS MILLIS_PER_TOKEN SECONDS [PID [QUESTION]]}. The service's model is a {@link
 * PacedModel} of as many tokens at that pace; with 0 tokens any model will do. With the service's
 * process id it tells its CPU time and memory too. Rates and CPU are those of the seconds that were
 * asked for; answers that run at their end are read to their own. One thread reads for all, so that
 * the load costs little beside what it measures.
 */
public final class Load {
    private static final String QUESTION = "What is the default threshold in metres?";
    private static final int MOST_READERS = 5000;
    private static final Duration LONGEST = Duration.ofMinutes(10);

    /** Of {@code /proc/PID/stat}: {@code USER_HZ} is 100 on every Linux that Java runs on. */
    private static final double TICK_SECONDS = 0.01;

    private final int port;
    private final int tokens;
    private final byte[] request;
    private final ByteBuffer in = ByteBuffer.allocateDirect(64 * 1024);
    private long seen;
    private long answers;
    private long errors;
    private long violations;
    private String firstError = "";

    private Load(int port, int tokens, String question) {
        this.port = port;
        this.tokens = tokens;
        String body = "{\"message\":\"" + question + "\"}";
        String head =
                "POST /api/chat HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
                        + "Content-Type: application/json\r\nContent-Length: "
                        + body.length()
                        + "\r\n\r\n";
        this.request = (head + body).getBytes(StandardCharsets.US_ASCII);
    }

    public static void main(String[] args) throws Exception {
        int readers = Math.min(Integer.parseInt(args[1]), MOST_READERS);
        int tokens = Integer.parseInt(args[2]);
        int pause = Integer.parseInt(args[3]);
        Duration time = Duration.ofSeconds(Long.parseLong(args[4]));
        time = time.compareTo(LONGEST) > 0 ? LONGEST : time;
        Path process = args.length > 5 ? Path.of("/proc", args[5]) : null;

        Load load =
                new Load(Integer.parseInt(args[0]), tokens, args.length > 6 ? args[6] : QUESTION);
        Measured measured = load.run(readers, time, process);
        double rate = measured.tokens / measured.seconds;
        System.out.printf(
                "%d readers, %.1f s: %d answers, %d tokens, %.0f tokens/s, %d errors, %d violations%n",
                readers,
                measured.seconds,
                load.answers,
                measured.tokens,
                rate,
                load.errors,
                load.violations);
        if (!load.firstError.isEmpty()) {
            System.out.println("first error: " + load.firstError);
        }
        if (pause > 0) {
            System.out.printf("%.0f %% of the full rate%n", 100 * rate * pause / 1000 / readers);
        }
        if (process != null) {
            System.out.printf(
                    "service: %.2f s of CPU, %.1f us a token, %s resident%n",
                    measured.cpu,
                    measured.cpu * 1e6 / Math.max(1, measured.tokens),
                    resident(process));
        }
    }

    private record Measured(double seconds, long tokens, double cpu) {}

    private Measured run(int readers, Duration time, @Nullable Path process) throws IOException {
        try (Selector selector = Selector.open()) {
            double cpu = cpuSeconds(process);
            long began = System.nanoTime();
            long until = began + time.toNanos();
            for (int i = 0; i < readers; i++) {
                ask(selector);
            }
            while (System.nanoTime() < until && !selector.keys().isEmpty()) {
                selector.select(key -> ready(key, until), 100);
            }
            double seconds = (System.nanoTime() - began) / 1e9;
            Measured measured = new Measured(seconds, seen, cpuSeconds(process) - cpu);
            while (!selector.keys().isEmpty()) {
                selector.select(key -> ready(key, until), 100);
            }
            return measured;
        }
    }

    private void ask(Selector selector) throws IOException {
        SocketChannel channel = SocketChannel.open();
        channel.configureBlocking(false);
        channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        channel.register(selector, SelectionKey.OP_CONNECT, new Reader(tokens));
    }

    private void ready(SelectionKey key, long until) {
        SocketChannel channel = (SocketChannel) key.channel();
        Reader reader = (Reader) key.attachment();
        try {
            if (key.isConnectable()) {
                channel.finishConnect();
                channel.write(ByteBuffer.wrap(request));
                key.interestOps(SelectionKey.OP_READ);
                return;
            }
            in.clear();
            int count = channel.read(in);
            if (count >= 0) {
                seen += reader.take(in.flip());
                return;
            }
            key.cancel();
            channel.close();
            end(reader);
            if (System.nanoTime() < until) {
                ask(key.selector());
            }
        } catch (IOException e) {
            key.cancel();
            errors++;
            note(e.toString());
        }
    }

    private void end(Reader reader) {
        answers++;
        errors += reader.errors();
        violations += reader.violations();
        note(reader.error());
    }

    private void note(String error) {
        firstError = firstError.isEmpty() ? error : firstError;
    }

    private static double cpuSeconds(@Nullable Path process) {
        if (process == null) {
            return 0;
        }
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
