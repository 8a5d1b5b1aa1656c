package dev.docent.qdrant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.docent.config.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a key of Qdrant tells of itself. */
class KeyRightsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"access\":\"r\"} | READ_ONLY",
                "{\"access\":\"m\",\"exp\":4102444800} | MANAGE",
                "{\"access\":[{\"collection\":\"a\",\"access\":\"rw\"}]} | SOME_COLLECTIONS",
                "{\"access\":[]} | SOME_COLLECTIONS",
                "{\"access\":7} | UNTOLD",
                "{} | UNTOLD",
                "[1] | UNTOLD",
                "no JSON | UNTOLD"
            })
    void readsTheClaimOfAToken(String claims, KeyRights rights) {
        String payload =
                Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(claims.getBytes(StandardCharsets.UTF_8));
        assertThat(KeyRights.of(Secret.of("eyJhbGciOiJIUzI1NiJ9." + payload + ".c2ln")))
                .isEqualTo(rights);
    }

    @ParameterizedTest
    @CsvSource({"kJ8sD2mQ5tX9vB3nL7wR4", "eyJ.", "eyJ.%%%.x", "''"})
    void cannotTellFromAnythingElse(String key) {
        assertThat(KeyRights.of(Secret.of(key))).isEqualTo(KeyRights.UNTOLD);
        assertThat(KeyRights.of(null)).isEqualTo(KeyRights.UNTOLD);
    }
}
