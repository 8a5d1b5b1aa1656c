package dev.docent.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.InputStream;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WordPiecesTest {

    /** What is called is internal to DJL, so what it gives is held against DJL's public call. */
    @Test
    void findsThePiecesThatTheTokenizersOwnCallFinds() throws Exception {
        try (InputStream vocabulary = WordPieces.resource("/all-minilm-l6-v2-q-tokenizer.json");
                WordPieces pieces = new WordPieces();
                HuggingFaceTokenizer tokenizer =
                        HuggingFaceTokenizer.newInstance(
                                vocabulary, Map.of("padding", "false", "truncation", "false"))) {
            for (String text :
                    new String[] {
                        "",
                        "Set the threshold",
                        "kubernetes-ingress ¿qué? 日本語 🙂",
                        "word ".repeat(600)
                    }) {
                assertThat(pieces.ids(text, true))
                        .isEqualTo(tokenizer.encode(text, true, false).getIds());
                assertThat(pieces.ids(text, false))
                        .isEqualTo(tokenizer.encode(text, false, false).getIds());
            }
        }
    }
}
