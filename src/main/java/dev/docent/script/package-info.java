/**
 * JavaScript and TypeScript that is read and not run: {@link dev.docent.script.Scripts} evaluates
 * what a configuration exports as far as literals, constants, functions and modules of the same
 * tree say it. Uses nothing else of this project.
 *
 * <p>Tested by: ScriptsTest.
 */
@NullMarked
package dev.docent.script;

import org.jspecify.annotations.NullMarked;
