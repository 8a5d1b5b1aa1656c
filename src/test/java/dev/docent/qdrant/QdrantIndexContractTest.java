package dev.docent.qdrant;

import dev.docent.rag.PassageIndex;
import dev.docent.rag.PassageIndexContract;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The port's contract over both protocols; on a real server, too, where {@code QDRANT_TEST_URL} and
 * {@code QDRANT_TEST_REST_URL} say where it is, with the key of {@code QDRANT_TEST_API_KEY}.
 */
@ParameterizedClass
@MethodSource("servers")
class QdrantIndexContractTest extends PassageIndexContract {
    private final TestServer server;

    QdrantIndexContractTest(TestServer.Kind kind) throws Exception {
        server = kind.start();
        // What the index is before its first update: the older ingester's collection, empty here.
        server.createOldCollection(SPACE.dimension());
    }

    static List<TestServer.Kind> servers() {
        return new ArrayList<>(TestServer.Kind.all());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Override
    protected PassageIndex open() {
        return new QdrantIndex(server.settings());
    }
}
