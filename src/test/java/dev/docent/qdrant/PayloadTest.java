package dev.docent.qdrant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.docent.rag.Passage;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadTest {
    private static final UUID ID = new UUID(0, 7);

    @Test
    void readsWhatLangChainWrites() {
        Map<String, Object> payload =
                Map.of(
                        "page_content",
                        "A body in the world.",
                        "metadata.source",
                        "docs/guides/intro.md",
                        "metadata.Header 1",
                        "Physical AI",
                        "metadata.Header 2",
                        "Embodiment");
        assertThat(Payload.readable(payload)).isTrue();
        assertThat(Payload.passage(ID, payload))
                .isEqualTo(
                        passage(
                                "docs/guides/intro.md",
                                "Physical AI",
                                List.of("Physical AI", "Embodiment"),
                                null));
    }

    @Test
    void takesAnAddressForTheSource() {
        Map<String, Object> payload =
                Map.of(
                        "page_content",
                        "A body in the world.",
                        "metadata.source",
                        "https://book.example/docs/intro",
                        "metadata.title",
                        "Introduction");
        assertThat(Payload.passage(ID, payload))
                .isEqualTo(
                        passage(
                                "https://book.example/docs/intro",
                                "Introduction",
                                List.of(),
                                "https://book.example/docs/intro"));
    }

    @Test
    void readsWhatLlamaIndexWrites() {
        Map<String, Object> payload =
                Map.of(
                        "_node_content",
                        "{\"id_\":\"x\",\"text\":\"A body in the world.\",\"metadata\":{\"file_path\":\"docs/intro.md\",\"header_path\":\"/Physical AI/Embodiment/\"}}",
                        "_node_type",
                        "TextNode",
                        "file_name",
                        "intro.md",
                        "doc_id",
                        "x");
        assertThat(Payload.readable(payload)).isTrue();
        assertThat(Payload.passage(ID, payload))
                .isEqualTo(
                        passage(
                                "docs/intro.md",
                                "Physical AI",
                                List.of("Physical AI", "Embodiment"),
                                null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"content", "page_content", "text", "document", "chunk", "body"})
    void takesATextByAnyUsualName(String name) {
        Map<String, Object> payload = Map.of(name, "A body in the world.", "path", "docs/intro.md");
        assertThat(Payload.readable(payload)).isTrue();
        assertThat(Payload.passage(ID, payload))
                .isEqualTo(passage("docs/intro.md", "intro", List.of(), null));
    }

    @Test
    void cannotTellATextOrAPlaceFromOtherFields() {
        assertThat(Payload.readable(Map.of())).isFalse();
        assertThat(Payload.readable(Map.of("text", "Words.", "price", 7L))).isFalse();
        assertThat(Payload.readable(Map.of("source", "docs/a.md", "text", " "))).isFalse();
        assertThat(Payload.readable(Map.of("_node_content", "no JSON", "source", "a"))).isFalse();
        assertThat(Payload.readable(Map.of("_node_content", "[1]", "source", "a"))).isFalse();
    }

    private static Passage passage(
            String file, String title, List<String> headings, @Nullable String url) {
        return new Passage(ID, file, title, headings, "", url, 0, "A body in the world.", 0);
    }
}
