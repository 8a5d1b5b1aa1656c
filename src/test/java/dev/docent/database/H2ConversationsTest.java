package dev.docent.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.docent.chat.Conversations;
import dev.docent.chat.ConversationsContract;
import dev.docent.chat.Exchange;
import dev.docent.failure.DependencyException;
import dev.docent.failure.Failure.Nature;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class H2ConversationsTest extends ConversationsContract {
    @TempDir private Path folder;

    @Override
    protected Conversations open() {
        return open(folder);
    }

    private static DatabaseConversations open(Path folder) {
        return DatabaseConversations.h2(folder, Postgres.LIMITS);
    }

    @Test
    void keepsConversationsOverARestart() {
        Exchange exchange = Writer.exchange(1);
        try (Conversations first = open(folder.resolve("a=b ä c"))) {
            first.store(exchange);
        }
        try (Conversations second = open(folder.resolve("a=b ä c"))) {
            assertThat(second.messages(exchange.conversationId()).orElseThrow()).hasSize(2);
        }
    }

    @Test
    void refusesAFolderThatAnotherInstanceHolds() throws Exception {
        Process other = Writer.start(folder);
        try (Conversations second = open(folder)) {
            assertThatThrownBy(second::check)
                    .isInstanceOfSatisfying(
                            DependencyException.class,
                            e -> assertThat(e.failure().nature()).isEqualTo(Nature.MISCONFIGURED))
                    .hasMessage("The data folder " + folder + " is in use by another instance.");
        } finally {
            other.destroyForcibly().waitFor();
        }
    }

    @Test
    void keepsWhatWasStoredWhenTheProcessIsKilled() throws Exception {
        String last;
        Process writer = Writer.start(folder);
        try (BufferedReader lines = writer.inputReader()) {
            for (int n = 0; n < 50; n++) {
                assertThat(lines.readLine()).isNotNull();
            }
            // Through the handle, because Process.destroyForcibly also closes what is to be read.
            writer.toHandle().destroyForcibly();
            writer.waitFor();
            last = lines.lines().reduce((_, line) -> line).orElse("");
        }
        try (Conversations after = open(folder)) {
            after.check();
            Optional<UUID> id =
                    last.length() == 36 ? Optional.of(UUID.fromString(last)) : Optional.empty();
            id.ifPresent(stored -> assertThat(after.messages(stored).orElseThrow()).hasSize(2));
            after.store(Writer.exchange(1));
        }
    }

    @Test
    void refusesAFolderThatCannotBeWritten() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "");
        try (Conversations conversations = open(file)) {
            assertThatThrownBy(conversations::check)
                    .isInstanceOfSatisfying(
                            DependencyException.class,
                            e -> assertThat(e.failure().nature()).isEqualTo(Nature.MISCONFIGURED))
                    .hasMessage("The data folder " + file + " cannot be written.");
        }
    }

    @Test
    void refusesAFolderThatH2CannotName() {
        try (Conversations conversations = open(folder.resolve("a;b"))) {
            assertThatThrownBy(conversations::check)
                    .hasMessage(
                            "The data folder "
                                    + folder
                                    + "/a;b has a semicolon in its name, which H2 takes for the"
                                    + " start of its options.");
        }
    }

    @Test
    void refusesAFileThatIsNoDatabase() throws Exception {
        Files.writeString(folder.resolve("conversations.mv.db"), "no database ".repeat(10_000));
        try (Conversations conversations = open(folder)) {
            assertThatThrownBy(conversations::check)
                    .isInstanceOfSatisfying(
                            DependencyException.class,
                            e -> assertThat(e.failure().nature()).isEqualTo(Nature.MISCONFIGURED))
                    .hasMessage(
                            "The conversations in "
                                    + folder
                                    + " are not in a file of this version.");
        }
    }

    /** A limit on the size of files has the same effect on H2 as a disk that is full. */
    @Test
    void storesAgainWhenTheDiskHasRoomAgain() throws Exception {
        Process process = Writer.startUnder(List.of("prlimit", "--fsize=400000:unlimited"), folder);
        try (BufferedReader out = process.inputReader()) {
            String failed =
                    out.lines()
                            .filter(line -> line.startsWith("failed: "))
                            .findFirst()
                            .orElseThrow();
            assertThat(failed)
                    .isEqualTo(
                            "failed: The disk that holds the data folder " + folder + " is full.");
            int raised =
                    new ProcessBuilder("prlimit", "--pid", "" + process.pid(), "--fsize=unlimited")
                            .start()
                            .waitFor();
            assertThat(raised).isZero();
            assertThat(out.lines().filter(line -> !line.startsWith("failed: ")).findFirst())
                    .isPresent();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void storesAgainWhenItsFolderWasTakenAway() throws Exception {
        try (Conversations conversations = open(folder)) {
            conversations.store(Writer.exchange(1));
            Files.delete(folder.resolve("conversations.mv.db"));
            Exchange second = Writer.exchange(2);
            conversations.store(second);
            assertThat(folder.resolve("conversations.mv.db")).exists();
            assertThat(conversations.messages(second.conversationId()).orElseThrow()).hasSize(2);
        }
    }

    @Test
    void describesItselfWithoutCreatingTables() {
        try (DatabaseConversations conversations = open(folder)) {
            DatabaseInfo before = conversations.describe();
            assertThat(before.product()).startsWith("H2 2.");
            assertThat(before.encrypted()).isFalse();
            assertThat(before.mayCreate()).isTrue();
            assertThat(before.tablesThere()).isFalse();
            conversations.check();
            assertThat(conversations.describe().tablesThere()).isTrue();
        }
    }

    /**
     * A process that stores one exchange after another and prints each conversation's id after it.
     */
    static final class Writer {
        private Writer() {}

        public static void main(String[] args) {
            DatabaseConversations conversations = open(Path.of(args[0]));
            for (int n = 0; n < 100_000; n++) {
                Exchange exchange = exchange(n);
                try {
                    conversations.store(exchange);
                    System.out.println(exchange.conversationId());
                } catch (DependencyException e) {
                    System.out.println("failed: " + e.failure().owner());
                }
            }
        }

        /** Starts the process and waits until it has stored something. */
        static Process start(Path folder) throws Exception {
            Process process = startUnder(List.of(), folder);
            // One byte only: what follows is the test's to read.
            assertThat(process.getInputStream().read()).isNotEqualTo(-1);
            return process;
        }

        /** Starts the process by a command that starts another. */
        static Process startUnder(List<String> starter, Path folder) throws Exception {
            List<String> command = new ArrayList<>(starter);
            command.add(ProcessHandle.current().info().command().orElseThrow());
            command.addAll(
                    List.of(
                            "-Xmx128m",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Writer.class.getName(),
                            folder.toString()));
            return new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        }

        static Exchange exchange(int n) {
            Instant now = Instant.parse("2026-11-22T12:00:00Z");
            return new Exchange(
                    UUID.randomUUID(),
                    UUID.randomUUID(),
                    UUID.randomUUID(),
                    "question " + n,
                    now,
                    "answer " + n,
                    List.of(),
                    now,
                    false);
        }
    }
}
