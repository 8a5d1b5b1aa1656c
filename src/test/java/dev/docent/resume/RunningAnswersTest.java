package dev.docent.resume;

import static org.assertj.core.api.Assertions.assertThat;

import dev.docent.chat.AnswerEvent;
import dev.docent.chat.Cancellation.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class RunningAnswersTest {
    private static final Duration LONG = Duration.ofMinutes(5);

    private final UUID conversation = UUID.randomUUID();

    @Test
    void followersGetTheSameFromWhereverTheyBegin() throws Exception {
        ResumableAnswer answer = new RunningAnswers(10).begin(conversation, LONG);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<String>>> readers = new ArrayList<>();
            for (int after = 0; after <= 100; after += 10) {
                int from = after;
                Callable<List<String>> reading =
                        () -> {
                            Reader reader = new Reader();
                            answer.follow(from, reader);
                            return reader.taken;
                        };
                readers.add(threads.submit(reading));
            }
            for (int n = 1; n <= 100; n++) {
                token(answer, n);
            }
            answer.end();
            for (int i = 0; i < readers.size(); i++) {
                List<String> expected = new ArrayList<>();
                for (int n = 10 * i + 1; n <= 100; n++) {
                    expected.add(n + ": word " + n);
                }
                assertThat(readers.get(i).get()).isEqualTo(expected);
            }
        }
    }

    @Test
    void whoAsksForWhatHasNotComeGetsNothingTwice() throws Exception {
        ResumableAnswer answer = new RunningAnswers(10).begin(conversation, LONG);
        token(answer, 1);
        answer.end();
        Reader reader = new Reader();
        answer.follow(999, reader);
        assertThat(reader.taken).isEmpty();
    }

    @Test
    void whoHasLeftGetsNoMore() throws Exception {
        ResumableAnswer answer = new RunningAnswers(10).begin(conversation, LONG);
        token(answer, 1);
        Reader reader = new Reader();
        reader.left = true;
        answer.follow(0, reader);
        assertThat(reader.taken).isEmpty();
    }

    @Test
    void anAnswerThatNobodyReadsIsEndedAfterAWhile() {
        RunningAnswers answers = new RunningAnswers(10, 1000, Duration.ofSeconds(30));
        ResumableAnswer answer = answers.begin(conversation, LONG);
        long now = System.nanoTime();
        answers.tick(now + Duration.ofSeconds(20).toNanos());
        assertThat(answer.cancellation().reason()).isEmpty();
        answers.tick(now + Duration.ofSeconds(40).toNanos());
        assertThat(answer.cancellation().reason()).contains(Reason.READER_LEFT);
    }

    @Test
    void anAnswerThatTakesTooLongIsEnded() {
        RunningAnswers answers = new RunningAnswers(10);
        ResumableAnswer answer = answers.begin(conversation, Duration.ofSeconds(10));
        answers.tick(System.nanoTime() + Duration.ofSeconds(11).toNanos());
        assertThat(answer.cancellation().reason()).contains(Reason.DEADLINE);
    }

    @Test
    void endedAnswersAreForgottenInTime() {
        RunningAnswers answers = new RunningAnswers(10);
        ResumableAnswer answer = answers.begin(conversation, LONG);
        answer.end();
        long now = System.nanoTime();
        answers.tick(now + Duration.ofMinutes(1).toNanos());
        assertThat(answers.find(conversation)).contains(answer);
        answers.tick(now + Duration.ofMinutes(3).toNanos());
        assertThat(answers.find(conversation)).isEmpty();
    }

    @Test
    void endedAnswersAreForgottenWhereTheyAreManyOrLong() {
        RunningAnswers few = new RunningAnswers(5, 1_000_000, LONG);
        ResumableAnswer running = few.begin(conversation, LONG);
        for (int n = 0; n < 100; n++) {
            few.begin(UUID.randomUUID(), LONG).end();
        }
        assertThat(few.size()).isLessThanOrEqualTo(10);
        assertThat(few.find(conversation)).contains(running);

        RunningAnswers small = new RunningAnswers(1000, 1000, LONG);
        for (int n = 0; n < 100; n++) {
            ResumableAnswer answer = small.begin(UUID.randomUUID(), LONG);
            answer.accept(new AnswerEvent.Token("x".repeat(100)));
            answer.end();
        }
        assertThat(small.size()).isLessThanOrEqualTo(11);
    }

    @Test
    void shuttingDownEndsAll() {
        RunningAnswers answers = new RunningAnswers(10);
        ResumableAnswer answer = answers.begin(conversation, LONG);
        answers.shutDown();
        assertThat(answer.cancellation().reason()).contains(Reason.SHUTDOWN);
    }

    private static void token(ResumableAnswer answer, int n) {
        answer.accept(new AnswerEvent.Token("word " + n));
        answer.flush();
    }

    private static final class Reader implements Follower {
        private final List<String> taken = new ArrayList<>();
        private boolean left;

        @Override
        public void accept(int id, AnswerEvent event) {
            taken.add(id + ": " + ((AnswerEvent.Token) event).content());
        }

        @Override
        public void flush() {}

        @Override
        public boolean left() {
            return left;
        }
    }
}
