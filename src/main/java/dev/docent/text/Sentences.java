package dev.docent.text;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Cuts text into sentences, in any language that ends them with a mark. */
final class Sentences {
    /** Code and addresses, whose full stops do not end a sentence. */
    private static final Pattern WHOLE =
            Pattern.compile("`(?<!``)`*+[^`]++`++|https?://\\S*[^\\s.,;:!?)]");

    /**
     * A full stop that does not end a sentence. The pattern finds the full stop first and then
     * looks at what precedes it: trying the alternatives at every letter took a tenth of an
     * answer's CPU time.
     */
    private static final Pattern NO_END =
            Pattern.compile(
                    "\\.(?=\\s)(?:(?<=\\b(?i:e\\.g|i\\.e|vs|cf|viz|approx|resp|incl|esp|ca|fig|no|nr"
                            + "|dr|mr|mrs|st|bzw|usw|vgl|z\\.\\s?b|d\\.\\s?h|u\\.\\s?a|p\\.\\s?ex)\\.)"
                            + "|(?i:(?<=\\bz\\.)(?=\\sb\\.)|(?<=\\bd\\.)(?=\\sh\\.)|(?<=\\bu\\.)(?=\\sa\\.)"
                            + "|(?<=\\bp\\.)(?=\\sex\\.))"
                            + "|(?<=\\b(?i:etc)\\.)(?=\\s+[^\\p{Lu}\\s])"
                            + "|(?<=\\b\\p{Lu}\\.)(?=\\s+\\p{Lu})|(?<=\\.{3})(?=\\s+\\p{Ll}))",
                    Pattern.UNICODE_CHARACTER_CLASS);

    private Sentences() {}

    /** The sentences of a paragraph. */
    static List<String> of(String paragraph) {
        String whole = paragraph;
        if (whole.indexOf('`') >= 0 || whole.contains("://")) {
            whole = WHOLE.matcher(whole).replaceAll(match -> "x".repeat(match.group().length()));
        }
        if (whole.indexOf('.') >= 0) {
            whole = NO_END.matcher(whole).replaceAll("x");
        }
        BreakIterator breaks = BreakIterator.getSentenceInstance(Locale.ROOT);
        breaks.setText(whole);
        List<String> sentences = new ArrayList<>();
        int start = breaks.first();
        for (int end = breaks.next(); end != BreakIterator.DONE; end = breaks.next()) {
            String sentence = paragraph.substring(start, end).strip();
            if (!sentence.isEmpty()) {
                sentences.add(sentence);
            }
            start = end;
        }
        return sentences;
    }
}
