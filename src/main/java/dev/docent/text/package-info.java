/**
 * The words of a text, analysed once for all who compare or search texts, and its plain sentences.
 * Markdown is read by {@link dev.docent.markdown}.
 *
 * <p>Tested by: WordsTest, ExcerptTest.
 */
@NullMarked
package dev.docent.text;

import org.jspecify.annotations.NullMarked;
