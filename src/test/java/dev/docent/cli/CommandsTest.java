package dev.docent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CommandsTest {
    @Test
    void printsNothingThatSteersATerminal() {
        assertThat(Commands.printable("a\u001b[31mb\u0007\u202ec\r\nd\u2028e\u0085f"))
                .isEqualTo("a·[31mb··c d e f");
    }
}
