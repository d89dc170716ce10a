package io.envcli.ringbuffers;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

class LayoutTest {
    private static List<Integer> numbers(final String text) {
        return Stream.of(text.split(" ")).map(Integer::valueOf).toList();
    }

    @ParameterizedTest
    @CsvSource({"1,1 1 1 1,FUSED", "2,1 1 1 1,TWO", "3,1 1 1 1,TWO", "4,1 1 1 1,TWO", "5,1 1 1 1,STAGED",
        "64,1 1 1 1,STAGED", "64,5,FUSED", "2,5,FUSED", "2,1 1,TWO", "3,1 1,TWO", "4,1 1 1,THREE", "3,1 1 1,TWO",
        "3,3 5 9 5,TWO", "4,3 5 9 5,THREE", "64,3 5 9 5,THREE", "64,3 6 7 5,STAGED", "64,1 1 97 1,FUSED"})
    void autoTakesTheFewestThreadsThatHelp(final int cpus, final String costs, final Layout expected) {
        assertEquals(expected, Layout.AUTO.resolve(cpus, numbers(costs)));
    }

    @ParameterizedTest
    @EnumSource(names = "AUTO", mode = EnumSource.Mode.EXCLUDE)
    void aLayoutThatWasAskedForStays(final Layout layout) {
        assertEquals(layout, layout.resolve(1, List.of(1, 2, 3, 4)));
        assertEquals(layout, layout.resolve(64, List.of(1)));
    }

    @ParameterizedTest
    @CsvSource({"FUSED,3 5 9 5,0", "FUSED,7,0", "TWO,3 5 9 5,0 2", "TWO,9 1 1 1,0 1", "TWO,1 1 1 9,0 3", "TWO,2 2,0 1",
        "TWO,7,0", "THREE,3 5 9 5,0 2 3", "THREE,9 1 1 9,0 1 3", "THREE,1 1,0 1", "STAGED,7,0", "STAGED,3 5 9,0 1 2"})
    void threadsDivideTheStagesInOrder(final Layout layout, final String costs, final String starts) {
        assertEquals(numbers(starts), layout.starts(numbers(costs)));
    }

    /** Against every way there is to divide them. */
    @Test
    void noOtherDivisionIsBetter() {
        final long seed = Long.getLong("envcli.test.seed", System.nanoTime());
        System.out.println("noOtherDivisionIsBetter: -Denvcli.test.seed=" + seed);
        final Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            final List<Integer> costs = random.ints(1 + random.nextInt(6), 1, 20).boxed().toList();
            final int threads = 1 + random.nextInt(costs.size());
            final List<Integer> starts = Grouping.starts(costs, threads);
            assertEquals(threads, starts.size());
            long least = Long.MAX_VALUE;
            for (int borders = 0; borders < 1 << (costs.size() - 1); borders++) {
                if (Integer.bitCount(borders) == threads - 1) {
                    least = Math.min(least, Grouping.busiest(costs, starts(borders, costs.size())));
                }
            }
            assertEquals(least, Grouping.busiest(costs, starts), () -> costs + " on " + threads);
        }
    }

    private static List<Integer> starts(final int borders, final int stages) {
        return IntStream.range(0, stages).filter(stage -> stage == 0 || (borders >> (stage - 1) & 1) != 0).boxed()
                .toList();
    }

    @Test
    void saysWhichStagesShareAThread() {
        final List<String> names = List.of("a", "b", "c", "d");
        assertEquals("a+b | c | d", Layout.THREE.describe(names, List.of(3, 5, 9, 5)));
        assertEquals("a+b+c+d", Layout.FUSED.describe(names, List.of(3, 5, 9, 5)));
    }

    @Test
    void autoIsNoAnswer() {
        assertThrows(IllegalStateException.class, () -> Layout.AUTO.starts(List.of(1, 2, 3)));
    }
}
