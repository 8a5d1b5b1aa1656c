package dev.docent.cli;

import dev.docent.Adapters;
import dev.docent.chat.Conversations;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code docent unanswered}: lists readers' questions that the documentation does not answer. */
@Command(
        name = "unanswered",
        description =
                "Lists the questions that the documentation did not answer, the most asked first.",
        mixinStandardHelpOptions = true)
final class UnansweredCommand implements Callable<Integer> {
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
                List<Conversations.Unanswered> questions = conversations.unanswered(limit);
                questions.forEach(question ->
                        out.printf(
                                "%5d×  %s  %s%n",
                                question.times(),
                                question.lastAsked().toString().substring(0, 10),
                                Commands.printable(question.question())));
                if (questions.isEmpty()) {
                    out.println("Every question so far was answered.");
                }
                return ExitCode.OK;
            }
        });
    }
}
