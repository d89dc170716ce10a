package io.envcli.ringbuffers;

import io.envcli.affinity.AllowedCpus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class RingConfigTest {
    private static void assertRefused(final RingConfig.Builder builder, final String setting) {
        final var e = assertThrows(IllegalArgumentException.class, builder::build);
        assertTrue(String.valueOf(e.getMessage()).contains(setting), e::getMessage);
    }

    @Test
    void hasDefaults() {
        final RingConfig config = RingConfig.builder().build();
        assertEquals(64, config.slots());
        assertEquals(65_536, config.textCapacity());
        assertEquals(0, config.headroom());
        assertEquals(Layout.AUTO, config.layout());
        assertTrue(config.pinned());
        assertEquals(AllowedCpus.current(), config.cpus());
    }

    @Test
    void keepsWhatItIsTold() {
        final AllowedCpus cpus = new AllowedCpus(List.of(1, 3), 1);
        assertEquals(new RingConfig(2, 128, 64, Layout.TWO, List.of(3, 1), 7, false, cpus, 5),
                RingConfig.builder().slots(2).textCapacity(128).headroom(64).layout(Layout.TWO).costs(List.of(3, 1))
                        .batchSize(7)
                        .pinned(false).cpus(cpus).drainTimeoutNs(5).build());
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 4, 1024, 65_536})
    void slotsArePowersOfTwo(final int slots) {
        assertEquals(slots, RingConfig.builder().slots(slots).build().slots());
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -2, 0, 1, 3, 63, 65, 131_072, Integer.MAX_VALUE})
    void otherSlotsAreRefused(final int slots) {
        assertRefused(RingConfig.builder().slots(slots), "slots=" + slots + " must be a power of two from 2 to 65536");
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -64, 0, 1, 63, 65})
    void oddTextCapacitiesAreRefused(final int capacity) {
        assertRefused(RingConfig.builder().textCapacity(capacity), "textCapacity=" + capacity);
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -64, 1, 63, 65})
    void oddHeadroomIsRefused(final int headroom) {
        assertRefused(RingConfig.builder().headroom(headroom), "headroom=" + headroom);
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0})
    void whatMustBePositiveIs(final int value) {
        assertRefused(RingConfig.builder().costs(List.of(1, value)), "costs=[1, " + value + "]");
        assertRefused(RingConfig.builder().batchSize(value), "batchSize=" + value);
        assertRefused(RingConfig.builder().drainTimeoutNs(value), "drainTimeoutNs=" + value);
    }
}
