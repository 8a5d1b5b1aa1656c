package dev.docent.qdrant;

import io.qdrant.client.ValueFactory;
import io.qdrant.client.grpc.JsonWithInt.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Payload values between plain Java and gRPC: String, Long, and List of String. */
final class GrpcValues {
    private GrpcValues() {}

    /** Fields of any other kind are left out: no passage needs them. */
    static Map<String, Object> read(Map<String, Value> payload) {
        Map<String, Object> fields = new HashMap<>();
        payload.forEach((field, value) -> {
            switch (value.getKindCase()) {
                case STRING_VALUE -> fields.put(field, value.getStringValue());
                case INTEGER_VALUE -> fields.put(field, value.getIntegerValue());
                case LIST_VALUE ->
                        fields.put(
                                field,
                                value.getListValue().getValuesList().stream()
                                        .map(Value::getStringValue)
                                        .toList());
                default -> {}
            }
        });
        return fields;
    }

    static Value write(Object value) {
        return switch (value) {
            case String text -> ValueFactory.value(text);
            case Long number -> ValueFactory.value(number);
            case List<?> list -> ValueFactory.list(list.stream().map(GrpcValues::write).toList());
            default -> throw new IllegalArgumentException("not a payload: " + value.getClass());
        };
    }
}
