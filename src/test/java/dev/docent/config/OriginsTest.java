package dev.docent.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class OriginsTest {
    private final Origins origins =
            Origins.of(
                    List.of(
                            "https://my-book.vercel.app",
                            "http://localhost:3000",
                            "https://example.org:443",
                            "https://my-book-*-myteam.vercel.app"));

    @Test
    void allowsWhatIsNamed() {
        assertThat(origins.allows("https://my-book.vercel.app")).isTrue();
        assertThat(origins.allows("HTTPS://My-Book.Vercel.App")).isTrue();
        assertThat(origins.allows("http://localhost:3000")).isTrue();
        assertThat(origins.allows("https://example.org")).isTrue();
    }

    @Test
    void allowsPreviewsByTheirPattern() {
        assertThat(origins.allows("https://my-book-git-main-myteam.vercel.app")).isTrue();
        assertThat(origins.allows("https://my-book-1a2b3c-myteam.vercel.app")).isTrue();
    }

    @Test
    void refusesEverythingElse() {
        for (String origin :
                List.of(
                        "null",
                        "",
                        "https://my-book.vercel.app/",
                        "https://my-book.vercel.app.evil.com",
                        "https://evil-my-book.vercel.app",
                        "http://my-book.vercel.app",
                        "https://my-book.vercel.app:8443",
                        "https://localhost:3000",
                        "https://my-book--myteam.vercel.app",
                        "https://my-book-x.evil.com/-myteam.vercel.app",
                        "https://my-book-a.b-myteam.vercel.app",
                        "https://my-book-a-myteam.vercel.app.evil.com",
                        "https://my-book-a-myteam.vercel.app:8443",
                        "https://my-book-a-myteam.vercel.app\n",
                        "https://my-book-" + "a".repeat(100_000) + "-myteam.vercel.app")) {
            assertThat(origins.allows(origin)).as(origin).isFalse();
        }
    }
}
