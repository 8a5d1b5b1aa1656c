package dev.docent.cli;

import dev.docent.Adapters;
import dev.docent.chat.Conversations;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Option;

/** A command that lists something of what readers left. */
abstract class ListCommand implements Callable<Integer> {
    @Option(
            names = "--limit",
            description = "How many at the most (default: ${DEFAULT-VALUE}).",
            defaultValue = "50")
    private int limit = 50;

    @Override
    public final Integer call() {
        return Commands.with(settings -> {
            try (Conversations conversations = Adapters.conversations(settings)) {
                list(conversations, limit, System.out);
                return ExitCode.OK;
            }
        });
    }

    abstract void list(Conversations conversations, int limit, PrintStream out);
}
