/**
 * Conversations in PostgreSQL or in an H2 file, through Helidon DbClient.
 *
 * <p>Tested by: RetentionTest, PostgresConversationsTest, PostgresFaultsTest, PostgresCausesTest,
 * PgBouncerTest, PostgresFailuresTest, PostgresTakeoverTest, H2ConversationsTest, SourcesJsonTest.
 */
@NullMarked
package dev.docent.database;

import org.jspecify.annotations.NullMarked;
