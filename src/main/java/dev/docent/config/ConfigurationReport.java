package dev.docent.config;

import java.util.List;

/**
 * The result of checking a configuration, with all problems at once. Neither the report nor its
 * text holds a secret or a part of one.
 *
 * @param problems what keeps the service from starting
 * @param warnings what was cleaned, or looks wrong but may work
 */
public record ConfigurationReport(List<Problem> problems, List<Problem> warnings) {
    /** Narrow enough for the log of a Space, next to time stamps. */
    private static final int WIDTH = 94;

    public ConfigurationReport {
        problems = List.copyOf(problems);
        warnings = List.copyOf(warnings);
    }

    /** Whether the service may start. */
    public boolean fine() {
        return problems.isEmpty();
    }

    /** The report as the owner reads it in a log, ending with a line end. */
    public String text() {
        StringBuilder out = new StringBuilder();
        if (problems.isEmpty()) {
            out.append("The configuration is complete.\n");
        } else {
            out.append("docent cannot start: ")
                    .append(count(problems.size(), "problem"))
                    .append(" with its configuration\n");
            list(out, problems, true);
        }
        if (!warnings.isEmpty()) {
            out.append('\n')
                    .append(count(warnings.size(), "warning"))
                    .append(warnings.size() == 1 ? ", which does" : ", which do")
                    .append(" not keep it from starting\n");
            list(out, warnings, false);
        }
        if (!problems.isEmpty()) {
            out.append("\nNothing was started. After a change Hugging Face restarts the Space by")
                    .append(" itself; try it on your own machine with: docent check\n");
        }
        return out.toString();
    }

    /** The warnings, each as one line for the log of a service that starts. */
    public List<String> warningLines() {
        return warnings.stream().map(ConfigurationReport::line).toList();
    }

    private static void list(StringBuilder out, List<Problem> items, boolean numbered) {
        out.append('\n');
        int number = 0;
        for (Problem item : items) {
            number++;
            String mark = numbered ? number + ". " : "- ";
            String indent = "  " + " ".repeat(mark.length());
            String whole = "  " + mark + line(item);
            if (whole.length() <= WIDTH || item.remedy().isEmpty()) {
                out.append(whole).append('\n');
            } else {
                out.append("  ").append(mark).append(item.headline()).append('\n');
                wrap(out, indent, item.remedy() + " " + code(item));
            }
        }
    }

    private static String line(Problem item) {
        return (item.remedy().isEmpty() ? item.headline() : item.headline() + " " + item.remedy())
                + " "
                + code(item);
    }

    private static String code(Problem item) {
        return "(" + item.diagnosis().code() + ")";
    }

    private static void wrap(StringBuilder out, String indent, String text) {
        StringBuilder line = new StringBuilder(indent);
        for (String word : List.of(text.split(" ", -1))) {
            if (line.length() > indent.length() && line.length() + 1 + word.length() > WIDTH) {
                out.append(line).append('\n');
                line.setLength(indent.length());
            }
            line.append(line.length() > indent.length() ? " " : "").append(word);
        }
        out.append(line).append('\n');
    }

    private static String count(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
