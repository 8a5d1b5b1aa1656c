package dev.docent.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.docent.budget.BudgetSettings.TrustProxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class BudgetsTest {
    private static final String GREEDY = "203.0.113.9";
    private static final String HONEST = "203.0.113.10";

    private Instant now = Instant.parse("2026-11-30T18:00:00Z");

    @Test
    void oneReaderHasAFewAnswersAtOnceAndOthersTheirOwn() {
        Budgets budgets = budgets(2, 0, 0, 0, 0, 0, 0, 0);
        Budgets.Answering first = ask(budgets, GREEDY);
        Budgets.Answering second = ask(budgets, GREEDY);
        refused(
                () -> ask(budgets, GREEDY),
                e -> assertThat(e.retryAfter()).isEqualTo(Duration.ofSeconds(5)));
        ask(budgets, HONEST).close();
        first.close();
        ask(budgets, GREEDY).close();
        second.close();
        assertThat(budgets.today()).isEqualTo(new Used(4, 0, 0, 0, Map.of("answers-at-once", 1L)));
    }

    @Test
    void aReaderMayAskSoManyQuestionsInAMinute() {
        Budgets budgets = budgets(0, 3, 0, 0, 0, 0, 0, 0);
        for (int n = 0; n < 3; n++) {
            ask(budgets, GREEDY).close();
        }
        refused(
                () -> ask(budgets, GREEDY),
                e ->
                        assertThat(e.retryAfter())
                                .isPositive()
                                .isLessThanOrEqualTo(Duration.ofSeconds(20)));
        ask(budgets, HONEST).close();
    }

    @Test
    void aReaderMayAskSoManyQuestionsInADay() {
        Budgets budgets = budgets(0, 0, 2, 0, 0, 0, 0, 0);
        ask(budgets, GREEDY).close();
        ask(budgets, GREEDY).close();
        refused(
                () -> ask(budgets, GREEDY),
                e -> {
                    assertThat(e.retryAfter()).isEqualTo(Duration.ofHours(6));
                    assertThat(e.reader()).contains("tomorrow");
                });
        now = now.plus(Duration.ofHours(6));
        ask(budgets, GREEDY).close();
        assertThat(budgets.today().questions()).isEqualTo(1);
    }

    @Test
    void searchesAreCountedApart() {
        Budgets budgets = budgets(0, 1, 0, 2, 0, 0, 0, 0);
        search(budgets, GREEDY);
        search(budgets, GREEDY);
        refused(() -> search(budgets, GREEDY), e -> assertThat(e.reader()).contains("searched"));
        ask(budgets, GREEDY).close();
        search(budgets, HONEST);
    }

    @Test
    void allReadersTogetherMayAskSoMuchInADay() {
        Budgets budgets = budgets(0, 0, 0, 0, 2, 0, 0, 0);
        ask(budgets, GREEDY).close();
        ask(budgets, HONEST).close();
        refused(
                () -> ask(budgets, "198.51.100.1"),
                e -> assertThat(e.reader()).contains("This service"));
    }

    @Test
    void allReadersTogetherMayUseSoManyTokensInADay() {
        Budgets budgets = budgets(0, 0, 0, 0, 0, 1000, 0, 0);
        budgets.tokens(999);
        ask(budgets, HONEST).close();
        budgets.tokens(500);
        refused(() -> ask(budgets, HONEST), e -> assertThat(e.reader()).contains("This service"));
        now = now.plus(Duration.ofHours(6));
        ask(budgets, HONEST).close();
    }

    @Test
    void searchesLeaveAReserveOfTextsToQuestions() {
        Budgets budgets = budgets(0, 0, 0, 0, 0, 0, 10, 40);
        for (int n = 0; n < 6; n++) {
            search(budgets, HONEST);
            assertThat(budgets.text()).isTrue();
        }
        refused(
                () -> search(budgets, HONEST),
                e -> assertThat(e.retryAfter()).isEqualTo(Duration.ofHours(6)));
        for (int n = 0; n < 4; n++) {
            ask(budgets, HONEST).close();
            assertThat(budgets.text()).isTrue();
        }
        assertThat(budgets.text()).isFalse();
        ask(budgets, HONEST).close();
    }

    @Test
    void remembersABoundedNumberOfReadersAndThoseWhoseAnswersRun() {
        Budgets budgets = budgets(1, 0, 0, 0, 0, 0, 0, 0);
        Budgets.Answering running = ask(budgets, GREEDY);
        for (int n = 0; n < 50_000; n++) {
            ask(budgets, "198.%d.%d.%d".formatted(51 + n / 65536, n / 256 % 256, n % 256)).close();
        }
        assertThat(budgets.remembered()).isLessThanOrEqualTo(20_000);
        refused(() -> ask(budgets, GREEDY), e -> assertThat(e.reader()).contains("Several"));
        running.close();
        ask(budgets, GREEDY).close();
    }

    private Budgets budgets(
            int atOnce,
            int perMinute,
            int perDay,
            int searches,
            int all,
            int tokens,
            int texts,
            int reserve) {
        return new Budgets(
                new BudgetSettings(
                        TrustProxy.AUTO,
                        false,
                        atOnce,
                        perMinute,
                        perDay,
                        searches,
                        all,
                        tokens,
                        texts,
                        reserve),
                () -> now);
    }

    private static Budgets.Answering ask(Budgets budgets, String reader) {
        return budgets.question(reader, List.of());
    }

    private static void search(Budgets budgets, String reader) {
        budgets.search(reader, List.of());
    }

    private static void refused(ThrowingCallable work, Consumer<OverBudgetException> what) {
        assertThatThrownBy(work).isInstanceOfSatisfying(OverBudgetException.class, what);
    }
}
