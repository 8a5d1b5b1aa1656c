package dev.docent.database;

import dev.docent.chat.Conversations;
import dev.docent.chat.Exchange;
import dev.docent.chat.StoredMessage;
import dev.docent.chat.StoredMessage.Role;
import dev.docent.config.DatabaseUrl;
import dev.docent.rag.Turn;
import io.helidon.dbclient.DbRow;
import io.helidon.dbclient.DbTransaction;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * Conversations in a database. The first call connects, and creates or extends the tables, so that
 * a start does not wait for a database that sleeps or is down. Thread-safe.
 *
 * <p>A call ends within {@link DatabaseSettings.Limits#call}; an interrupt ends it at once, with a
 * {@link dev.docent.failure.DependencyException} and the interrupt flag set, and rolls its work
 * back unless it was just being committed. If the server has closed the connection, a call is tried
 * once more: an exchange is never stored twice, but a question may be counted twice if the
 * connection broke during its commit.
 */
public final class DatabaseConversations implements Conversations {

    /** How many messages of a conversation {@link #messages} returns: the newest ones. */
    public static final int MOST_MESSAGES = 1000;

    /** How many characters these have together, their sources included. */
    public static final int MOST_CHARACTERS = 1_000_000;

    /** How many different unanswered questions are kept: the latest ones. */
    public static final int MOST_UNANSWERED = 10_000;

    private final Engine engine;
    private final Database database;
    private final String addMessages;

    private DatabaseConversations(Engine engine, DatabaseSettings.Limits limits) {
        this.engine = engine;
        this.database = new Database(engine, limits);
        this.addMessages = Statements.addMessages(engine);
    }

    /**
     * Conversations in a file of this service alone. The first call creates it if it does not
     * exist.
     *
     * @param folder where the file lies
     */
    public static DatabaseConversations h2(Path folder, DatabaseSettings.Limits limits) {
        return new DatabaseConversations(new H2Engine(folder, limits), limits);
    }

    /**
     * Conversations in a PostgreSQL server, which other services and other instances may share.
     * Connects on the first call.
     */
    public static DatabaseConversations postgres(DatabaseUrl url, DatabaseSettings.Limits limits) {
        return new DatabaseConversations(new PostgresEngine(url, limits), limits);
    }

    @Override
    public Optional<List<Turn>> recent(UUID conversationId, int pairs) {
        return database.call(transaction -> {
            List<Turn> turns =
                    transaction
                            .createQuery(Statements.RECENT)
                            .addParam("id", conversationId)
                            .addParam("most", pairs)
                            .execute()
                            .map(row -> new Turn(text(row, "question"), text(row, "answer")))
                            .toList()
                            .reversed();
            return known(transaction, conversationId, List.copyOf(turns));
        });
    }

    /**
     * The newest {@value #MOST_MESSAGES} messages of a conversation, or fewer if they are long, in
     * the order written.
     */
    @Override
    public Optional<List<StoredMessage>> messages(UUID conversationId) {
        return database.call(transaction -> {
            List<StoredMessage> messages =
                    transaction
                            .createQuery(Statements.MESSAGES)
                            .addParam("id", conversationId)
                            .addParam("most", MOST_MESSAGES)
                            .addParam("characters", MOST_CHARACTERS)
                            .execute()
                            .map(DatabaseConversations::message)
                            .toList();
            return known(transaction, conversationId, messages);
        });
    }

    @Override
    public void store(Exchange exchange) {
        database.call(transaction -> {
            transaction
                    .createInsert(Statements.ADD_CONVERSATION)
                    .addParam("id", exchange.conversationId())
                    .addParam("asked", Statements.time(exchange.askedAt()))
                    .addParam("answered", Statements.time(exchange.answeredAt()))
                    .execute();
            transaction
                    .createUpdate(Statements.TOUCH_CONVERSATION)
                    .addParam("id", exchange.conversationId())
                    .addParam("answered", Statements.time(exchange.answeredAt()))
                    .execute();
            return transaction
                    .createInsert(addMessages)
                    .addParam("id", exchange.conversationId())
                    .addParam("questionId", exchange.questionId())
                    .addParam("question", StorableText.text(exchange.question()))
                    .addParam("asked", Statements.time(exchange.askedAt()))
                    .addParam("answerId", exchange.answerId())
                    .addParam("answer", StorableText.text(exchange.answer()))
                    .addParam("sources", SourcesJson.write(exchange.sources()))
                    .addParam("answered", Statements.time(exchange.answeredAt()))
                    .addParam("incomplete", exchange.incomplete())
                    .addParam("failed", exchange.failed())
                    .execute();
        });
    }

    @Override
    public boolean delete(UUID conversationId) {
        return database.call(transaction ->
                transaction
                                .createDelete(Statements.DELETE_CONVERSATION)
                                .addParam("id", conversationId)
                                .execute()
                        > 0);
    }

    @Override
    public int forget(Instant before, int most) {
        return database.call(transaction -> {
            long deleted = 0;
            for (String statement :
                    List.of(Statements.FORGET_CONVERSATIONS, Statements.FORGET_QUESTIONS)) {
                deleted +=
                        transaction
                                .createDelete(statement)
                                .addParam("before", Statements.time(before))
                                .addParam("most", most)
                                .execute();
            }
            return (int) deleted;
        });
    }

    @Override
    public void recordUnanswered(String question, Instant askedAt) {
        String likeness = StorableText.likeness(question);
        database.call(transaction -> {
            long added =
                    transaction
                            .createInsert(Statements.ADD_UNANSWERED)
                            .addParam("likeness", likeness)
                            .addParam("question", StorableText.text(question))
                            .addParam("asked", Statements.time(askedAt))
                            .execute();
            if (added > 0) {
                transaction
                        .createDelete(Statements.FORGET_UNANSWERED)
                        .addParam("most", MOST_UNANSWERED)
                        .execute();
            }
            return transaction
                    .createUpdate(Statements.COUNT_UNANSWERED)
                    .addParam("likeness", likeness)
                    .addParam("question", StorableText.text(question))
                    .addParam("asked", Statements.time(askedAt))
                    .execute();
        });
    }

    @Override
    public List<Unanswered> unanswered(int limit) {
        return database.call(transaction ->
                transaction
                        .createQuery(Statements.UNANSWERED)
                        .addParam("most", limit)
                        .execute()
                        .map(row ->
                                new Unanswered(
                                        text(row, "question"),
                                        row.column("times").get(Long.class),
                                        Statements.time(row)))
                        .toList());
    }

    @Override
    public boolean rate(Feedback feedback) {
        return database.call(transaction -> {
            for (String statement : List.of(Statements.ADD_FEEDBACK, Statements.CHANGE_FEEDBACK)) {
                long changed =
                        transaction
                                .createUpdate(statement)
                                .addParam("answer", feedback.answerId())
                                .addParam("helpful", feedback.helpful())
                                .addParam("comment", StorableText.text(feedback.comment()))
                                .addParam("given", Statements.time(feedback.givenAt()))
                                .execute();
                if (changed > 0) {
                    return true;
                }
            }
            return false;
        });
    }

    @Override
    public List<Rated> feedback(int limit) {
        return database.call(transaction ->
                transaction
                        .createQuery(Statements.FEEDBACK)
                        .addParam("most", limit)
                        .execute()
                        .map(row ->
                                new Rated(
                                        text(row, "question"),
                                        row.column("helpful").get(Boolean.class),
                                        text(row, "comment"),
                                        Statements.time(row)))
                        .toList());
    }

    @Override
    public void check() {
        LocalDateTime now = Statements.time(Instant.now());
        // A database may be read-only or full, which reading does not show.
        database.rehearse(transaction ->
                transaction
                        .createInsert(Statements.ADD_CONVERSATION)
                        .addParam("id", UUID.randomUUID())
                        .addParam("asked", now)
                        .addParam("answered", now)
                        .execute());
    }

    /** Describes the database; changes nothing. */
    public DatabaseInfo describe() {
        return database.look(engine::describe);
    }

    @Override
    public void close() {
        database.close();
    }

    private static <T> Optional<List<T>> known(
            DbTransaction transaction, UUID conversationId, List<T> found) {
        boolean known =
                !found.isEmpty()
                        || transaction
                                .createGet(Statements.HAS_CONVERSATION)
                                .addParam("id", conversationId)
                                .execute()
                                .isPresent();
        return known ? Optional.of(found) : Optional.empty();
    }

    private static StoredMessage message(DbRow row) {
        return new StoredMessage(
                row.column("id").get(UUID.class),
                Role.valueOf(text(row, "role").toUpperCase(Locale.ROOT)),
                text(row, "content"),
                SourcesJson.read(row.column("sources").get(String.class)),
                Statements.time(row),
                Boolean.TRUE.equals(row.column("incomplete").get(Boolean.class)));
    }

    /** A text column, empty if the older backend left it out. */
    private static String text(DbRow row, String column) {
        String text = row.column(column).get(String.class);
        return text == null ? "" : text;
    }
}
