package io.envcli.perf;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import static org.junit.jupiter.api.Assertions.*;

class SamplesTest {
    @TempDir
    Path folder;

    @Test
    void ratiosAreFormedWithinARound() {
        final Samples samples = new Samples();
        for (final double noise : new double[]{1, 10, 100}) {
            samples.add("ours", 3 * noise);
            samples.add("theirs", noise);
        }
        samples.add("ours", 8);
        samples.add("theirs", 2);
        samples.add("ours", 8);
        samples.add("theirs", 2);
        assertEquals(3, samples.ratio("ours", "theirs"));
        assertEquals(8, samples.median("ours"));
        assertTrue(samples.has("ours") && !samples.has("nobody"));
        assertThrows(IllegalArgumentException.class, () -> samples.median("nobody"));
        samples.add("ours", 1);
        assertThrows(IllegalArgumentException.class, () -> samples.ratio("ours", "theirs"));
    }

    @Test
    void readsWhatItWrote() throws IOException {
        final Map<String, Object> object = Map.of("text", "a \"b\"", "inner", Map.of("ratio", 0.5, "count", 3L), "list",
                List.of(1L, Map.of("x", "y")));
        final Path file = folder.resolve("r.json");
        Results.write(file, object);
        assertEquals(object, Results.read(file));
        assertEquals(-1, Results.number(object, "text"));
    }
}
