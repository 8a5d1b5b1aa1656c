package dev.docent.config;

import dev.docent.failure.Diagnosis;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a {@code .env} file: {@code NAME=value} lines, with {@code export}, quotes around a value,
 * empty lines and {@code #} comments as in shells and Docker Compose. Nothing is expanded. No
 * problem repeats a line, because lines hold secrets.
 */
final class EnvFile {
    /** Far more than any real file; stops at a device or a log that was named by mistake. */
    private static final int LARGEST = 256 * 1024;

    private static final Pattern LINE =
            Pattern.compile("(?:export\\s+)?([A-Za-z_][A-Za-z0-9_]*)\\s*=\\s*(.*?)\\s*");

    private EnvFile() {}

    /**
     * Reads the variables of a file that should exist.
     *
     * @param name the file's, in the directory
     * @param called how a sentence begins that is about the file
     */
    static Map<String, String> read(Path directory, String name, String called, Problems problems) {
        String text;
        try {
            text = read(directory.resolve(name));
        } catch (IOException | InvalidPathException e) {
            problems.problem(
                    Diagnosis.FILE_UNREADABLE,
                    called + " cannot be read.",
                    "Name a text file of NAME=value lines of at most 256 KiB with DOCENT_ENV_FILE,"
                            + " or set that empty to read none.");
            return Map.of();
        }
        if (text.indexOf('\0') >= 0) {
            problems.problem(
                    Diagnosis.FILE_MALFORMED,
                    name + " is not UTF-8 text, perhaps UTF-16 as Windows PowerShell writes it.",
                    "Save it as UTF-8.");
            return Map.of();
        }
        Map<String, String> values = new HashMap<>();
        Map<String, Integer> lines = new HashMap<>();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            String stripped = line.strip();
            Matcher matcher = LINE.matcher(stripped);
            if (stripped.isEmpty() || stripped.startsWith("#")) {
                continue;
            }
            if (matcher.matches()) {
                String variable = matcher.group(1);
                String value = unquote(matcher.group(2));
                String before = values.put(variable, value);
                Integer earlier = lines.put(variable, number);
                if (before != null && !before.equals(value)) {
                    problems.warning(
                            Diagnosis.KEY_TWICE,
                            "%s has %s twice, in lines %d and %d, and the last one is taken."
                                    .formatted(name, variable, earlier, number),
                            "Keep one.");
                }
            } else {
                problems.problem(
                        Diagnosis.FILE_MALFORMED,
                        name + ", line " + number + " is not NAME=value.",
                        "Write one variable a line, and begin a comment with #.");
            }
        }
        return values;
    }

    private static String read(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(LARGEST + 1);
            if (bytes.length > LARGEST) {
                throw new IOException("too large");
            }
            String text = new String(bytes, StandardCharsets.UTF_8);
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        }
    }

    private static String unquote(String value) {
        for (char quote : new char[] {'"', '\''}) {
            if (value.length() > 1 && value.charAt(0) == quote) {
                int end = value.indexOf(quote, 1);
                String rest = end < 0 ? "x" : value.substring(end + 1).strip();
                if (rest.isEmpty() || rest.startsWith("#")) {
                    return value.substring(1, end);
                }
            }
        }
        int comment = value.indexOf(" #");
        return comment < 0 ? value : value.substring(0, comment).stripTrailing();
    }
}
