package io.envcli.offheap;

import io.envcli.offheap.testing.ShortFuzz;
import org.junit.jupiter.api.Test;

import java.io.IOException;

/** The fuzz targets of this module, for a moment each. */
class FuzzTargetsTest {
    @Test
    void indexFiles() throws IOException {
        ShortFuzz.run(IndexFileFuzz.class, 1_500, IndexFileFuzz::fuzzerTestOneInput);
    }
}
