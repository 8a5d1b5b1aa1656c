package dev.docent.logging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LogsTest {
    private static final LogSettings WARNINGS =
            new LogSettings(LogSettings.Level.WARN, LogSettings.Format.LINE);

    @AfterEach
    void restore() {
        Logs.configure(WARNINGS, List.of(), System.err);
    }

    @Test
    void saysNothingOfAConnectionThatCameInTheMomentOfAStop() {
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        Logs.configure(WARNINGS, List.of(), new PrintStream(written, true, StandardCharsets.UTF_8));
        Logger listener = Logger.getLogger("io.helidon.webserver.ServerListener");
        listener.severe("Executor rejected handler for new connection");
        listener.severe("The socket broke.");
        assertThat(written.toString(StandardCharsets.UTF_8))
                .contains("ERROR ServerListener: The socket broke.")
                .doesNotContain("rejected");
    }
}
