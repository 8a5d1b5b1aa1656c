package dev.docent.cli;

import dev.docent.chat.Conversations;
import java.io.PrintStream;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code docent unanswered}: lists readers' questions that the documentation does not answer. */
@Command(
        name = "unanswered",
        description =
                "Lists the questions that the documentation did not answer, the most asked first.",
        mixinStandardHelpOptions = true)
final class UnansweredCommand extends ListCommand {
    @Override
    void list(Conversations conversations, int limit, PrintStream out) {
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
    }
}
