package io.envcli.ringbuffers;

import org.junit.jupiter.api.Nested;

/** The contract of a ring that works, layout by layout. */
class SlabRingTest {
    @Nested
    class Fused extends SlabRingContract {
        Fused() {
            super(Layout.FUSED);
        }
    }

    @Nested
    class Two extends SlabRingContract {
        Two() {
            super(Layout.TWO);
        }
    }

    @Nested
    class Three extends SlabRingContract {
        Three() {
            super(Layout.THREE);
        }
    }

    @Nested
    class Staged extends SlabRingContract {
        Staged() {
            super(Layout.STAGED);
        }
    }

    @Nested
    class Auto extends SlabRingContract {
        Auto() {
            super(Layout.AUTO);
        }
    }
}
