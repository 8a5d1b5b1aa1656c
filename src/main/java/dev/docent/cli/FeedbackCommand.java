package dev.docent.cli;

import dev.docent.chat.Conversations;
import java.io.PrintStream;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code docent feedback}: lists what readers think of the answers that they got. */
@Command(
        name = "feedback",
        description = "Lists what readers think of answers, the latest first.",
        mixinStandardHelpOptions = true)
final class FeedbackCommand extends ListCommand {
    @Override
    void list(Conversations conversations, int limit, PrintStream out) {
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
    }
}
