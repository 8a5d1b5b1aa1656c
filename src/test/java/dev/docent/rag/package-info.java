/** Contract tests of the ports, run on every implementation, and the tests of the retriever. */
@NullMarked
package dev.docent.rag;

import org.jspecify.annotations.NullMarked;
