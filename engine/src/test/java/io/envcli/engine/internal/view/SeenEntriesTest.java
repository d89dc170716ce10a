package io.envcli.engine.internal.view;

import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

final class SeenEntriesTest {
    @Test
    void marksEachEntryOnce() {
        final SeenEntries seen = new SeenEntries();
        seen.reset(200);
        for (final int entry : new int[]{1, 63, 64, 65, 127, 128, 200}) {
            assertFalse(seen.mark(entry));
            assertTrue(seen.mark(entry));
        }
        assertFalse(seen.mark(2));
    }

    @Test
    void makesRoomAboveItsRange() {
        final SeenEntries seen = new SeenEntries();
        assertFalse(seen.mark(1_000));
        assertTrue(seen.mark(1_000));
    }

    @Test
    void forgets() {
        final SeenEntries seen = new SeenEntries();
        seen.reset(10);
        seen.mark(3);
        seen.reset(10);
        assertFalse(seen.mark(3));
    }
}
