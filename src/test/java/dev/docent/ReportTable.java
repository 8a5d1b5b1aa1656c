package dev.docent;

import dev.docent.config.Environment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The cases of {@code reports.txt}: {@code ## name}, the variables that differ from a sound
 * configuration ({@code -NAME} is one that is not set), {@code ->}, the report. Made-up keys stand
 * as {@code {AIza}} there, so that no scanner for leaked keys takes the file for a leak.
 */
public final class ReportTable {
    static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-22T12:00:00Z"), ZoneOffset.UTC);

    private static final Path NOWHERE = Path.of("target", "no-such-folder");

    private static final Pattern ESCAPE = Pattern.compile("\\\\u([0-9A-F]{4})");
    private static final Pattern JWT = Pattern.compile("\\{jwt:([0-9-]+)}");

    private static final Map<String, String> MADE_UP =
            Map.of(
                    "{AIza}", "AI" + "zaSyD3x9Kq2Lm8Wv5Rt7Bn1Jc4Hf6Gz0Ts2Y",
                    "{AQ}", "A" + "Q.Ab8RN6Jq3xT5vW7yZ0aB2cD4eF6gH8",
                    "{plain}", "kJ8sD2mQ5tX9vB3nL7wR4",
                    "{qk}", "q" + "k_9f8e7d6c5b4a3210",
                    "{hf}", "h" + "f_aBcDeFgHiJkLmNoPq123",
                    "{npg}", "n" + "pg_a1B2c3D4e5F6",
                    "{sk}", "s" + "k-proj-a1B2c3D4e5F6",
                    "{ghp}", "gh" + "p_a1B2c3D4e5F6g7H8",
                    "{long}", "k9".repeat(10_000));

    private static final Map<String, String> SOUND =
            Map.of(
                    "GEMINI_API_KEY", "{AQ}",
                    "QDRANT_URL", "https://abc.eu-central-1-0.aws.cloud.qdrant.io:6334",
                    "QDRANT_API_KEY", "{plain}",
                    "DATABASE_URL",
                            "postgresql://neondb_owner:{npg}@ep-cool-dawn-123456-pooler"
                                    + ".eu-central-1.aws.neon.tech/neondb?sslmode=require",
                    "ALLOWED_ORIGINS", "https://my-book.vercel.app");

    private ReportTable() {}

    /** One case. */
    record Row(String name, List<String> changes, String report) {
        @Override
        public String toString() {
            return name;
        }

        /** The variables of this case, with the made-up keys in their places. */
        Map<String, String> variables() {
            Map<String, String> variables = new TreeMap<>(SOUND);
            for (String change : changes) {
                if (change.startsWith("-")) {
                    variables.remove(change.substring(1));
                } else {
                    List<String> parts = List.of(change.split("=", 2));
                    variables.put(parts.get(0), parts.get(1));
                }
            }
            variables.replaceAll((_, value) -> expand(value));
            return variables;
        }

        /** The report that the case gets. */
        String actual() {
            return configured().report().text();
        }

        Configured configured() {
            return Configured.load(Environment.of(variables()), NOWHERE, CLOCK);
        }
    }

    static List<Row> read(String text) {
        List<Row> rows = new ArrayList<>();
        for (String block : List.of(text.split("(?m)^## ", -1))) {
            if (!block.isBlank() && !block.startsWith("#")) {
                List<String> halves = List.of(block.split("(?m)^->\n", 2));
                List<String> lines = halves.get(0).lines().toList();
                rows.add(
                        new Row(
                                lines.getFirst(),
                                lines.subList(1, lines.size()),
                                halves.get(1).stripTrailing() + "\n"));
            }
        }
        return rows;
    }

    /** The values whose parts must stand in no output. */
    static Map<String, String> madeUp() {
        return new LinkedHashMap<>(MADE_UP);
    }

    public static String expand(String value) {
        String expanded = value;
        for (Map.Entry<String, String> key : MADE_UP.entrySet()) {
            expanded = expanded.replace(key.getKey(), key.getValue());
        }
        expanded = JWT.matcher(expanded).replaceAll(match -> jwt(match.group(1)));
        Matcher escape = ESCAPE.matcher(expanded);
        expanded =
                escape.replaceAll(match ->
                        Matcher.quoteReplacement(
                                String.valueOf((char) Integer.parseInt(match.group(1), 16))));
        return expanded.replace("\\n", "\n").replace("\\r", "\r").replace("\\t", "\t");
    }

    /** An unsigned token that ends at noon of a day. */
    private static String jwt(String day) {
        long end = LocalDate.parse(day).atTime(12, 0).toEpochSecond(ZoneOffset.UTC);
        return part("{\"alg\":\"HS256\"}")
                + "."
                + part("{\"access\":\"r\",\"exp\":" + end + "}")
                + ".c2ln";
    }

    private static String part(String json) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }
}
