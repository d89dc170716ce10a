package io.envcli.ringbuffers;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

class LayoutTest {
    @ParameterizedTest
    @CsvSource({"1,1,FUSED", "1,2,FUSED", "1,4,FUSED", "2,1,FUSED", "64,1,FUSED", "2,2,TWO", "2,4,TWO", "3,2,STAGED",
        "3,3,TWO", "4,3,STAGED", "4,4,TWO", "5,4,STAGED", "64,4,STAGED"})
    void autoGoesByCpusAndStages(final int cpus, final int stages, final Layout expected) {
        assertEquals(expected, Layout.AUTO.resolve(cpus, stages));
    }

    @ParameterizedTest
    @EnumSource(names = "AUTO", mode = EnumSource.Mode.EXCLUDE)
    void aLayoutThatWasAskedForStays(final Layout layout) {
        assertEquals(layout, layout.resolve(1, 4));
        assertEquals(layout, layout.resolve(64, 1));
    }

    @ParameterizedTest
    @CsvSource({"FUSED,4,2,0", "FUSED,1,1,0", "TWO,4,2,0 2", "TWO,4,1,0 1", "TWO,4,9,0 3", "TWO,2,1,0 1", "TWO,1,1,0",
        "STAGED,1,1,0", "STAGED,3,1,0 1 2"})
    void threadsDivideTheStagesInOrder(final Layout layout, final int stages, final int split, final String starts) {
        assertEquals(List.of(starts.split(" ")), layout.starts(stages, split).stream().map(String::valueOf).toList());
    }

    @Test
    void autoIsNoAnswer() {
        assertThrows(IllegalStateException.class, () -> Layout.AUTO.starts(3, 1));
    }
}
