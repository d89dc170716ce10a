package io.envcli.journal;

import io.envcli.offheap.testing.ShortFuzz;
import org.junit.jupiter.api.Test;

import java.io.IOException;

/** The fuzz targets of this module, for a moment each. */
class FuzzTargetsTest {
    @Test
    void frames() throws IOException {
        ShortFuzz.run(FrameFuzz.class, 300, FrameFuzz::fuzzerTestOneInput);
    }

    @Test
    void smallFiles() throws IOException {
        ShortFuzz.run(SmallFilesFuzz.class, 5_000, SmallFilesFuzz::fuzzerTestOneInput);
    }
}
