package dev.docent.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.docent.chat.Source;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The column of sources byte for byte, and how lenient its reader is. */
class SourcesJsonTest {
    @Test
    void writesWhatTheOlderBackendReadsAndOursBehindIt() {
        assertThat(
                        SourcesJson.write(
                                List.of(
                                        new Source(
                                                "docs/a.md",
                                                "A > \"B\"",
                                                0.83,
                                                1,
                                                "A\u0000",
                                                "/a#b",
                                                "Half \ud83d."),
                                        new Source("docs/b.md", "B", 0, 2, "B", null, null))))
                .isEqualTo(
                        "[{\"file\":\"docs/a.md\",\"heading\":\"A > \\\"B\\\"\",\"similarity\":0.83,"
                                + "\"number\":1,\"title\":\"A\ufffd\",\"url\":\"/a#b\","
                                + "\"quote\":\"Half ?.\"},"
                                + "{\"file\":\"docs/b.md\",\"heading\":\"B\",\"similarity\":0.0,"
                                + "\"number\":2,\"title\":\"B\"}]");
        assertThat(SourcesJson.write(List.of())).isEqualTo("[]");
    }

    @Test
    void fillsInWhatIsMissingOrOfAnotherKind() {
        assertThat(
                        SourcesJson.read(
                                "[{\"file\":\"a\",\"heading\":\"H\",\"similarity\":\"0.5\"},"
                                        + "{\"file\":7,\"similarity\":\"x\",\"url\":3,\"quote\":null,"
                                        + "\"other\":[]},{\"file\":{},\"number\":9,\"title\":\"T\"},3]"))
                .containsExactly(
                        new Source("a", "H", 0.5, 1, "H", null, null),
                        new Source("7", "", 0, 2, "", null, null),
                        new Source("", "", 0, 9, "T", null, null),
                        new Source("", "", 0, 4, "", null, null));
    }

    @Test
    void takesWhatIsNoListForNone() {
        assertThat(SourcesJson.read(null)).isNull();
        assertThat(SourcesJson.read("null")).isNull();
        assertThat(SourcesJson.read("{\"file\":\"a\"}")).isNull();
        assertThat(SourcesJson.read("[]")).isEmpty();
    }
}
