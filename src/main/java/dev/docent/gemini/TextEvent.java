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
 * Reads the kind of event that comes for each token: a piece of text, and token counts, which the
 * last event repeats. All other events are left to langchain4j, which binds them to objects; doing
 * so for each token took a seventh of the service's CPU.
 */
final class TextEvent {
    /** Its buffers are not bound to threads, because each answer has a thread of its own. */
    private static final JsonFactory JSON =
            JsonFactory.builder().recyclerPool(JsonRecyclerPools.newConcurrentDequePool()).build();

    private static final List<String> WAY = List.of("candidates", "content", "parts", "text");
    private static final Set<String> IGNORED =
            Set.of("role", "index", "usageMetadata", "modelVersion", "responseId");

    private TextEvent() {}

    /**
     * The text of an event, not empty.
     *
     * @param data UTF-8
     * @return null if the event holds anything else, such as a second piece, a thought, an end or
     *     an error, or is not JSON
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
            return null; // langchain4j reports it
        }
        return text == null || text.isEmpty() ? null : text;
    }
}
