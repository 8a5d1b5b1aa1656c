package dev.docent.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.docent.chat.Source;
import dev.docent.chat.StoredMessage;
import dev.docent.failure.DependencyException;
import dev.docent.failure.Failure.Nature;
import dev.docent.rag.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A database that the older backend has filled, and one that nobody has. */
class PostgresTakeoverTest {
    private static final UUID ID = UUID.fromString("00000000-0000-0000-0000-000000000001");

    private static final String[] OLDER_TABLES = {
        "create table conversations (id uuid primary key, created_at timestamp, updated_at timestamp)",
        "create table messages (id uuid primary key, conversation_id uuid references conversations on"
                + " delete cascade, role varchar(20), content text, sources jsonb, created_at"
                + " timestamp)",
        "insert into conversations values ('" + ID + "', '2025-12-01 10:00', '2025-12-01 10:00')"
    };

    private final Postgres postgres = Postgres.empty();

    @Test
    void readsTheRowsOfTheOlderBackend() {
        postgres.run(OLDER_TABLES);
        olderMessage("user", "second?", null, "2025-12-01 10:00:02");
        olderMessage(
                "assistant",
                "Second.",
                "[{\"file\":\"docs/a.md\",\"heading\":\"A > B\",\"similarity\":0.83}]",
                "2025-12-01 10:00:02");
        olderMessage("user", "first?", null, "2025-12-01 10:00:01.000001");
        olderMessage("assistant", "First.", "null", "2025-12-01 10:00:01.5");
        olderMessage("system", "hidden", "[]", "2025-12-01 10:00:03");

        try (DatabaseConversations conversations = postgres.open()) {
            List<StoredMessage> messages = conversations.messages(ID).orElseThrow();
            assertThat(messages)
                    .extracting(StoredMessage::content)
                    .containsExactly("first?", "First.", "second?", "Second.");
            assertThat(messages.getFirst().createdAt()).isEqualTo("2025-12-01T10:00:01.000001Z");
            assertThat(messages.get(1).sources()).isNull();
            assertThat(messages.getLast().sources())
                    .containsExactly(
                            new Source("docs/a.md", "A > B", 0.83, 1, "A > B", null, null));
            assertThat(conversations.recent(ID, 3))
                    .contains(
                            List.of(new Turn("first?", "First."), new Turn("second?", "Second.")));
        }
    }

    @Test
    void letsTheOlderBackendGoOnWriting() {
        postgres.run(OLDER_TABLES);
        try (DatabaseConversations conversations = postgres.open()) {
            conversations.check();
            // An earlier clock than that of the rows before does not change the order written.
            olderMessage("user", "late?", null, "2025-12-01 11:00:00");
            olderMessage("assistant", "Late.", null, "2025-12-01 11:00:00");
            olderMessage("user", "later?", null, "2025-12-01 10:59:59");

            assertThat(conversations.messages(ID).orElseThrow())
                    .extracting(StoredMessage::content)
                    .containsExactly("late?", "Late.", "later?");
        }
    }

    @Test
    void readsWhatTheOlderBackendLeftEmpty() {
        postgres.run(OLDER_TABLES);
        postgres.run(
                "insert into messages (id, conversation_id, role) values (gen_random_uuid(), '"
                        + ID
                        + "', 'user')");
        try (DatabaseConversations conversations = postgres.open()) {
            StoredMessage message = conversations.messages(ID).orElseThrow().getFirst();
            assertThat(message.content()).isEmpty();
            assertThat(message.createdAt()).isEqualTo("1970-01-01T00:00:00Z");
            assertThat(message.incomplete()).isFalse();
        }
    }

    @Test
    void altersNothingWhereTablesOfTheSameNamesHaveOtherColumns() {
        postgres.run(
                "create table conversations (id bigint primary key, title text not null)",
                "create table messages (id uuid primary key, role text, content text, sources text,"
                        + " created_at timestamp, conversation_id uuid)");
        List<String> before = columns();

        try (DatabaseConversations conversations = postgres.open()) {
            assertThatThrownBy(conversations::check)
                    .isInstanceOfSatisfying(
                            DependencyException.class,
                            e -> assertThat(e.failure().nature()).isEqualTo(Nature.MISCONFIGURED))
                    .hasMessage(
                            "The database has tables of the same names with other columns:"
                                    + " conversations.created_at is missing, conversations.id is"
                                    + " bigint, conversations.updated_at is missing,"
                                    + " conversations.title is unknown and must not be empty,"
                                    + " messages.sources is text.");
        }
        assertThat(columns()).isEqualTo(before);
    }

    @Test
    void migratesOnceWhenSeveralInstancesStartTogether() throws Exception {
        postgres.run(OLDER_TABLES);
        olderMessage("user", "first?", null, "2025-12-01 10:00:01");
        startTogether();
        Postgres empty = Postgres.create();
        startTogether(empty);

        assertThat(empty.list("select count(*) from messages")).containsExactly("16");
        assertThat(postgres.list("select position from messages order by position"))
                .hasSize(17)
                .doesNotHaveDuplicates()
                .startsWith("1");
    }

    @Test
    void createsNothingWhenItOnlyLooks() {
        try (DatabaseConversations conversations = postgres.open()) {
            DatabaseInfo info = conversations.describe();
            assertThat(info.product()).startsWith("PostgreSQL 18");
            assertThat(info.encrypted()).isFalse();
            assertThat(info.mayCreate()).isTrue();
            assertThat(info.tablesThere()).isFalse();
        }
        assertThat(columns()).isEmpty();
    }

    @Test
    void leavesNoTraceOfASession() {
        try (DatabaseConversations conversations = postgres.open()) {
            conversations.store(H2ConversationsTest.Writer.exchange(1));
            for (int n = 0; n < 10; n++) {
                conversations.check();
            }
            // What would break behind a pooler in transaction mode.
            assertThat(postgres.list("select objid from pg_locks where locktype = 'advisory'"))
                    .isEmpty();
        }
    }

    private void startTogether() throws Exception {
        startTogether(postgres);
    }

    private static void startTogether(Postgres postgres) throws Exception {
        List<Future<?>> starts = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int n = 0; n < 8; n++) {
                starts.add(
                        threads.submit(() -> {
                            try (DatabaseConversations one = postgres.open()) {
                                one.store(H2ConversationsTest.Writer.exchange(1));
                            }
                        }));
            }
        }
        for (Future<?> start : starts) {
            start.get();
        }
    }

    private void olderMessage(
            String role, String content, @Nullable String sources, String createdAt) {
        postgres.run(
                "insert into messages (id, conversation_id, role, content, sources, created_at)"
                        + " values (gen_random_uuid(), '%s', '%s', '%s', %s, '%s')"
                                .formatted(
                                        ID,
                                        role,
                                        content,
                                        sources == null ? "null" : "'" + sources + "'",
                                        createdAt));
    }

    private List<String> columns() {
        return postgres.list(
                "select table_name || '.' || column_name || ' ' || data_type from"
                        + " information_schema.columns where table_schema = 'public' order by 1");
    }
}
