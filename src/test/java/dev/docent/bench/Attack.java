package dev.docent.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * What hostile and careless clients do to a service on this machine, and what others notice of it:
 * {@code Attack PORT MODEL_PORT PID SECONDS}. The service's Gemini is at MODEL_PORT, which this
 * serves, and it takes readers' addresses from X-Forwarded-For. {@code .ci/attack} starts both.
 */
public final class Attack {
    private static final String QUESTION = "What is LOG_LEVEL?";

    private final int port;
    private final StoppableModel model;
    private final Path process;
    private final Duration time;

    private Attack(int port, StoppableModel model, Path process, Duration time) {
        this.port = port;
        this.model = model;
        this.process = process;
        this.time = time;
    }

    public static void main(String[] args) throws Exception {
        Duration time = Duration.ofSeconds(Math.min(300, Long.parseLong(args[3])));
        try (StoppableModel model = new StoppableModel(Integer.parseInt(args[1]))) {
            Attack attack =
                    new Attack(Integer.parseInt(args[0]), model, Path.of("/proc", args[2]), time);
            attack.honest(time); // warm-up
            attack.stop();
            attack.greedy();
            attack.flood();
        }
    }

    /** From a reader's stop until the model is hung up on. */
    private void stop() throws IOException, InterruptedException {
        model.pace(100_000, 1000);
        List<Long> times = new ArrayList<>();
        for (int n = 0; n < 300; n++) {
            model.hungUp().clear();
            try (Socket socket = ask("192.0.2." + n % 200, n, true)) {
                BufferedReader lines =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
                String conversation = "";
                for (String line = lines.readLine();
                        line != null && !line.contains("\"type\":\"token\"");
                        line = lines.readLine()) {
                    if (line.contains("conversation_id")) {
                        conversation =
                                line.replaceAll(".*\"conversation_id\":\"([^\"]*)\".*", "$1");
                    }
                }
                long began = System.nanoTime();
                request(
                        "POST /api/chat/" + conversation + "/stop HTTP/1.1",
                        "203.0.113.200",
                        "Content-Length: 0\r\n");
                Long ended = model.hungUp().poll(10, TimeUnit.SECONDS);
                times.add(ended == null ? Long.MAX_VALUE : ended - began);
            }
        }
        System.out.println("stop to model: " + percentiles(times));
    }

    /** Ten honest readers alone, and beside one who asks and searches without a pause. */
    private void greedy() throws InterruptedException {
        model.pace(20, 0);
        List<Long> alone = honest(time);
        long until = System.nanoTime() + time.toNanos();
        Map<String, LongAdder> statuses = new ConcurrentSkipListMap<>();
        List<Thread> greedy = new ArrayList<>();
        for (int n = 0; n < 32; n++) {
            greedy.add(Thread.ofVirtual().start(() -> hammer(until, "198.51.100.1", statuses)));
        }
        List<Long> beside = honest(time);
        for (Thread one : greedy) {
            one.join();
        }
        System.out.println("ten honest readers alone: " + percentiles(alone));
        System.out.println("beside a greedy one:      " + percentiles(beside));
        System.out.println("what the greedy one got:  " + statuses);
    }

    /** Liveness while readers read, heads are half sent, and searches are expensive. */
    private void flood() throws Exception {
        model.pace(100_000, 500);
        long until = System.nanoTime() + time.toNanos();
        Map<String, LongAdder> statuses = new ConcurrentSkipListMap<>();
        List<Thread> all = new ArrayList<>();
        for (int n = 0; n < 1000; n++) {
            int reader = n;
            all.add(Thread.ofVirtual().start(() -> read(until, reader, statuses)));
        }
        for (int n = 0; n < 2000; n++) {
            all.add(Thread.ofVirtual().start(() -> halfOpen(until)));
        }
        Thread.sleep(Duration.ofSeconds(10));
        for (int n = 0; n < 16; n++) {
            int client = n;
            all.add(Thread.ofVirtual().start(() -> search(until, client, statuses)));
        }
        List<Long> times = new ArrayList<>();
        while (System.nanoTime() < until) {
            long began = System.nanoTime();
            request("GET /api/health/live HTTP/1.1", "203.0.113.201", "");
            times.add(System.nanoTime() - began);
            Thread.sleep(20);
        }
        System.out.println(
                "liveness under the flood: "
                        + percentiles(times)
                        + ", "
                        + resident()
                        + " resident");
        System.out.println("what the flood got: " + statuses);
        for (Thread one : all) {
            one.interrupt();
        }
    }

    private List<Long> honest(Duration during) throws InterruptedException {
        long until = System.nanoTime() + during.toNanos();
        List<Long> times = Collections.synchronizedList(new ArrayList<>());
        List<Thread> readers = new ArrayList<>();
        for (int n = 0; n < 10; n++) {
            int reader = n;
            readers.add(
                    Thread.ofVirtual()
                            .start(() -> {
                                for (int asked = 0; System.nanoTime() < until; asked++) {
                                    long began = System.nanoTime();
                                    try (Socket socket = ask("203.0.113." + reader, asked, false)) {
                                        socket.getInputStream().readAllBytes();
                                    } catch (IOException e) {
                                        continue; // not measured
                                    }
                                    times.add(System.nanoTime() - began);
                                    pause(4000);
                                }
                            }));
        }
        for (Thread reader : readers) {
            reader.join();
        }
        return times;
    }

    private void hammer(long until, String from, Map<String, LongAdder> statuses) {
        for (int n = 0; System.nanoTime() < until; n++) {
            try {
                if (n % 2 == 0) {
                    try (Socket socket = ask(from, n, false)) {
                        count("question", socket.getInputStream().readAllBytes(), statuses);
                    }
                } else {
                    byte[] answer = request("GET " + expensive(n) + " HTTP/1.1", from, "");
                    count("search", answer, statuses);
                }
            } catch (IOException e) {
                count("broken", new byte[0], statuses);
            }
        }
    }

    private void read(long until, int reader, Map<String, LongAdder> statuses) {
        String from = "10.%d.%d.1".formatted(reader / 250, reader % 250);
        while (System.nanoTime() < until) {
            try (Socket socket = ask(from, reader, false)) {
                byte[] begin = socket.getInputStream().readNBytes(200);
                count("reader", begin, statuses);
                byte[] some = new byte[8192];
                InputStream in = socket.getInputStream();
                for (int n = in.read(some);
                        n >= 0 && System.nanoTime() < until;
                        n = in.read(some)) {
                    if (Thread.interrupted()) {
                        return;
                    }
                }
            } catch (IOException e) {
                count("reader broken", new byte[0], statuses);
            }
        }
    }

    private void halfOpen(long until) {
        while (System.nanoTime() < until) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.getOutputStream()
                        .write("GET / HTTP/1.1\r\nHost: a\r\nX: ".getBytes(US_ASCII));
                socket.getInputStream().readAllBytes();
            } catch (IOException e) {
                pause(100);
            }
        }
    }

    private void search(long until, int client, Map<String, LongAdder> statuses) {
        for (int n = 0; System.nanoTime() < until; n++) {
            String from = "11.%d.%d.1".formatted(client, n % 250);
            try {
                count("search", request("GET " + expensive(n) + " HTTP/1.1", from, ""), statuses);
            } catch (IOException e) {
                count("search broken", new byte[0], statuses);
            }
        }
    }

    /** Words that are not there, each within two letters of many. */
    private static String expensive(int seed) {
        Random random = new Random(seed);
        StringBuilder words = new StringBuilder("/api/search?limit=50&q=");
        for (int word = 0; word < 76; word++) {
            for (int letter = 0; letter < 25; letter++) {
                words.append((char) ('a' + random.nextInt(26)));
            }
            words.append('+');
        }
        return words.toString();
    }

    private Socket ask(String from, int number, boolean resume) throws IOException {
        String body =
                "{\"message\":\"%s %d\"%s}"
                        .formatted(QUESTION, number, resume ? ",\"resume\":true" : "");
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(120_000);
        byte[] request =
                """
                POST /api/chat HTTP/1.1
                Host: a
                Connection: close
                X-Forwarded-For: %s
                Content-Type: application/json
                Content-Length: %d

                %s\
                """
                        .formatted(from, body.length(), body)
                        .replace("\n", "\r\n")
                        .getBytes(US_ASCII);
        socket.getOutputStream().write(request);
        return socket;
    }

    private byte[] request(String line, String from, String headers) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(120_000);
            String request =
                    "%s\r\nHost: a\r\nConnection: close\r\nX-Forwarded-For: %s\r\n%s\r\n"
                            .formatted(line, from, headers);
            socket.getOutputStream().write(request.getBytes(US_ASCII));
            return socket.getInputStream().readAllBytes();
        }
    }

    private static void count(String what, byte[] answer, Map<String, LongAdder> statuses) {
        String status = answer.length < 12 ? "" : " " + new String(answer, 9, 3, US_ASCII);
        statuses.computeIfAbsent(what + status, _ -> new LongAdder()).increment();
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String resident() throws IOException {
        try (var lines = Files.lines(process.resolve("status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .map(line -> line.substring(6).strip())
                    .findFirst()
                    .orElse("?");
        }
    }

    private static String percentiles(List<Long> times) {
        List<Long> sorted = times.stream().sorted().toList();
        return "%d times, p50 %.1f ms, p99 %.1f ms, longest %.1f ms"
                .formatted(sorted.size(), at(sorted, 0.5), at(sorted, 0.99), at(sorted, 1));
    }

    private static double at(List<Long> sorted, double share) {
        int index = (int) Math.ceil(share * sorted.size()) - 1;
        return sorted.get(Math.max(0, index)) / 1e6;
    }
}
