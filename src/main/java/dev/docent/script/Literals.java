package dev.docent.script;

/** Strings and numbers as the language writes them, and what operators make of them. */
final class Literals {
    private Literals() {}

    /** The text of a string. */
    static String text(Syntax string) {
        StringBuilder text = new StringBuilder();
        string.children().forEach(part -> text.append(fragment(part)));
        return text.toString();
    }

    /** A part of a string. */
    static String fragment(Syntax part) {
        String text = part.text();
        if (!part.type().equals("escape_sequence") || text.length() < 2) {
            return text;
        }
        char c = text.charAt(1);
        return switch (c) {
            case 'n' -> "\n";
            case 't' -> "\t";
            case 'r' -> "\r";
            case 'b' -> "\b";
            case 'f' -> "\f";
            case 'v' -> "\u000b";
            case '0' -> "\0";
            case '\n', '\r' -> "";
            case 'u', 'x' -> codePoint(text.substring(2));
            default -> text.substring(1);
        };
    }

    private static String codePoint(String digits) {
        String hex = digits.replaceAll("[{}]", "");
        if (!hex.matches("[0-9a-fA-F]{1,6}")) {
            return digits;
        }
        int point = Integer.parseInt(hex, 16);
        return Character.isValidCodePoint(point) ? Character.toString(point) : digits;
    }

    static Value number(Syntax code) {
        String text = code.text().replace("_", "");
        try {
            return text.startsWith("0x") || text.startsWith("0X")
                    ? new Value.Num(Long.parseLong(text.substring(2), 16))
                    : new Value.Num(Double.parseDouble(text));
        } catch (NumberFormatException e) {
            return code.unknown("is a number of an unusual kind");
        }
    }

    /** The value of {@code left operator right}. */
    static Value operation(Syntax code, String operator, Value left, Value right) {
        if (left instanceof Value.Unknown) {
            return left;
        }
        if (right instanceof Value.Unknown) {
            return right;
        }
        return switch (operator) {
            case "===", "==" -> equal(code, left, right, true);
            case "!==", "!=" -> equal(code, left, right, false);
            case "+" -> sum(code, left, right);
            case "-", "*", "/", "%", "<", ">", "<=", ">=" ->
                    arithmetic(code, operator, left, right);
            default -> code.unknown("is computed");
        };
    }

    private static Value equal(Syntax code, Value left, Value right, boolean wanted) {
        boolean plain = plain(left) && plain(right);
        return plain
                ? new Value.Flag(left.equals(right) == wanted)
                : code.unknown("depends on a condition");
    }

    private static boolean plain(Value value) {
        return value instanceof Value.Text
                || value instanceof Value.Num
                || value instanceof Value.Flag
                || value instanceof Value.Absent;
    }

    private static Value sum(Syntax code, Value left, Value right) {
        if (left instanceof Value.Num(double a) && right instanceof Value.Num(double b)) {
            return new Value.Num(a + b);
        }
        return left.inTemplate()
                .flatMap(a -> right.inTemplate().map(b -> a + b))
                .<Value>map(Value.Text::new)
                .orElseGet(() -> code.unknown("is computed"));
    }

    private static Value arithmetic(Syntax code, String operator, Value left, Value right) {
        if (!(left instanceof Value.Num(double a)) || !(right instanceof Value.Num(double b))) {
            return code.unknown("is computed");
        }
        return switch (operator) {
            case "-" -> new Value.Num(a - b);
            case "*" -> new Value.Num(a * b);
            case "/" -> new Value.Num(a / b);
            case "%" -> new Value.Num(a % b);
            case "<" -> new Value.Flag(a < b);
            case ">" -> new Value.Flag(a > b);
            case "<=" -> new Value.Flag(a <= b);
            default -> new Value.Flag(a >= b);
        };
    }
}
