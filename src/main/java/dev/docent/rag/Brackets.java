package dev.docent.rag;

/**
 * Finds brackets in long texts, in a fraction of the time that a pattern takes for a set of signs.
 */
final class Brackets {
    private Brackets() {}

    /**
     * Place of the next bracket.
     *
     * @param usual the one in ASCII
     * @param alike others, in the order of their numbers
     * @return -1 where there is none
     */
    static int next(String text, int from, char usual, String alike) {
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == usual || (c >= alike.charAt(0) && alike.indexOf(c) >= 0)) {
                return i;
            }
        }
        return -1;
    }
}
