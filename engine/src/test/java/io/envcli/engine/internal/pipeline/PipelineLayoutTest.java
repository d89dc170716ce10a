package io.envcli.engine.internal.pipeline;

import io.envcli.affinity.AllowedCpus;
import io.envcli.engine.StoreConfig;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Path;
import java.util.stream.IntStream;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** How the measured costs divide the stages; docs/performance.md shows the same. */
class PipelineLayoutTest {
    @ParameterizedTest
    @CsvSource({"1,fused: parse+fingerprint+journal+apply", "2,two: parse+fingerprint | journal+apply",
        "3,two: parse+fingerprint | journal+apply", "4,three: parse+fingerprint | journal | apply",
        "5,staged: parse | fingerprint | journal | apply", "64,staged: parse | fingerprint | journal | apply"})
    void threadsShareTheStagesByTheirCosts(final int cpus, final String expected) {
        final StoreConfig config = StoreConfig.builder().directory(Path.of("store")).keyFile(Path.of("key")).build();
        final AllowedCpus allowed = new AllowedCpus(IntStream.range(0, cpus).boxed().toList(), cpus);
        assertEquals(expected, Pipeline.layout(config, allowed));
    }
}
