package io.envcli.ringbuffers;

import org.junit.jupiter.api.Nested;

/** The contract of a ring that fails, layout by layout. */
class SlabRingFailureTest {
    @Nested
    class Fused extends SlabRingFailureContract {
        Fused() {
            super(Layout.FUSED);
        }
    }

    @Nested
    class Two extends SlabRingFailureContract {
        Two() {
            super(Layout.TWO);
        }
    }

    @Nested
    class Three extends SlabRingFailureContract {
        Three() {
            super(Layout.THREE);
        }
    }

    @Nested
    class Staged extends SlabRingFailureContract {
        Staged() {
            super(Layout.STAGED);
        }
    }

    @Nested
    class Auto extends SlabRingFailureContract {
        Auto() {
            super(Layout.AUTO);
        }
    }
}
