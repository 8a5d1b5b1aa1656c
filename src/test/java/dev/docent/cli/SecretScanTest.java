package dev.docent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.docent.config.Secret;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretScanTest {
    private static final String KEY = "AQ.k3y+Vq8/Zt1=Lw5Rx0ä";

    @TempDir private Path folder;
    private final SecretScan scan =
            new SecretScan(Map.of("GEMINI_API_KEY", Secret.of(KEY), "OTHER", Secret.of("short")));

    @Test
    void findsAValueInEachForm() throws IOException {
        byte[] bytes = KEY.getBytes(StandardCharsets.UTF_8);
        write("a.txt", "key = " + KEY + ";");
        write("b.txt", "?key=" + URLEncoder.encode(KEY, StandardCharsets.UTF_8));
        write("c.txt", Base64.getEncoder().encodeToString(bytes));
        write("d.txt", "short");
        for (String before : new String[] {"x", "xy", "xyz"}) {
            byte[] pair = (before + KEY + ":rest").getBytes(StandardCharsets.UTF_8);
            write("e" + before + ".txt", "Basic " + Base64.getUrlEncoder().encodeToString(pair));
        }
        write("f/big.bin", "x".repeat((1 << 20) - 7) + KEY + "x".repeat(1 << 20));

        assertThat(scan.of(folder))
                .containsExactly(
                        "a.txt holds the value of GEMINI_API_KEY.",
                        "b.txt holds the value of GEMINI_API_KEY, URL-encoded.",
                        "c.txt holds the value of GEMINI_API_KEY, in Base64.",
                        "ex.txt holds the value of GEMINI_API_KEY, in Base64.",
                        "exy.txt holds the value of GEMINI_API_KEY, in Base64.",
                        "exyz.txt holds the value of GEMINI_API_KEY, in Base64.",
                        "f/big.bin holds the value of GEMINI_API_KEY.");
    }

    @Test
    void findsNothingWhereNothingIs() throws IOException {
        write("a.txt", KEY.substring(0, KEY.length() - 1));
        assertThat(scan.of(folder)).isEmpty();
    }

    @Test
    void leavesOutWhatGitIgnores() throws IOException {
        Process git = new ProcessBuilder("git", "init", "-q").directory(folder.toFile()).start();
        assertThat(git.onExit().join().exitValue()).isZero();
        write(".gitignore", ".env\n");
        write(".env", "GEMINI_API_KEY=" + KEY);
        assertThat(scan.of(folder)).isEmpty();
        write(".gitignore", "");
        assertThat(scan.of(folder)).containsExactly(".env holds the value of GEMINI_API_KEY.");
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(folder.resolve("f"));
        Files.writeString(file, text);
    }
}
