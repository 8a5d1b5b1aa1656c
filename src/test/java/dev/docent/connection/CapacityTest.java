package dev.docent.connection;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CapacityTest {
    @ParameterizedTest
    @CsvSource({
        "4000, 1073741824, 1048576, 4000",
        "4000, 67108864, 1048576, 512",
        "4000, 1073741824, 200, 100",
        "4000, 1073741824, 3, 16",
        "20, 1073741824, 1048576, 20",
        "100000, 1073741824, 9223372036854775807, 8192"
    })
    void leavesHalfOfTheHeapAndOfTheFiles(int wanted, long heap, long files, int expected) {
        assertThat(Capacity.of(wanted, heap, files)).isEqualTo(expected);
    }
}
