package dev.docent;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.docent.http.WidgetClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** How the program starts, ends, and survives what owners and machines do to it. */
@Execution(ExecutionMode.CONCURRENT)
class LifecycleTest {
    private static final String QUESTION = "What is the default threshold in metres?";

    @TempDir Path folder;

    @Test
    void tellsTheAddressAndAQuestionInItsLastLineAndEndsWithZeroOnSigterm() {
        try (Program program = Program.start(folder, Program.demo(folder))) {
            int port = program.awaitReady();

            assertThat(program.seen().lines().reduce((before, last) -> last).orElseThrow())
                    .contains("INFO docent: ready: open http://localhost:" + port + " and ask");
            assertThat(new WidgetClient(port).ask(QUESTION).text()).contains("4.2 metres");
            program.terminate();
            assertThat(program.awaitEnd()).isZero();
            assertThat(program.seen()).endsWith("INFO docent: closed\n");
        }
    }

    /** One failed accept would close the port. */
    @Test
    void hasNoMoreConnectionsThanItCanOpenFiles() throws IOException {
        try (Program program =
                Program.startBy(List.of("prlimit", "--nofile=256"), folder, Program.demo(folder))) {
            int port = program.awaitReady();
            List<Socket> greedy = new ArrayList<>();
            try {
                for (int i = 0; i < 300; i++) {
                    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
                    socket.getOutputStream()
                            .write("GET / HTTP/1.1\r\nHost: a\r\n".getBytes(US_ASCII));
                    greedy.add(socket);
                }
            } finally {
                for (Socket socket : greedy) {
                    socket.close();
                }
            }
            assertThat(new WidgetClient(port).ask(QUESTION).text()).contains("4.2 metres");
            assertThat(program.seen()).contains("the number of files that may be open, is small");
        }
    }

    @Test
    void endsWithAnExitCodeWhenItHasLostItsPort() throws Exception {
        try (Program program = Program.start(folder, Program.demo(folder))) {
            int port = program.awaitReady();
            limit(program, "--nofile=16:");
            try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
                program.awaitText("this server socket is terminating now");
            }
            limit(program, "--nofile=1024:");
            assertThat(program.awaitEnd()).isEqualTo(69);
            assertThat(program.seen()).contains("docent cannot serve any more");
        }
    }

    @Test
    void endsWithAnExitCodeWhenTheMachineGivesItNoThreads() throws Exception {
        // Root may have as many threads as it likes, so this is somebody else, who may read as
        // root.
        List<String> somebody =
                System.getProperty("user.name").equals("root")
                        ? List.of(
                                "setpriv",
                                "--reuid=23456",
                                "--regid=23456",
                                "--clear-groups",
                                "--inh-caps=+dac_read_search,+dac_override",
                                "--ambient-caps=+dac_read_search,+dac_override")
                        : List.of();
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        try (Program program = Program.startBy(somebody, folder, Program.demo(folder))) {
            program.awaitReady();
            List<String> command = new ArrayList<>(somebody);
            command.addAll(List.of("prlimit", "--pid", "" + program.pid(), "--nproc=1:"));
            assertThat(new ProcessBuilder(command).start().waitFor()).isZero();
            assertThat(program.awaitEnd()).isEqualTo(70);
            assertThat(program.seen()).contains("the machine gives it no threads");
        }
    }

    private static void limit(Program program, String limit) throws Exception {
        Process changing =
                new ProcessBuilder("prlimit", "--pid", "" + program.pid(), limit).start();
        assertThat(changing.waitFor()).isZero();
    }

    @Test
    void keepsIndexAndConversationsWhenItIsKilled() {
        UUID conversation;
        try (Program program = Program.start(folder, Program.demo(folder))) {
            conversation = new WidgetClient(program.awaitReady()).ask(QUESTION).conversation();
            program.kill();
            program.awaitEnd();
        }
        Map<String, String> variables = Program.demo(folder);
        variables.put("LOG_LEVEL", "DEBUG");
        try (Program again = Program.start(folder, variables)) {
            int port = again.awaitReady();

            WidgetClient client = new WidgetClient(port);
            assertThat(
                            client.json(client.get("/api/conversation/" + conversation))
                                    .path("messages"))
                    .hasSize(2);
            assertThat(client.ask(QUESTION).text()).contains("4.2 metres");
            again.awaitText("(0 new, 0 changed, 0 removed)");
        }
    }

    @Test
    void computesNothingAnewThatWasPreparedOfItsOwnDocuments() {
        Map<String, String> variables = Program.demo(folder.resolve("image"));
        variables.remove("DOCENT_DOCS");
        variables.put("LOG_LEVEL", "DEBUG");
        variables.put("DOCENT_DOCS_PREPARED", folder.resolve("nowhere").toString());
        try (Program build = Program.start(folder, variables)) {
            build.awaitReady();
            build.terminate();
            build.awaitEnd();
        }
        variables.put("DOCENT_DATA", folder.resolve("empty").toString());
        variables.put("DOCENT_DOCS_PREPARED", folder.resolve("image/index/manual").toString());
        try (Program image = Program.start(folder, variables)) {
            int port = image.awaitReady();

            assertThat(new WidgetClient(port).ask("How do I set ALLOWED_ORIGINS?").text())
                    .contains("origin");
            image.awaitText("(0 new, 0 changed, 0 removed)");
        }
    }

    @Test
    void answersFromTheLastReadingUntilTheDocumentationIsReadAgain() throws IOException {
        Path docs = Files.createDirectory(folder.resolve("docs"));
        Path page = docs.resolve("page.md");
        Files.writeString(page, "# Gate\n\nThe gate opens at seven in the morning.\n");
        Map<String, String> variables = Program.demo(folder.resolve("data"));
        variables.put("DOCENT_DOCS", docs.toString());
        try (Program program = Program.start(folder, variables)) {
            program.awaitReady();
            program.terminate();
            program.awaitEnd();
        }
        Files.writeString(page, "# Gate\n\nThe gate opens at nine in the morning.\n");
        try (Program again = Program.start(folder, variables)) {
            int port = again.awaitReady();
            WidgetClient client = new WidgetClient(port);

            assertThat(client.ask("When does the gate open?").text()).contains("in the morning");
            again.awaitText("(0 new, 1 changed, 0 removed)");
            assertThat(client.ask("When does the gate open?").text()).contains("nine");
        }
    }

    @Test
    void opensAfterItWasKilledWhileReadingTheDocumentation() {
        try (Program program = Program.start(folder, Program.demo(folder))) {
            program.awaitLine(line -> line.contains("docs: opening"));
            program.kill();
            program.awaitEnd();
        }
        try (Program again = Program.start(folder, Program.demo(folder))) {
            assertThat(new WidgetClient(again.awaitReady()).ask(QUESTION).text())
                    .contains("4.2 metres");
        }
    }

    @Test
    void endsInOrderWhenItsTerminalIsClosed() throws Exception {
        // Whoever runs this may ignore the signal, and so would its children.
        List<String> env = List.of("env", "--default-signal=HUP");
        try (Program program = Program.startBy(env, folder, Program.demo(folder), "serve")) {
            program.awaitReady();
            new ProcessBuilder("kill", "-HUP", "" + program.pid()).start().waitFor();
            assertThat(program.awaitEnd()).isZero();
            assertThat(program.seen()).endsWith("INFO docent: closed\n");
        }
    }

    @Test
    void endsWithZeroOnSigtermWhileReadingTheDocumentation() {
        try (Program program = Program.start(folder, Program.demo(folder))) {
            program.awaitLine(line -> line.contains("listening on port"));
            program.terminate();

            assertThat(program.awaitEnd()).isZero();
            assertThat(program.seen())
                    .endsWith("INFO docent: closed\n")
                    .doesNotContain("ready: open", "cannot start", "ERROR");
        }
    }

    @Test
    void refusesADataFolderThatAnotherInstanceHolds() {
        try (Program first = Program.start(folder, Program.demo(folder))) {
            first.awaitReady();
            try (Program second = Program.start(folder, Program.demo(folder))) {
                assertThat(second.awaitEnd()).isEqualTo(78);
                assertThat(second.seen()).contains("another").doesNotContain("\tat ");
            }
        }
    }

    @Test
    void refusesADataFolderThatCannotBeWritten() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "not a folder");
        try (Program program = Program.start(folder, Program.demo(file))) {
            assertThat(program.awaitEnd()).isEqualTo(78);
            assertThat(program.seen()).contains(file.toString()).doesNotContain("\tat ");
        }
    }

    @Test
    void namesThePortThatIsTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("0.0.0.0"))) {
            Map<String, String> variables = Program.demo(folder);
            variables.put("PORT", Integer.toString(taken.getLocalPort()));
            try (Program program = Program.start(folder, variables)) {
                assertThat(program.awaitEnd()).isEqualTo(69);
                assertThat(program.seen())
                        .contains(
                                "docent cannot start: Port "
                                        + taken.getLocalPort()
                                        + " of 0.0.0.0 cannot be listened on: Address already in use."
                                        + " Set PORT to a free one.\n")
                        .doesNotContain("\tat ");
            }
        }
    }

    @Test
    void saysWhichDocumentationCannotBeOpened() throws IOException {
        Path empty = Files.createDirectory(folder.resolve("empty"));
        for (Path docs : new Path[] {folder.resolve("missing"), empty}) {
            Map<String, String> variables = Program.demo(folder.resolve("data"));
            variables.put("DOCENT_DOCS", docs.toString());
            try (Program program = Program.start(folder, variables)) {
                assertThat(program.awaitEnd()).isEqualTo(78);
                assertThat(program.seen())
                        .contains("docent cannot start: ")
                        .contains(docs.toString())
                        .doesNotContain("\tat ");
            }
        }
    }

    @Test
    void opensOnItsOwnManualAndLogsJsonWhenAskedTo() {
        Map<String, String> variables = Program.demo(folder);
        variables.remove("DOCENT_DOCS");
        variables.put("DOCENT_LOG_FORMAT", "json");
        try (Program program = Program.start(folder, variables)) {
            int port = program.awaitReady();

            assertThat(program.seen().lines()).allMatch(line -> line.startsWith("{\"time\":\""));
            WidgetClient client = new WidgetClient(port);
            JsonNode source = client.ask("How do I set ALLOWED_ORIGINS?").sources().get(0);
            String page = source.path("url").asText().replaceAll("#.*", "");
            assertThat(client.get(page).body()).contains("ALLOWED_ORIGINS");
        }
    }

    @Test
    void saysWhatIsDownInsteadOfBeingReady() {
        Map<String, String> variables = Program.demo(folder);
        variables.put("DOCENT_MODEL", "gemini");
        variables.put("GEMINI_API_KEY", "AQ.0123456789abcdefghijklmnop");
        variables.put("GEMINI_BASE_URL", "http://127.0.0.1:1");
        try (Program program = Program.start(folder, variables)) {
            assertThat(program.awaitLine(line -> line.contains("ready")))
                    .contains("WARN docent: serving on port ")
                    .endsWith(", not ready: gemini is down; see above");
            assertThat(program.seen()).contains("127.0.0.1:1 does not accept connections.");
        }
    }

    @Test
    void reportsAllThatIsMissingInLiveMode() {
        try (Program program = Program.start(folder, Map.of())) {
            assertThat(program.awaitEnd()).isEqualTo(78);
            assertThat(program.seen())
                    .startsWith("docent cannot start: 5 problems with its configuration\n")
                    .contains("  1. GEMINI_API_KEY is not set.")
                    .contains("under Settings → Variables and secrets → New secret.");
        }
    }
}
