package dev.docent.chat;

import dev.docent.rag.SourceMark;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The state machine between a model and a reader: it turns the pieces of an answer into those that
 * the reader sees, with citations numbered from 1 in the order of their first use, and without
 * citations of passages that do not exist.
 *
 * <p>It recognises as citations, in upper or lower case: {@code [Source 1]}, {@code [Sources 1, 2
 * and 3]}, {@code [Source 1, Source 2]}, {@code [Source 1-3]}, {@code [Source: 1]}, {@code [Source
 * #1]}, and the same in {@code 【】}. They become {@code [Source 1]}, one for each number. A bare
 * {@code [1]} is not a citation, because it may be an index or a list. Code is treated like prose:
 * clients recognise citations there, too, so the numbers must be right.
 *
 * <p>Each piece yields one piece. Only the beginning of a possible citation (with the space before
 * it, at most {@value #LONGEST} characters) and half a surrogate pair are held back. A citation of
 * a passage that does not exist is removed together with that space, unless the space ended an
 * earlier piece, which was already sent.
 *
 * <p>Time is linear in the length of the answer. Not thread-safe; one for each answer.
 */
final class Citations {
    private static final int LONGEST = 160;

    private static final Pattern CITATION =
            Pattern.compile(
                    SourceMark.OPENING
                            + "\\s++#?+\\d++"
                            + "(?:(?:[\\s,;&–-]|and\\b)*+(?:sources?+:?+\\s++)?+#?+\\d++)*+"
                            + "\\s*+[]】]",
                    Pattern.CASE_INSENSITIVE);
    private static final Pattern NUMBER =
            Pattern.compile(
                    "(?<range>[–-]\\s*(?:sources?:?\\s+)?#?)?(?<number>\\d+)",
                    Pattern.CASE_INSENSITIVE);
    private static final Pattern UNFINISHED =
            Pattern.compile(
                    " ?" + SourceMark.OPENING + ".*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private final int passages;
    private final Set<Integer> cited = new LinkedHashSet<>();
    private String held = "";

    /**
     * @param passages how many passages the model was given
     */
    Citations(int passages) {
        this.passages = passages;
    }

    /**
     * Takes the model's next piece.
     *
     * @return what the reader gets, empty if all of it is held back
     */
    // Error Prone advises against hitEnd outside of streaming, which this is.
    @SuppressWarnings("JdkObsolete")
    String accept(String piece) {
        if (held.isEmpty() && passesWhole(piece)) {
            return piece;
        }
        String text = held + piece;
        held = "";
        StringBuilder out = new StringBuilder(text.length());
        Matcher matcher = CITATION.matcher(text);
        int done = 0;
        for (int open = opening(text, 0); open >= 0; open = opening(text, done)) {
            int start = open > done && text.charAt(open - 1) == ' ' ? open - 1 : open;
            int end = Math.min(text.length(), open + LONGEST);
            out.append(text, done, start);
            if (matcher.region(open, end).lookingAt()) {
                String marks = marks(matcher.group());
                out.append(marks.isEmpty() ? "" : text.substring(start, open)).append(marks);
                done = matcher.end();
            } else if (!matcher.hitEnd()) {
                out.append(text, start, open + 1);
                done = open + 1;
            } else if (end == text.length() && end - open < LONGEST) {
                held = text.substring(start);
                return out.toString();
            } else {
                out.append(SourceMark.defuse(text.substring(start, end)));
                done = end;
            }
        }
        out.append(text, done, text.length());
        if (!out.isEmpty() && Character.isHighSurrogate(out.charAt(out.length() - 1))) {
            held = out.substring(out.length() - 1);
            out.setLength(out.length() - 1);
        }
        return out.toString();
    }

    /**
     * Ends the answer.
     *
     * @return what was held back, often empty: the beginning of a citation is dropped, and half a
     *     surrogate pair becomes U+FFFD
     */
    String finish() {
        String rest = held;
        held = "";
        if (UNFINISHED.matcher(rest).matches()) {
            return "";
        }
        return rest.replaceAll("\\p{Cs}", "\ufffd");
    }

    /** The passages cited so far, by their place from 0, in the order of the reader's numbers. */
    List<Integer> cited() {
        return List.copyOf(cited);
    }

    /** Most pieces hold neither the beginning of a citation nor half a surrogate pair. */
    private static boolean passesWhole(String piece) {
        return opening(piece, 0) < 0
                && (piece.isEmpty()
                        || !Character.isHighSurrogate(piece.charAt(piece.length() - 1)));
    }

    private static int opening(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            if (text.charAt(i) == '[' || text.charAt(i) == '【') {
                return i;
            }
        }
        return -1;
    }

    private String marks(String citation) {
        Set<Integer> named = new LinkedHashSet<>();
        int last = 0;
        for (MatchResult match : NUMBER.matcher(citation).results().toList()) {
            String digits = match.group("number");
            // No answer has that many passages, and more digits may not fit into an int.
            int number = digits.length() > 9 ? 0 : Integer.parseInt(digits);
            boolean range = match.group("range") != null && last > 0 && last < number;
            int first = range ? last + 1 : number;
            for (int n = Math.max(1, first); n <= Math.min(number, passages); n++) {
                named.add(n - 1);
            }
            last = number;
        }
        cited.addAll(named);
        List<Integer> order = new ArrayList<>(cited);
        return named.stream()
                .map(passage -> SourceMark.of(order.indexOf(passage) + 1))
                .collect(Collectors.joining(" "));
    }
}
