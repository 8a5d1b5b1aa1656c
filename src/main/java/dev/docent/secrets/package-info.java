/** The rules for secrets as data, applied to an environment: a report, and nothing else. */
@NullMarked
package dev.docent.secrets;

import org.jspecify.annotations.NullMarked;
