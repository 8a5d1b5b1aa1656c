/**
 * Takes a question, gives the events of its answer, and stores the conversation.
 *
 * <p>Tested by: CitationsTest, GroundsTest, DeclinedTest, SearchesTest, ConversationsContract,
 * RetentionTest, ChatWireTest, LiveServiceTest, ServiceDownTest, ServiceFaultsTest.
 */
@NullMarked
package dev.docent.chat;

import org.jspecify.annotations.NullMarked;
