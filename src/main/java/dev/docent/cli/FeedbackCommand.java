package dev.docent.cli;

import dev.docent.Adapters;
import dev.docent.chat.Conversations;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code docent feedback}: lists what readers think of the answers that they got. */
@Command(
        name = "feedback",
        description = "Lists what readers think of answers, the latest first.",
        mixinStandardHelpOptions = true)
final class FeedbackCommand implements Callable<Integer> {
    @Option(
            names = "--limit",
            description = "How many at the most (default: ${DEFAULT-VALUE}).",
            defaultValue = "50")
    private int limit = 50;

    private final PrintStream out = System.out;

    @Override
    public Integer call() {
        return Commands.with(settings -> {
            try (Conversations conversations = Adapters.conversations(settings)) {
                List<Conversations.Rated> opinions = conversations.feedback(limit);
                opinions.forEach(opinion -> {
                    out.printf(
                            "%s  %s  %s%n",
                            opinion.givenAt().toString().substring(0, 10),
                            opinion.helpful() ? "helpful    " : "not helpful",
                            Commands.printable(opinion.question()));
                    if (!opinion.comment().isEmpty()) {
                        out.println("              " + Commands.printable(opinion.comment()));
                    }
                });
                if (opinions.isEmpty()) {
                    out.println("No reader has said what they think of an answer.");
                }
                return ExitCode.OK;
            }
        });
    }
}
