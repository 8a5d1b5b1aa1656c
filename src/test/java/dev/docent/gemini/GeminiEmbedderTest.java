package dev.docent.gemini;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.docent.failure.DependencyException;
import dev.docent.failure.Failure;
import dev.docent.failure.Failure.Nature;
import dev.docent.failure.FailureCode;
import dev.docent.rag.EmbeddingSpace;
import dev.docent.rag.Passage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GeminiEmbedderTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final FakeGemini fake = new FakeGemini();
    private final GeminiEmbedder first = embedder("gemini-embedding-001", 768);

    @AfterEach
    void close() {
        first.close();
        fake.close();
    }

    @Test
    void namesItsSpace() {
        assertThat(first.space()).isEqualTo(new EmbeddingSpace("gemini-embedding-001", 768));
    }

    @Test
    void givesVectorsOfLengthOne() {
        float[] vector = first.embedQuery("allowed origins");
        assertThat(vector).hasSize(768);
        assertThat(dot(vector, vector)).isCloseTo(1, within(1e-5));
    }

    @Test
    void tellsTheFirstFamilyTheTaskAndTheTitle() throws Exception {
        first.embedQuery("allowed origins");
        first.embedPassages(List.of(Trial.PASSAGE));
        JsonNode query = sent(0).at("/requests/0");
        assertThat(query.path("taskType").asText()).isEqualTo("RETRIEVAL_QUERY");
        assertThat(query.path("model").asText()).isEqualTo("models/gemini-embedding-001");
        assertThat(query.path("outputDimensionality").asInt()).isEqualTo(768);
        assertThat(query.at("/content/parts/0/text").asText()).isEqualTo("allowed origins");
        JsonNode document = sent(1).at("/requests/0");
        assertThat(document.path("taskType").asText()).isEqualTo("RETRIEVAL_DOCUMENT");
        assertThat(document.path("title").asText()).isEqualTo("Allowed origins");
        assertThat(document.at("/content/parts/0/text").asText())
                .isEqualTo("ALLOWED_ORIGINS takes a list of origins.");
    }

    @Test
    void tellsTheSecondFamilyInTheTextItself() throws Exception {
        try (GeminiEmbedder second = embedder("gemini-embedding-2", 768)) {
            second.embedQuery("allowed origins");
            second.embedPassages(List.of(Trial.PASSAGE));
        }
        assertThat(sent(0).at("/requests/0/content/parts/0/text").asText())
                .isEqualTo("task: search result | query: allowed origins");
        assertThat(sent(0).at("/requests/0/taskType").isMissingNode()).isTrue();
        assertThat(sent(1).at("/requests/0/content/parts/0/text").asText())
                .isEqualTo(
                        "title: Allowed origins | text: ALLOWED_ORIGINS takes a list of origins.");
    }

    @Test
    void cutsPassagesIntoBatchesOfAHundred() throws Exception {
        List<Passage> many = passages(201);
        List<float[]> vectors = first.embedPassages(many);
        assertThat(vectors).hasSize(201);
        assertThat(fake.requests()).hasSize(3);
        assertThat(sent(0).path("requests")).hasSize(100);
        assertThat(sent(2).path("requests")).hasSize(1);
        assertThat(vectors.get(200))
                .isEqualTo(first.embedPassages(many.subList(200, 201)).getFirst());
        assertThat(first.embedPassages(List.of())).isEmpty();
    }

    @Test
    void failsAsAWholeWhenASecondBatchDoes() {
        fake.next(
                FakeEmbeddings::reply,
                Reply.status(
                        429,
                        GoogleReplies.quota(
                                "EmbedContentRequestsPerDayPerUserPerProjectPerModel-FreeTier",
                                "1000",
                                "20s")));
        Failure failure = failure(() -> first.embedPassages(passages(150)));
        assertThat(failure.nature()).isEqualTo(Nature.EXHAUSTED);
        assertThat(failure.retryAfter()).isPresent();
        assertThat(fake.requests()).hasSize(2);
    }

    @Test
    void triesAgainWhenGeminiIsOverloaded() {
        fake.next(Reply.status(503, GoogleReplies.overloaded()), Reply.reset());
        assertThat(first.embedQuery("origins")).hasSize(768);
        assertThat(fake.requests()).hasSize(3);
    }

    @Test
    void saysThatTheKeyIsWrong() {
        fake.next(Reply.status(400, GoogleReplies.invalidKey()));
        Failure failure = failure(() -> first.embedQuery("origins"));
        assertThat(failure.code()).isEqualTo(FailureCode.RETRIEVAL_FAILED);
        assertThat(failure.nature()).isEqualTo(Nature.CREDENTIAL_REJECTED);
        assertThat(fake.requests()).hasSize(1);
    }

    @Test
    void refusesVectorsThatAreNone() {
        fake.embedding(Reply.status(200, "{\"embeddings\":[]}"));
        assertThat(failure(() -> first.embedQuery("origins")).nature())
                .isEqualTo(Nature.UNAVAILABLE);
        fake.embedding(Reply.status(200, "{\"embeddings\":[{\"values\":[1,0]}]}"));
        assertThat(failure(() -> first.embedQuery("origins")).owner())
                .isEqualTo("gemini-embedding-001 gives vectors of 2 numbers instead of 768.");
        fake.embedding(Reply.status(200, "<html>not here</html>"));
        assertThat(failure(() -> first.embedQuery("origins")).nature())
                .isEqualTo(Nature.UNAVAILABLE);
        fake.embedding(Reply.status(200, "{\"embeddings\":["));
        assertThat(failure(() -> first.embedQuery("origins")).nature())
                .isEqualTo(Nature.UNAVAILABLE);
        try (GeminiEmbedder two = embedder("gemini-embedding-001", 2)) {
            fake.embedding(Reply.status(200, "{\"embeddings\":[{\"values\":[0,0]}]}"));
            assertThat(failure(() -> two.embedQuery("origins")).nature())
                    .isEqualTo(Nature.UNAVAILABLE);
        }
    }

    @Test
    void cancelsOnAnInterrupt() throws Exception {
        fake.embedding(Reply.silence());
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread caller =
                Thread.ofVirtual()
                        .start(() -> {
                            try {
                                first.embedQuery("origins");
                            } catch (RuntimeException e) {
                                thrown.set(e);
                            }
                        });
        Trial.eventually(() -> !fake.requests().isEmpty());
        caller.interrupt();
        assertThat(caller.join(Duration.ofSeconds(30))).isTrue();
        assertThat(thrown.get()).isInstanceOf(CancellationException.class);
        Trial.eventually(() -> fake.connections() == 0);
    }

    @Test
    void givesUpOnAServerThatDoesNotReadWhatIsSent() {
        fake.deaf();
        Duration soon = Duration.ofMillis(400);
        GeminiSettings hasty = Trial.settings(fake.baseUrl(), soon, soon, Map.of());
        String text = "x".repeat(6000);
        List<Passage> large = IntStream.range(0, 100).mapToObj(i -> passage(i, text)).toList();
        try (GeminiEmbedder impatient = Trial.embedder(hasty)) {
            assertThat(Trial.guarded(() -> failure(() -> impatient.embedPassages(large))).code())
                    .isEqualTo(FailureCode.TIMEOUT);
        }
    }

    @Test
    void cutsATextThatIsTooLongBetweenTwoCharacters() throws Exception {
        first.embedQuery("x" + "🙂".repeat(10_000));
        String text = sent(0).at("/requests/0/content/parts/0/text").asText();
        assertThat(text).hasSize(6143).endsWith("🙂");
    }

    @Test
    void estimatesTokens() {
        assertThat(first.tokens("")).isZero();
        assertThat(first.tokens("allowed origins")).isEqualTo(4);
        assertThat(first.tokens("許可されたオリジン")).isEqualTo(6);
    }

    @Test
    void checksTheModelWithoutSpendingTokens() {
        first.check();
        assertThat(fake.requests().getFirst().path())
                .isEqualTo("/v1beta/models/gemini-embedding-001");
        try (GeminiEmbedder chat = embedder("gemini-3.8-flash", 768)) {
            assertThat(failure(chat::check).action())
                    .isEqualTo("Set GEMINI_EMBEDDING_MODEL to gemini-embedding-001");
        }
    }

    @Test
    void namesTheSuccessorOfARetiredModel() {
        fake.description(Reply.status(404, GoogleReplies.unknownModel("text-embedding-004")));
        try (GeminiEmbedder old = embedder("text-embedding-004", 768)) {
            assertThat(failure(old::check).action())
                    .isEqualTo("Set GEMINI_EMBEDDING_MODEL to gemini-embedding-001");
        }
    }

    private GeminiEmbedder embedder(String model, int dimension) {
        return Trial.embedder(
                Trial.settings(
                        fake.baseUrl(),
                        Map.of(
                                "GEMINI_EMBEDDING_MODEL",
                                model,
                                "DOCENT_GEMINI_DIMENSION",
                                String.valueOf(dimension))));
    }

    private JsonNode sent(int index) throws Exception {
        return JSON.readTree(fake.requests().get(index).body());
    }

    private static List<Passage> passages(int count) {
        return IntStream.range(0, count).mapToObj(i -> passage(i, "text number " + i)).toList();
    }

    private static Passage passage(int part, String text) {
        return new Passage(
                Passage.idOf("docs/a.md", "", part),
                "docs/a.md",
                "A",
                List.of(),
                "",
                null,
                part,
                text,
                3);
    }

    private static Failure failure(ThrowingCallable call) {
        DependencyException[] caught = new DependencyException[1];
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(DependencyException.class, e -> caught[0] = e);
        return caught[0].failure();
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
