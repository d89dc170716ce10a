package io.envcli.engine.dialect;

import io.envcli.offheap.testing.ShortFuzz;
import org.junit.jupiter.api.Test;

import java.io.IOException;

/** The fuzz targets of this module, for a moment each. */
class FuzzTargetsTest {
    @Test
    void dotenv() throws IOException {
        ShortFuzz.run(DotenvFuzz.class, 4_000, DotenvFuzz::fuzzerTestOneInput);
    }

    @Test
    void everyDialect() throws IOException {
        ShortFuzz.run(EveryDialectFuzz.class, 4_000, EveryDialectFuzz::fuzzerTestOneInput);
    }

    @Test
    void dotenvWriter() throws IOException {
        ShortFuzz.run(DotenvWriterFuzz.class, 4_000, DotenvWriterFuzz::fuzzerTestOneInput);
    }
}
