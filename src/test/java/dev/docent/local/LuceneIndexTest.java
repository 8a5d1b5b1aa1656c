package dev.docent.local;

import dev.docent.rag.PassageIndex;
import dev.docent.rag.PassageIndexContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class LuceneIndexTest extends PassageIndexContract {
    @TempDir private Path folder;

    @Override
    protected PassageIndex open() {
        return LuceneIndex.open(folder.resolve("passages"));
    }
}
