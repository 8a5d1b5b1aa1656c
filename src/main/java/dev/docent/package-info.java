/**
 * Docent answers readers' questions about a documentation site, with sources that they can check.
 * This package is the assembled service: {@code Docent} holds all of it together.
 *
 * <p>The packages, from the outside in:
 *
 * <ul>
 *   <li>{@link dev.docent.cli}: the command line: {@code Main}, and a class for each command
 *   <li>{@link dev.docent.http}: the HTTP interface: routes, event stream, problems, static files
 *   <li>{@link dev.docent.connection}: the port's connections, and the deadlines of each
 *   <li>{@link dev.docent.budget}: what readers may ask for in a minute and in a day
 *   <li>{@link dev.docent.chat}: a question in, the events of its answer out
 *   <li>{@link dev.docent.resume}: answers that survive their connection
 *   <li>{@link dev.docent.retrieval}: the passages that answer a question, and whether they do
 *   <li>{@link dev.docent.rag}: vocabulary of retrieval and answering, and the ports
 *   <li>{@link dev.docent.gemini}: language model and embeddings by Google
 *   <li>{@link dev.docent.quoting}: answers without a language model, and the quotes of sources
 *   <li>{@link dev.docent.qdrant}: the passage index of live mode
 *   <li>{@link dev.docent.lucene}: the passage index in process
 *   <li>{@link dev.docent.onnx}: embeddings in process
 *   <li>{@link dev.docent.database}: conversations in PostgreSQL or H2
 *   <li>{@link dev.docent.ingest}: from a site to passages in an index
 *   <li>{@link dev.docent.site}: from a Docusaurus site to pages with their addresses
 *   <li>{@link dev.docent.script}: what a site's configuration says, without running it
 *   <li>{@link dev.docent.markdown}: from a page to sections with their anchors
 *   <li>{@link dev.docent.text}: the words of a text, and its plain sentences
 *   <li>{@link dev.docent.demo}: the documentation that demo mode opens at the start
 *   <li>{@link dev.docent.eval}: measures retrieval with questions whose passages are known
 *   <li>{@link dev.docent.health}: the condition of the dependencies
 *   <li>{@link dev.docent.resilience}: a circuit breaker and a bound on calls before each remote
 *       dependency
 *   <li>{@link dev.docent.validation}: checks secrets, levels and models, and says what is wrong
 *   <li>{@link dev.docent.failure}: what went wrong with a dependency, in words
 *   <li>{@link dev.docent.waiting}: waits that end: a time limit on another thread's work
 *   <li>{@link dev.docent.config}: typed settings and secrets
 *   <li>{@link dev.docent.json}: JSON, by one mapper for all
 *   <li>{@link dev.docent.logging}: the format of the log
 * </ul>
 *
 * <p>Tested by: RefusedOriginsTest, ConfiguredTest, SettingsTest, ReferenceTest, StartupTest,
 * LifecycleTest, LiveServiceTest, ServiceFaultsTest, CanaryTest; the README by DocumentsTest and
 * DocumentCommandsTest, the borders of packages by HouseTest, the licences in the jar by
 * LicensesTest, and all regular expressions by RegularExpressionsTest.
 */
@NullMarked
package dev.docent;

import org.jspecify.annotations.NullMarked;
