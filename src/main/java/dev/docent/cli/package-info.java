/** The command line: {@link dev.docent.cli.Main} and a class for each command. */
@NullMarked
package dev.docent.cli;

import org.jspecify.annotations.NullMarked;
