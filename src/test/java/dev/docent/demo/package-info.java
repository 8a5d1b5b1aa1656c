/** The project's own documentation as demo mode opens it. */
@NullMarked
package dev.docent.demo;

import org.jspecify.annotations.NullMarked;
