/**
 * Google Gemini behind the ports for language models and embeddings.
 *
 * <p>langchain4j writes the requests and reads the embeddings. What bypasses version 1.23.0 of it,
 * and why:
 *
 * <ul>
 *   <li>the connection ({@code GeminiCall}, {@code HttpExchange}): langchain4j's client for the JDK
 *       blocks platform threads of the common pool
 *   <li>time limits ({@code Watch}): langchain4j's timeout ends with the headers of an answer, so
 *       it never notices a stream that falls silent
 *   <li>server-sent events and failures ({@code EventLines}, {@code AnswerStream}, {@code
 *       GeminiFailures}): langchain4j reports an end without a finish reason, an error within the
 *       stream, a blocked prompt and unreadable JSON as success
 *   <li>retries ({@code Retries}): langchain4j retries by rules of its own, and ignores the number
 *       of tries for embeddings; {@code GeminiFailed} stops it from doing so
 *   <li>cancellation: langchain4j offers it only after the first event; here an interrupt cancels
 *   <li>a piece of text ({@code TextEvent}): langchain4j binds every event to objects, which costs
 *       too much for each token
 * </ul>
 *
 * <p>Tested by: GeminiModelTest, GeminiEmbedderTest, GeminiEmbedderContractTest, GeminiFaultsTest,
 * GeminiSettingsTest, GeminiStreamTest, GeminiCausesTest, RetriesTest, TextEventTest, WatchTest.
 */
@NullMarked
package dev.docent.gemini;

import org.jspecify.annotations.NullMarked;
