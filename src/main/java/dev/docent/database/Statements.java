package dev.docent.database;

import io.helidon.dbclient.DbRow;
import io.helidon.dbclient.DbTransaction;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/**
 * The SQL that PostgreSQL and H2 share. Times are columns without a zone that hold UTC; they are
 * read as microseconds, because JDBC would convert them with the machine's time zone and lose the
 * hour that summer time skips. Ids are cast, because DbClient binds them as text.
 */
final class Statements {
    static final String ADD_CONVERSATION =
            """
            insert into conversations (id, created_at, updated_at)
            values (cast(:id as uuid), :asked, :answered)
            on conflict do nothing\
            """;

    /** Locks the conversation's row until the commit, so that its exchanges do not interleave. */
    static final String TOUCH_CONVERSATION =
            """
            update conversations
            set updated_at = greatest(coalesce(updated_at, :answered), :answered)
            where id = cast(:id as uuid)\
            """;

    static final String DELETE_CONVERSATION =
            "delete from conversations where id = cast(:id as uuid)";

    /** The older backend may have left a time out. */
    static final String FORGET_CONVERSATIONS =
            """
            delete from conversations where id in (
                select id from conversations
                where coalesce(updated_at, created_at) < :before limit :most)\
            """;

    static final String FORGET_QUESTIONS =
            """
            delete from unanswered where likeness in (
                select likeness from unanswered where last_asked < :before limit :most)\
            """;

    static final String HAS_CONVERSATION =
            "select id from conversations where id = cast(:id as uuid)";

    /** The newest messages that fit, at least one, oldest first. */
    static final String MESSAGES =
            """
            select id, role, content, sources, micros, incomplete from (
                select newest.*, row_number() over (order by position desc) as nth,
                    sum(char_length(coalesce(content, '')) + char_length(coalesce(sources, '')))
                        over (order by position desc) as so_far
            from (
                select id, lower(role) as role, cast(content as varchar) as content,
                    cast(sources as varchar) as sources, incomplete, position,
                    cast(extract(epoch from created_at) * 1000000 as bigint) as micros
                from messages
                where conversation_id = cast(:id as uuid) and lower(role) in ('user', 'assistant')
                order by position desc limit :most) newest) measured
            where so_far <= :characters or nth = 1
            order by position\
            """;

    /**
     * The newest answers that directly follow a question, with that question, newest first. An
     * answer that failed is empty: its words are no model's.
     */
    static final String RECENT =
            """
            select question, answer from (
                select case when failed then '' else cast(content as varchar) end as answer,
                    lower(role) as role, position, failed,
                    lag(cast(content as varchar)) over (order by position) as question,
                    lag(lower(role)) over (order by position) as role_before
                from messages
                where conversation_id = cast(:id as uuid)) pairs
            where role = 'assistant' and role_before = 'user' and (failed or answer <> '')
            order by position desc limit :most\
            """;

    static final String ADD_UNANSWERED =
            """
            insert into unanswered (likeness, question, times, last_asked)
            values (:likeness, :question, 0, :asked)
            on conflict do nothing\
            """;

    static final String COUNT_UNANSWERED =
            """
            update unanswered
            set times = times + 1, question = :question, last_asked = :asked
            where likeness = :likeness\
            """;

    static final String FORGET_UNANSWERED =
            """
            delete from unanswered where likeness in (
                select likeness from unanswered order by last_asked desc offset :most)\
            """;

    static final String UNANSWERED =
            """
            select cast(question as varchar) as question, times,
                cast(extract(epoch from last_asked) * 1000000 as bigint) as micros
            from unanswered order by times desc, last_asked desc limit :most\
            """;

    static final String ADD_FEEDBACK =
            """
            insert into answer_feedback (message_id, helpful, comment, given_at)
            select id, cast(:helpful as boolean), cast(:comment as varchar),
                cast(:given as timestamp(6))
            from messages where id = cast(:answer as uuid) and lower(role) = 'assistant'
            on conflict do nothing\
            """;

    static final String CHANGE_FEEDBACK =
            """
            update answer_feedback
            set helpful = :helpful, comment = :comment, given_at = :given
            where message_id = cast(:answer as uuid)\
            """;

    /** With the question that stands right before the answer. */
    static final String FEEDBACK =
            """
            select (select cast(q.content as varchar) from messages q
                    where q.conversation_id = a.conversation_id and q.position = (
                        select max(p.position) from messages p
                        where p.conversation_id = a.conversation_id and p.position < a.position
                            and lower(p.role) = 'user')) as question,
                f.helpful, cast(f.comment as varchar) as comment,
                cast(extract(epoch from f.given_at) * 1000000 as bigint) as micros
            from answer_feedback f join messages a on a.id = f.message_id
            order by f.given_at desc limit :most\
            """;

    private Statements() {}

    /** Both messages of an exchange, the question first. */
    static String addMessages(Engine engine) {
        return """
        insert into messages
            (id, conversation_id, role, content, sources, created_at, incomplete, failed)
        values
            (cast(:questionId as uuid), cast(:id as uuid), 'user', :question, null, :asked, false, false),
            (cast(:answerId as uuid), cast(:id as uuid), 'assistant', :answer, %s, :answered, :incomplete,
                :failed)
        on conflict do nothing\
        """
                .formatted(engine.json(":sources"));
    }

    /** Queries a {@link DatabaseInfo} with the given expressions. */
    static DatabaseInfo describe(
            DbTransaction transaction, String product, String encrypted, String mayCreate) {
        DbRow row =
                transaction
                        .get(
                                """
                                select %s as product, %s as encrypted, %s as may_create,
                                    (select count(*) from information_schema.tables
                                    where table_schema = current_schema()
                                    and table_name in ('conversations', 'messages')) as tables\
                                """
                                        .formatted(product, encrypted, mayCreate))
                        .orElseThrow();
        return new DatabaseInfo(
                row.column("product").get(String.class),
                row.column("encrypted").get(Boolean.class),
                row.column("may_create").get(Boolean.class),
                row.column("tables").get(Long.class) == 2);
    }

    static LocalDateTime time(Instant instant) {
        return LocalDateTime.ofInstant(instant.truncatedTo(ChronoUnit.MICROS), ZoneOffset.UTC);
    }

    /** The time in column {@code micros}; 1970 if the older backend left it out. */
    static Instant time(DbRow row) {
        Long micros = row.column("micros").get(Long.class);
        return Instant.EPOCH.plus(micros == null ? 0 : micros, ChronoUnit.MICROS);
    }
}
