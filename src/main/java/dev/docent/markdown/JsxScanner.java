package dev.docent.markdown;

/**
 * Finds the end of one tag ({@code <Tabs groupId="os">}), comment ({@code <!-- … -->}) or
 * expression ({@code {…}}), one character at a time, so that a construct may span lines at linear
 * cost. A brace or bracket within a string, a template literal or a comment closes nothing. Not
 * thread-safe.
 */
final class JsxScanner {
    /** Where the scan stands. */
    enum Status {
        OPEN,
        COMPLETE,
        FAILED
    }

    private enum State {
        START,
        NAME,
        TAG,
        VALUE,
        UNQUOTED,
        STRING,
        EXPRESSION,
        JS_STRING,
        JS_COMMENT,
        HTML_COMMENT
    }

    private Status status = Status.OPEN;
    private State state = State.START;
    private boolean inTag;
    private char first;
    private char quote;
    private char previous;
    private char beforePrevious;
    private int braces;
    private int length;
    private int blankRun;

    Status status() {
        return status;
    }

    /** Takes the next character; line ends are {@code '\n'}. */
    Status feed(char c) {
        length++;
        if (c == '\n' && blankRun > 0 && !mayHoldBlankLines()) {
            status = Status.FAILED;
            return status;
        }
        blankRun = c == '\n' ? 1 : c == ' ' || c == '\t' ? blankRun : 0;
        step(c);
        beforePrevious = previous;
        previous = c;
        return status;
    }

    private boolean mayHoldBlankLines() {
        return braces > 0 || state == State.HTML_COMMENT;
    }

    private void step(char c) {
        switch (state) {
            case START -> start(c);
            case NAME -> name(c);
            case TAG -> tag(c);
            case VALUE -> {
                if (c == '"' || c == '\'') {
                    quote = c;
                    state = State.STRING;
                } else if (c == '{') {
                    openBrace();
                } else if (!Character.isWhitespace(c)) {
                    state = State.UNQUOTED;
                    status = c == '<' || c == '>' || c == '=' ? Status.FAILED : status;
                }
            }
            case UNQUOTED -> {
                if (c == '>' || Character.isWhitespace(c)) {
                    state = State.TAG;
                    tag(c);
                } else if (c == '<' || c == '"' || c == '\'' || c == '=') {
                    status = Status.FAILED;
                }
            }
            case STRING -> {
                if (c == quote) {
                    state = State.TAG;
                }
            }
            case EXPRESSION -> expression(c);
            case JS_STRING -> {
                boolean escaped = previous == '\\' && beforePrevious != '\\';
                if ((c == quote && !escaped) || (c == '\n' && quote != '`')) {
                    state = State.EXPRESSION;
                }
            }
            case JS_COMMENT -> {
                if (c == '/' && previous == '*') {
                    state = State.EXPRESSION;
                }
            }
            case HTML_COMMENT -> {
                if (length <= 4) {
                    status = c == '-' ? status : Status.FAILED;
                } else if (c == '>' && previous == '-' && beforePrevious == '-') {
                    status = Status.COMPLETE;
                }
            }
        }
    }

    private void start(char c) {
        if (length == 1) {
            first = c;
            if (c == '{') {
                openBrace();
            } else {
                inTag = true;
                status = c == '<' ? status : Status.FAILED;
            }
        } else if (c == '!') {
            state = State.HTML_COMMENT;
        } else if (c == '>') {
            status = Status.COMPLETE;
        } else if (Character.isLetter(c) || (c == '/' && previous == '<') || c == '_') {
            state = State.NAME;
        } else {
            status = Status.FAILED;
        }
    }

    private void name(char c) {
        if (!Character.isLetterOrDigit(c) && "_$.-:".indexOf(c) < 0) {
            state = State.TAG;
            tag(c);
        } else if (c == '/' || (c == ':' && length == 3)) {
            status = Status.FAILED;
        }
    }

    private void tag(char c) {
        if (c == '>') {
            status = Status.COMPLETE;
        } else if (c == '{') {
            openBrace();
        } else if (c == '=') {
            state = State.VALUE;
        } else if (!Character.isWhitespace(c)
                && !Character.isLetterOrDigit(c)
                && "_$.-:@/".indexOf(c) < 0) {
            status = Status.FAILED;
        }
    }

    private void expression(char c) {
        switch (c) {
            case '{' -> braces++;
            case '}' -> {
                if (--braces == 0) {
                    state = State.TAG;
                    status = inTag ? status : Status.COMPLETE;
                }
            }
            case '"', '\'', '`' -> {
                quote = c;
                state = State.JS_STRING;
            }
            case '*' -> state = previous == '/' ? State.JS_COMMENT : state;
            default -> {}
        }
    }

    private void openBrace() {
        braces = 1;
        state = State.EXPRESSION;
    }

    /** Whether the construct is an expression in braces rather than a tag or comment. */
    boolean isExpression() {
        return first == '{';
    }
}
