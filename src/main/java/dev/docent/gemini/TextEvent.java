package dev.docent.gemini;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the one kind of event that there is for each token: a piece of the answer's text, beside
 * counts that the last event has again. Whatever else an event says is langchain4j's to read, which
 * binds all of it to objects; for each token that took a seventh of the service's CPU.
 */
final class TextEvent {
    /** Its buffers go from thread to thread, because each answer has a thread of its own. */
    private static final JsonFactory JSON =
            JsonFactory.builder().recyclerPool(JsonRecyclerPools.newConcurrentDequePool()).build();

    private static final List<String> WAY = List.of("candidates", "content", "parts", "text");
    private static final Set<String> IGNORED =
            Set.of("role", "index", "usageMetadata", "modelVersion", "responseId");

    private TextEvent() {}

    /**
     * The text, which is not empty.
     *
     * @param data UTF-8
     * @return null where the event says anything else, such as a second piece, a thought, an end or
     *     an error, and where it is no JSON
     */
    static @Nullable String of(byte[] data) {
        String text = null;
        int step = 0;
        try (JsonParser json = JSON.createParser(data)) {
            for (JsonToken next = json.nextToken(); next != null; next = json.nextToken()) {
                if (next != JsonToken.FIELD_NAME) {
                    continue;
                }
                if (step < WAY.size() && json.currentName().equals(WAY.get(step))) {
                    step++;
                    text = step == WAY.size() ? json.nextTextValue() : null;
                } else if (IGNORED.contains(json.currentName())) {
                    json.nextToken();
                    json.skipChildren();
                } else {
                    return null;
                }
            }
        } catch (IOException e) {
            return null; // whoever reads it next says so
        }
        return text == null || text.isEmpty() ? null : text;
    }
}
