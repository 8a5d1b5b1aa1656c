package dev.docent.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.docent.chat.Conversations.Feedback;
import dev.docent.chat.Conversations.Rated;
import dev.docent.chat.Conversations.Unanswered;
import dev.docent.chat.StoredMessage.Role;
import dev.docent.failure.DependencyException;
import dev.docent.rag.Turn;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every implementation of {@link Conversations} does. */
public abstract class ConversationsContract {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00.123456Z");
    private static final Source SOURCE =
            new Source("docs/a.md", "A > B", 0.8312, 1, "A", "https://x.example/a#b", "It is so.");
    private static final Source BARE = new Source("docs/b.md", "B", 0, 2, "B", null, null);

    private Conversations conversations;

    /** A new instance over an empty store of its own. */
    protected abstract Conversations open();

    @BeforeEach
    void openConversations() {
        conversations = open();
    }

    @AfterEach
    void closeConversations() {
        conversations.close();
    }

    @Test
    void knowsNoConversationThatWasNotStored() {
        assertThat(conversations.recent(UUID.randomUUID(), 3)).isEmpty();
        assertThat(conversations.messages(UUID.randomUUID())).isEmpty();
    }

    @Test
    void givesBackWhatWasStored() {
        Exchange exchange = exchange(UUID.randomUUID(), 1, NOON);
        conversations.store(exchange);

        assertThat(conversations.messages(exchange.conversationId()))
                .contains(
                        List.of(
                                new StoredMessage(
                                        exchange.questionId(),
                                        Role.USER,
                                        "question 1",
                                        null,
                                        NOON,
                                        false),
                                new StoredMessage(
                                        exchange.answerId(),
                                        Role.ASSISTANT,
                                        "answer 1",
                                        List.of(SOURCE, BARE),
                                        NOON.plusSeconds(1),
                                        false)));
    }

    @Test
    void cutsTimesToMicroseconds() {
        Instant nanos = Instant.parse("2026-03-29T02:30:00.123456789Z");
        Exchange exchange = exchange(UUID.randomUUID(), 1, nanos);
        conversations.store(exchange);

        assertThat(stored(exchange.conversationId()).getFirst().createdAt())
                .isEqualTo("2026-03-29T02:30:00.123456Z");
    }

    @Test
    void storesAnExchangeOnce() {
        Exchange exchange = exchange(UUID.randomUUID(), 1, NOON);
        conversations.store(exchange);
        List<StoredMessage> once = stored(exchange.conversationId());
        conversations.store(exchange);

        assertThat(stored(exchange.conversationId())).isEqualTo(once);
    }

    @Test
    void keepsTheOrderWrittenWhereTimesAreEqual() {
        UUID id = UUID.randomUUID();
        List<String> written = new ArrayList<>();
        for (int n = 0; n < 20; n++) {
            conversations.store(at(exchange(id, n, NOON), NOON, NOON));
            written.add("question " + n);
            written.add("answer " + n);
        }
        assertThat(stored(id)).extracting(StoredMessage::content).isEqualTo(written);
    }

    @Test
    void remembersTheLastPairsOldestFirst() {
        UUID id = UUID.randomUUID();
        for (int n = 1; n <= 5; n++) {
            conversations.store(exchange(id, n, NOON.plusSeconds(n)));
        }
        assertThat(conversations.recent(id, 3))
                .contains(
                        List.of(
                                new Turn("question 3", "answer 3"),
                                new Turn("question 4", "answer 4"),
                                new Turn("question 5", "answer 5")));
        assertThat(conversations.recent(id, 1))
                .contains(List.of(new Turn("question 5", "answer 5")));
    }

    @Test
    void keepsConversationsApart() {
        Exchange one = exchange(UUID.randomUUID(), 1, NOON);
        Exchange two = exchange(UUID.randomUUID(), 2, NOON);
        conversations.store(one);
        conversations.store(two);

        assertThat(conversations.recent(one.conversationId(), 3))
                .contains(List.of(new Turn("question 1", "answer 1")));
        assertThat(stored(two.conversationId())).hasSize(2);
    }

    @Test
    void keepsThatAnAnswerBrokeOff() {
        Exchange whole = exchange(UUID.randomUUID(), 1, NOON);
        conversations.store(
                new Exchange(
                        whole.conversationId(),
                        whole.questionId(),
                        whole.answerId(),
                        whole.question(),
                        whole.askedAt(),
                        "",
                        List.of(),
                        whole.answeredAt(),
                        true));

        assertThat(stored(whole.conversationId()))
                .extracting(StoredMessage::incomplete)
                .containsExactly(false, true);
        assertThat(stored(whole.conversationId()).getLast().sources()).isEmpty();
        assertThat(conversations.recent(whole.conversationId(), 3)).contains(List.of());
    }

    @Test
    void storesAnyText() {
        String hostile =
                "'; drop table messages; -- :id ? $1 \u0000 \ud83d\ude00 \ud800 \\u0000 {{x}}"
                        + " \u202e\n"
                        + "\t"
                        + "long ".repeat(50_000);
        String storable = hostile.replace('\u0000', '\ufffd').replace('\ud800', '?');
        Exchange plain = exchange(UUID.randomUUID(), 1, NOON);
        conversations.store(
                new Exchange(
                        plain.conversationId(),
                        plain.questionId(),
                        plain.answerId(),
                        hostile,
                        plain.askedAt(),
                        hostile,
                        List.of(new Source(hostile, hostile, 1, 1, hostile, hostile, hostile)),
                        plain.answeredAt(),
                        false));

        StoredMessage answer = stored(plain.conversationId()).getLast();
        assertThat(answer.content()).isEqualTo(storable);
        assertThat(answer.sources())
                .containsExactly(
                        new Source(storable, storable, 1, 1, storable, storable, storable));
        assertThat(conversations.recent(plain.conversationId(), 1))
                .contains(List.of(new Turn(storable, storable)));
    }

    @Test
    void neverInterleavesExchangesOfOneConversation() throws Exception {
        UUID id = UUID.randomUUID();
        List<Callable<Void>> stores = new ArrayList<>();
        for (int n = 0; n < 40; n++) {
            Exchange exchange = exchange(id, n / 2, NOON);
            stores.add(() -> {
                conversations.store(exchange);
                return null;
            });
            stores.add(stores.getLast());
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Void> done : threads.invokeAll(stores)) {
                done.get();
            }
        }
        List<StoredMessage> messages = stored(id);
        assertThat(messages).hasSize(80);
        for (int n = 0; n < 80; n += 2) {
            assertThat(messages.get(n).role()).isEqualTo(Role.USER);
            assertThat(messages.get(n + 1).content())
                    .isEqualTo(messages.get(n).content().replace("question", "answer"));
        }
    }

    @Test
    void givesOutTheNewestThousandMessages() {
        UUID id = UUID.randomUUID();
        for (int n = 1; n <= 501; n++) {
            conversations.store(exchange(id, n, NOON));
        }
        assertThat(stored(id))
                .hasSize(1000)
                .first()
                .extracting(StoredMessage::content)
                .isEqualTo("question 2");
    }

    @Test
    void givesOutAMillionCharactersAtMost() {
        UUID id = UUID.randomUUID();
        for (int n = 1; n <= 5; n++) {
            conversations.store(exchange(id, n, NOON, "long ".repeat(60_000)));
        }
        assertThat(stored(id))
                .hasSize(6)
                .first()
                .extracting(StoredMessage::content)
                .isEqualTo("question 3");
        UUID longer = UUID.randomUUID();
        conversations.store(exchange(longer, 1, NOON, "long ".repeat(300_000)));
        assertThat(stored(longer)).hasSize(1);
    }

    @Test
    void deletesAConversationAndNoOther() {
        UUID one = UUID.randomUUID();
        UUID other = UUID.randomUUID();
        conversations.store(exchange(one, 1, NOON));
        conversations.store(exchange(other, 1, NOON));
        assertThat(conversations.delete(one)).isTrue();
        assertThat(conversations.delete(one)).isFalse();
        assertThat(conversations.messages(one)).isEmpty();
        assertThat(stored(other)).hasSize(2);
    }

    @Test
    void forgetsWhatIsOldInSteps() {
        Instant longAgo = Instant.parse("2001-01-01T12:00:00Z");
        List<UUID> old = new ArrayList<>();
        for (int n = 0; n < 5; n++) {
            UUID id = UUID.randomUUID();
            conversations.store(exchange(id, n, longAgo));
            old.add(id);
        }
        conversations.recordUnanswered("Who won in 2001?", longAgo);
        UUID recent = UUID.randomUUID();
        conversations.store(exchange(recent, 1, NOON));
        Instant before = Instant.parse("2002-01-01T12:00:00Z");
        assertThat(conversations.forget(before, 3)).isEqualTo(4);
        assertThat(conversations.forget(before, 3)).isEqualTo(2);
        assertThat(conversations.forget(before, 3)).isZero();
        assertThat(old).allMatch(id -> conversations.messages(id).isEmpty());
        assertThat(conversations.unanswered(100))
                .noneMatch(question -> question.question().equals("Who won in 2001?"));
        assertThat(stored(recent)).hasSize(2);
    }

    @Test
    void countsQuestionsAskedAlike() {
        conversations.recordUnanswered("How do I fly?", NOON);
        conversations.recordUnanswered("What is red?", NOON.plusSeconds(1));
        conversations.recordUnanswered("  how do I   FLY ", NOON.plusSeconds(2));
        conversations.recordUnanswered("?!", NOON.plusSeconds(3));

        assertThat(conversations.unanswered(10))
                .containsExactly(
                        new Unanswered("  how do I   FLY ", 2, NOON.plusSeconds(2)),
                        new Unanswered("?!", 1, NOON.plusSeconds(3)),
                        new Unanswered("What is red?", 1, NOON.plusSeconds(1)));
        assertThat(conversations.unanswered(1)).hasSize(1);
    }

    @Test
    void countsAQuestionThatManyAskAtOnce() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int n = 0; n < 30; n++) {
                var _ = threads.submit(() -> conversations.recordUnanswered("Why?", NOON));
            }
        }
        assertThat(conversations.unanswered(10)).containsExactly(new Unanswered("Why?", 30, NOON));
    }

    @Test
    void keepsWhatAReaderThinksOfAnAnswerOnceAndNothingOfOthers() {
        UUID id = UUID.randomUUID();
        Exchange first = exchange(id, 1, NOON);
        Exchange second = exchange(id, 2, NOON);
        conversations.store(first);
        conversations.store(second);
        String words = "😀".repeat(1000);

        assertThat(conversations.rate(new Feedback(first.answerId(), true, "", NOON))).isTrue();
        assertThat(conversations.rate(new Feedback(second.answerId(), true, "", NOON))).isTrue();
        assertThat(
                        conversations.rate(
                                new Feedback(second.answerId(), false, words, NOON.plusSeconds(1))))
                .isTrue();
        assertThat(conversations.rate(new Feedback(first.questionId(), true, "", NOON))).isFalse();
        assertThat(conversations.rate(new Feedback(UUID.randomUUID(), true, "", NOON))).isFalse();

        assertThat(conversations.feedback(10))
                .containsExactly(
                        new Rated("question 2", false, words, NOON.plusSeconds(1)),
                        new Rated("question 1", true, "", NOON));
        assertThat(conversations.feedback(1)).hasSize(1);
    }

    @Test
    void isReadyForAnExchange() {
        conversations.check();
    }

    @Test
    void leavesAnInterruptedCallerInterrupted() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> conversations.recent(UUID.randomUUID(), 3))
                .isInstanceOf(DependencyException.class);
        assertThat(Thread.interrupted()).isTrue();
        // Nor does the interrupt harm others.
        conversations.check();
    }

    @Test
    void refusesAfterItWasClosed() {
        conversations.check();
        conversations.close();
        assertThatThrownBy(conversations::check)
                .isInstanceOf(DependencyException.class)
                .hasMessage("The database is closed, because the service is shutting down.");
    }

    @Test
    void remembersOfAnExchangeThatFailedOnlyTheQuestion() {
        UUID id = UUID.randomUUID();
        Exchange first = exchange(id, 1, NOON);
        conversations.store(
                new Exchange(
                        id,
                        first.questionId(),
                        first.answerId(),
                        first.question(),
                        first.askedAt(),
                        "The language model is overloaded.",
                        List.of(),
                        first.answeredAt(),
                        false,
                        true));
        conversations.store(exchange(id, 2, NOON.plusSeconds(9)));

        assertThat(conversations.recent(id, 3).orElseThrow())
                .containsExactly(new Turn("question 1", ""), new Turn("question 2", "answer 2"));
        assertThat(stored(id).get(1).content()).isEqualTo("The language model is overloaded.");
    }

    private List<StoredMessage> stored(UUID id) {
        return conversations.messages(id).orElseThrow();
    }

    private static Exchange exchange(UUID conversation, int n, Instant askedAt) {
        return exchange(conversation, n, askedAt, "answer " + n);
    }

    private static Exchange exchange(UUID conversation, int n, Instant askedAt, String answer) {
        return new Exchange(
                conversation,
                UUID.randomUUID(),
                UUID.randomUUID(),
                "question " + n,
                askedAt,
                answer,
                List.of(SOURCE, BARE),
                askedAt.plusSeconds(1),
                false);
    }

    private static Exchange at(Exchange exchange, Instant asked, Instant answered) {
        return new Exchange(
                exchange.conversationId(),
                exchange.questionId(),
                exchange.answerId(),
                exchange.question(),
                asked,
                exchange.answer(),
                exchange.sources(),
                answered,
                exchange.incomplete());
    }
}
