package dev.docent.health;

import java.util.Map;

/**
 * Numbers for a monitor in the text format of OpenMetrics 1.0, which Prometheus reads. Not
 * thread-safe.
 */
public final class OpenMetrics {
    /** Its media type. */
    public static final String MEDIA_TYPE =
            "application/openmetrics-text; version=1.0.0; charset=utf-8";

    private final StringBuilder text = new StringBuilder();

    /** What only grows, until the next start. */
    public OpenMetrics counter(String name, String help, long value) {
        begin(name, "counter", help);
        return sample(name + "_total", "", "", value);
    }

    /**
     * The same for several things.
     *
     * @param label what tells them apart
     */
    public OpenMetrics counters(String name, String help, String label, Map<String, Long> values) {
        begin(name, "counter", help);
        values.forEach((which, value) -> sample(name + "_total", label, which, value));
        return this;
    }

    /** What can fall, too. */
    public OpenMetrics gauge(String name, String help, long value) {
        begin(name, "gauge", help);
        return sample(name, "", "", value);
    }

    /**
     * The same for several things.
     *
     * @param label what tells them apart
     */
    public OpenMetrics gauges(String name, String help, String label, Map<String, Long> values) {
        begin(name, "gauge", help);
        values.forEach((which, value) -> sample(name, label, which, value));
        return this;
    }

    /** All of it. */
    public String text() {
        return text + "# EOF\n";
    }

    private void begin(String name, String type, String help) {
        text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
        text.append("# HELP ").append(name).append(' ').append(escaped(help)).append('\n');
    }

    private OpenMetrics sample(String name, String label, String which, long value) {
        text.append(name);
        if (!label.isEmpty()) {
            text.append('{').append(label).append("=\"").append(escaped(which)).append("\"}");
        }
        text.append(' ').append(value).append('\n');
        return this;
    }

    private static String escaped(String words) {
        return words.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }
}
