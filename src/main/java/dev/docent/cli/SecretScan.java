package dev.docent.cli;

import dev.docent.config.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/**
 * Looks for the values of secrets in the files of a folder before it is published: as they are, URL
 * encoded, and in Base64 wherever they stand in what was encoded. In a Git repository only the
 * files count that it does not ignore. No secret is shown.
 */
final class SecretScan {
    /** A shorter value would be found in ordinary words. */
    private static final int SHORTEST = 6;

    private static final int BLOCK = 1 << 20;

    private final Map<String, String> forms = new LinkedHashMap<>();
    private final int overlap;

    /**
     * Prepares the forms of each secret.
     *
     * @param secrets by the variable that each is stored under; short ones are left out
     */
    SecretScan(Map<String, Secret> secrets) {
        secrets.forEach((variable, secret) -> {
            if (secret.reveal().length() >= SHORTEST) {
                add(variable, secret.reveal());
            }
        });
        overlap = forms.keySet().stream().mapToInt(String::length).max().orElse(0);
    }

    private void add(String variable, String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        String what = "the value of " + variable;
        forms.putIfAbsent(new String(bytes, StandardCharsets.ISO_8859_1), what);
        String encoded = URLEncoder.encode(value, StandardCharsets.UTF_8);
        for (String form : List.of(encoded, encoded.replace("+", "%20"))) {
            forms.putIfAbsent(form, what + ", URL-encoded");
            forms.putIfAbsent(lowerHex(form), what + ", URL-encoded");
        }
        for (int before = 0; before < 3; before++) {
            byte[] shifted = new byte[before + bytes.length];
            System.arraycopy(bytes, 0, shifted, before, bytes.length);
            // The characters that depend on nothing but the value.
            String core =
                    Base64.getEncoder()
                            .encodeToString(shifted)
                            .substring((before * 8 + 5) / 6, (before + bytes.length) * 8 / 6);
            forms.putIfAbsent(core, what + ", in Base64");
            forms.putIfAbsent(core.replace('+', '-').replace('/', '_'), what + ", in Base64");
        }
    }

    private static String lowerHex(String encoded) {
        StringBuilder out = new StringBuilder(encoded);
        for (int at = out.indexOf("%"); at >= 0; at = out.indexOf("%", at + 3)) {
            out.replace(at, at + 3, out.substring(at, at + 3).toLowerCase(Locale.ROOT));
        }
        return out.toString();
    }

    /**
     * What was found, a sentence for each file, in the order of their names.
     *
     * @throws IOException when the folder cannot be listed
     */
    List<String> of(Path folder) throws IOException {
        List<String> found = new ArrayList<>();
        for (Path file : files(folder)) {
            String name = folder.relativize(file).toString();
            boolean secretName = forms.keySet().stream().anyMatch(name::contains);
            String shown = secretName ? "A file whose name holds a secret" : name;
            Set<String> whats = new TreeSet<>();
            if (secretName) {
                whats.add("its name");
            }
            try (InputStream in = Files.newInputStream(file)) {
                search(in, whats);
            } catch (IOException e) {
                whats.add("nothing that could be read, so look at it yourself");
            }
            if (!whats.isEmpty()) {
                found.add(shown + " holds " + String.join(" and ", whats) + ".");
            }
        }
        return found;
    }

    private void search(InputStream in, Set<String> whats) throws IOException {
        String rest = "";
        for (byte[] block = in.readNBytes(BLOCK); block.length > 0; block = in.readNBytes(BLOCK)) {
            String text = rest + new String(block, StandardCharsets.ISO_8859_1);
            forms.forEach((form, what) -> {
                if (text.contains(form)) {
                    whats.add(what);
                }
            });
            rest = text.substring(Math.max(0, text.length() - overlap));
        }
    }

    /** The files that Git would publish; without a repository all but hidden folders of Git. */
    private static List<Path> files(Path folder) throws IOException {
        Map<String, Path> files = new TreeMap<>();
        try {
            Process git =
                    new ProcessBuilder("git", "ls-files", "-co", "--exclude-standard", "-z")
                            .directory(folder.toFile())
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            byte[] names = git.getInputStream().readAllBytes();
            if (git.onExit().join().exitValue() == 0) {
                for (String name :
                        List.of(new String(names, StandardCharsets.UTF_8).split("\0", -1))) {
                    Path file = folder.resolve(name);
                    if (!name.isEmpty() && Files.isRegularFile(file)) {
                        files.put(name, file);
                    }
                }
                return List.copyOf(files.values());
            }
        } catch (IOException e) {
            LoggerFactory.getLogger("scan").debug("there is no git here", e);
        }
        try (Stream<Path> all = Files.walk(folder)) {
            all.filter(Files::isRegularFile)
                    .filter(file -> !folder.relativize(file).startsWith(".git"))
                    .forEach(file -> files.put(file.toString(), file));
        }
        return List.copyOf(files.values());
    }
}
