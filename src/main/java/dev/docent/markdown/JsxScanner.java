package dev.docent.markdown;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;

/**
 * Finds the end of one tag ({@code <Tabs groupId="os">}), comment ({@code <!-- … -->}), expression
 * ({@code {…}}) or statement of a module, one character at a time, so that a construct may span
 * lines at linear cost. A quote, brace, slash or bracket counts by what it is in its place: text of
 * an element, string, template, comment, regular expression or code. Not thread-safe.
 */
final class JsxScanner {
    /** Where the scan stands. */
    enum Status {
        OPEN,
        COMPLETE,
        FAILED
    }

    /** What the scan is in; the last one is the innermost. */
    private enum Frame {
        /** The name of a tag, from its bracket. */
        NAME,
        TAG,
        VALUE,
        UNQUOTED,
        QUOTED,
        HTML_COMMENT,
        /** Code within braces, brackets or parentheses. */
        CODE,
        STRING,
        TEMPLATE,
        LINE_COMMENT,
        BLOCK_COMMENT,
        REGEX,
        REGEX_CLASS,
        /** What stands between an element's tags within code. */
        ELEMENT
    }

    private static final Set<String> BEFORE_OPERAND =
            Set.of(
                    "return",
                    "typeof",
                    "case",
                    "default",
                    "in",
                    "of",
                    "await",
                    "yield",
                    "do",
                    "else",
                    "void",
                    "delete",
                    "new",
                    "instanceof",
                    "export");

    private static final int MAX_NESTING = 200;

    private final Deque<Frame> frames = new ArrayDeque<>();
    private final Deque<Character> quotes = new ArrayDeque<>();
    private final StringBuilder word = new StringBuilder();
    private Status status = Status.OPEN;
    private char first;
    private char previous;
    private char beforePrevious;

    /** The last character of code that is no blank. */
    private char last;

    /** A bracket or slash in code, of which only the next character tells what it is. */
    private char pending;

    private boolean escaped;

    /** For each open tag whether it is a closing one. */
    private final Deque<Boolean> closing = new ArrayDeque<>();

    private boolean statement;
    private int nameLength;
    private int length;
    private boolean blankLine;

    /** A scan of a statement, which never completes; {@link #settled} tells where it may end. */
    static JsxScanner statement() {
        JsxScanner scanner = new JsxScanner();
        scanner.statement = true;
        scanner.frames.push(Frame.CODE);
        return scanner;
    }

    Status status() {
        return status;
    }

    /** Whether a statement could end here. */
    boolean settled() {
        return status == Status.OPEN && frames.size() == 1 && pending == 0;
    }

    /** Takes the next character; line ends are {@code '\n'}. */
    Status feed(char c) {
        length++;
        if (c == '\n' && blankLine && !mayHoldBlankLines()) {
            status = Status.FAILED;
            return status;
        }
        blankLine = c == '\n' || (blankLine && (c == ' ' || c == '\t'));
        if (length == 1 && !statement) {
            first = c;
            if (c == '{') {
                frames.push(Frame.CODE);
            } else {
                status = c == '<' ? status : Status.FAILED;
                open();
            }
        } else {
            step(c);
        }
        beforePrevious = previous;
        previous = c;
        return status;
    }

    /** A blank line ends a tag, but not what stands in its braces. */
    private boolean mayHoldBlankLines() {
        return statement
                || frames.contains(Frame.CODE)
                || frames.peek() == Frame.HTML_COMMENT
                || frames.peek() == Frame.BLOCK_COMMENT;
    }

    private void open() {
        frames.push(Frame.NAME);
        nameLength = 0;
        closing.push(false);
    }

    private void step(char c) {
        Frame frame = frames.element();
        if (frames.size() > MAX_NESTING) {
            status = Status.FAILED;
            return;
        }
        switch (frame) {
            case NAME -> name(c);
            case TAG -> tag(c);
            case VALUE -> value(c);
            case UNQUOTED -> {
                if (c == '>' || Character.isWhitespace(c)) {
                    frames.pop();
                    tag(c);
                } else if (c == '<' || c == '"' || c == '\'' || c == '=') {
                    status = Status.FAILED;
                }
            }
            case QUOTED -> {
                if (c == quotes.element()) {
                    quotes.pop();
                    frames.pop();
                }
            }
            case HTML_COMMENT -> {
                nameLength++;
                if (nameLength <= 2) {
                    status = c == '-' ? status : Status.FAILED;
                } else if (c == '>' && previous == '-' && beforePrevious == '-') {
                    end();
                }
            }
            case CODE -> code(c);
            case STRING -> {
                if (!skipped(c) && (c == quotes.element() || c == '\n')) {
                    quotes.pop();
                    operand();
                }
            }
            case TEMPLATE -> {
                if (!skipped(c)) {
                    if (c == '`') {
                        operand();
                    } else if (c == '{' && previous == '$') {
                        frames.push(Frame.CODE);
                        last = '{';
                    }
                }
            }
            case LINE_COMMENT -> {
                if (c == '\n') {
                    frames.pop();
                }
            }
            case BLOCK_COMMENT -> {
                if (c == '/' && previous == '*') {
                    frames.pop();
                }
            }
            case REGEX, REGEX_CLASS -> regex(frame, c);
            case ELEMENT -> element(c);
        }
    }

    /** Whether a character is escaped or escapes the next. */
    private boolean skipped(char c) {
        boolean skipped = escaped || c == '\\';
        escaped = !escaped && c == '\\';
        return skipped;
    }

    /** Ends a string or the like, after which an operator is expected. */
    private void operand() {
        frames.pop();
        last = ')';
        word.setLength(0);
    }

    private void regex(Frame frame, char c) {
        if (skipped(c)) {
            return;
        }
        if (c == '\n') {
            // No regular expression spans lines, so it was a division.
            frames.pop();
            if (frame == Frame.REGEX_CLASS) {
                frames.pop();
            }
        } else if (frame == Frame.REGEX_CLASS) {
            if (c == ']') {
                frames.pop();
            }
        } else if (c == '[') {
            frames.push(Frame.REGEX_CLASS);
        } else if (c == '/') {
            operand();
        }
    }

    private void code(char c) {
        if (pending != 0) {
            char bracket = pending;
            pending = 0;
            if (bracket == '/' && (c == '/' || c == '*')) {
                frames.push(c == '/' ? Frame.LINE_COMMENT : Frame.BLOCK_COMMENT);
                return;
            }
            if (bracket == '/' && expectsOperand()) {
                frames.push(Frame.REGEX);
                escaped = false;
                regex(Frame.REGEX, c);
                return;
            }
            boolean tag = bracket == '<' && (Character.isLetter(c) || "_$>".indexOf(c) >= 0);
            if (tag && expectsOperand()) {
                open();
                name(c);
                return;
            }
            last = bracket;
            word.setLength(0);
        }
        switch (c) {
            case '{', '(', '[' -> {
                frames.push(Frame.CODE);
                mark(c);
            }
            case '}', ')', ']' -> {
                if (frames.size() > 1 || !statement) {
                    frames.pop();
                    mark(')');
                    if (frames.isEmpty()) {
                        status = Status.COMPLETE;
                    }
                }
            }
            case '"', '\'' -> {
                quotes.push(c);
                frames.push(Frame.STRING);
                escaped = false;
            }
            case '`' -> {
                frames.push(Frame.TEMPLATE);
                escaped = false;
            }
            case '/', '<' -> pending = c;
            default -> {
                if (Character.isJavaIdentifierPart(c)) {
                    if (!Character.isJavaIdentifierPart(previous)) {
                        word.setLength(0);
                    }
                    word.append(c);
                    last = 'a';
                } else if (!Character.isWhitespace(c)) {
                    mark(c);
                }
            }
        }
    }

    private void mark(char c) {
        last = c;
        word.setLength(0);
    }

    /** Whether a value may begin here rather than an operator. */
    private boolean expectsOperand() {
        return last == 'a' ? BEFORE_OPERAND.contains(word.toString()) : last != ')';
    }

    private void name(char c) {
        nameLength++;
        boolean start = nameLength == 1;
        if (start && c == '!') {
            frames.pop();
            frames.push(Frame.HTML_COMMENT);
            closing.pop();
            nameLength = 0;
        } else if (start && c == '/') {
            closing.pop();
            closing.push(true);
        } else if (c == '>') {
            endTag(false);
        } else if (start || (closing.element() && nameLength == 2)) {
            status = Character.isLetter(c) || c == '_' || c == '$' ? status : Status.FAILED;
        } else if (c == ':' && nameLength == 2) {
            status = Status.FAILED;
        } else if (c == '/' || (!Character.isLetterOrDigit(c) && "_$.-:".indexOf(c) < 0)) {
            frames.pop();
            frames.push(Frame.TAG);
            tag(c);
        }
    }

    private void tag(char c) {
        if (c == '>') {
            endTag(previous == '/');
        } else if (c == '{') {
            frames.push(Frame.CODE);
            mark('{');
        } else if (c == '=') {
            frames.push(Frame.VALUE);
        } else if (!Character.isWhitespace(c)
                && !Character.isLetterOrDigit(c)
                && "_$.-:@/".indexOf(c) < 0) {
            status = Status.FAILED;
        }
    }

    private void value(char c) {
        if (c == '"' || c == '\'') {
            frames.pop();
            quotes.push(c);
            frames.push(Frame.QUOTED);
        } else if (c == '{') {
            frames.pop();
            frames.push(Frame.CODE);
            mark('{');
        } else if (!Character.isWhitespace(c)) {
            frames.pop();
            frames.push(Frame.UNQUOTED);
            status = c == '<' || c == '>' || c == '=' ? Status.FAILED : status;
        }
    }

    /** Ends the construct if it is the whole, or the inner one. */
    private void end() {
        frames.pop();
        if (frames.isEmpty()) {
            status = Status.COMPLETE;
        }
    }

    private void endTag(boolean selfClosing) {
        boolean ends = closing.pop();
        end();
        if (frames.isEmpty()) {
            return;
        }
        if (ends) {
            if (frames.peek() == Frame.ELEMENT) {
                frames.pop();
            }
            mark(')');
        } else if (selfClosing) {
            mark(')');
        } else {
            frames.push(Frame.ELEMENT);
        }
    }

    private void element(char c) {
        if (c == '{') {
            frames.push(Frame.CODE);
            mark('{');
        } else if (c == '<') {
            open();
        }
    }

    /** Whether the construct is an expression in braces rather than a tag or comment. */
    boolean isExpression() {
        return first == '{';
    }
}
