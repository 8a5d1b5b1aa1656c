/** Tests of the command line, run as its users do. */
@NullMarked
package dev.docent.cli;

import org.jspecify.annotations.NullMarked;
