package dev.docent.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Locale;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Vectors of texts as bags of words: each word has a random direction that is always the same, so
 * that texts with words in common are near each other. Not of length one, as with Google.
 */
final class FakeEmbeddings {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");
    private static final int MOST_IN_BATCH = 100;

    private FakeEmbeddings() {}

    static void reply(FakeGemini.Request request, Wire wire) throws IOException {
        JsonNode texts = JSON.readTree(request.body()).path("requests");
        if (texts.size() > MOST_IN_BATCH) {
            wire.json(
                    400,
                    GoogleReplies.error(
                            400,
                            "INVALID_ARGUMENT",
                            "BatchEmbedContentsRequest.requests: at most 100 requests can be in one"
                                    + " batch"));
            return;
        }
        ObjectNode answer = JSON.createObjectNode();
        ArrayNode embeddings = answer.putArray("embeddings");
        for (JsonNode text : texts) {
            ArrayNode values = embeddings.addObject().putArray("values");
            for (float number :
                    vector(
                            text.at("/content/parts/0/text").asText(),
                            text.path("outputDimensionality").asInt(3072))) {
                values.add(number);
            }
        }
        wire.json(200, answer.toString());
    }

    static float[] vector(String text, int dimension) {
        float[] sum = new float[dimension];
        for (MatchResult match : WORD.matcher(text.toLowerCase(Locale.ROOT)).results().toList()) {
            String word = match.group();
            Random random = new Random(word.hashCode());
            for (int i = 0; i < dimension; i++) {
                sum[i] += (float) random.nextGaussian();
            }
        }
        // A text without a word has a direction too.
        sum[0] += 0.01f;
        return sum;
    }
}
