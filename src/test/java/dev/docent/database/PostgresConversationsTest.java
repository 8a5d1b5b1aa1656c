package dev.docent.database;

import dev.docent.chat.Conversations;
import dev.docent.chat.ConversationsContract;

class PostgresConversationsTest extends ConversationsContract {
    @Override
    protected Conversations open() {
        return Postgres.empty().open();
    }
}
