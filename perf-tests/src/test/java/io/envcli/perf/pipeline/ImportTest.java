package io.envcli.perf.pipeline;

import io.envcli.engine.Durability;
import io.envcli.offheap.testing.LeakCheck;
import io.envcli.perf.workload.Profile;
import io.envcli.perf.workload.Truth;
import io.envcli.perf.workload.WorkloadGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The measured imports really import, and an import that did not would be found out. */
@ExtendWith(LeakCheck.class)
class ImportTest {
    private static final int COUNT = 3_000;

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(Profile.class)
    void importsAndProves(final Profile profile) throws IOException {
        final Path file = folder.resolve("workload.env");
        final Truth truth = new WorkloadGenerator(profile, 5).generate(COUNT, file);
        final WarmImport.Sample sample = new WarmImport(file, new Proof(truth)).run(folder, Durability.PROCESS);
        assertTrue(sample.nanos() > 0 && sample.journalBytes() > truth.bytes() / 4 && sample.viewBytes() > COUNT);
    }

    @Test
    void findsOutAWrongImport() throws IOException {
        final Path file = folder.resolve("workload.env");
        final Truth truth = new WorkloadGenerator(Profile.BULK, 5).generate(COUNT, file);
        final Truth otherSeed = new Truth(truth.profile(), 6, truth.variables(), truth.assignments(), truth.lines(),
                truth.bytes(), truth.crc32c(), truth.checksum());
        assertThrows(IllegalStateException.class,
                () -> new WarmImport(file, new Proof(otherSeed)).run(folder, Durability.PROCESS));
        final Truth more = new Truth(truth.profile(), 5, COUNT + 1, truth.assignments(), truth.lines(), truth.bytes(),
                truth.crc32c(), truth.checksum());
        assertThrows(IllegalStateException.class,
                () -> new WarmImport(file, new Proof(more)).run(folder.resolve("2"), Durability.PROCESS));
    }

    @Test
    void figuresAreMediansAndRatiosWithinARound() {
        final ImportSamples samples = new ImportSamples(
                new Truth(Profile.BULK, 1, 1_000, 1_000, 1_000, 67_000, 0, 0));
        for (final double round : new double[]{1, 2, 9}) {
            samples.add(ImportSamples.COLD_SECONDS, round);
            samples.add(ImportSamples.PEAK_RSS_BYTES, 1e8);
            samples.add(ImportSamples.WARM_SECONDS, round);
            samples.add(ImportSamples.CP_SECONDS, round / 4);
            samples.add(ImportSamples.POWER_SECONDS, 10);
            samples.add(ImportSamples.DD_SECONDS, 5);
            samples.add(ImportSamples.JOURNAL_BYTES, 67_000);
            samples.add(ImportSamples.VIEW_BYTES, 64_000);
        }
        final Map<String, Object> json = samples.toJson();
        assertEquals(List.of("variables", "bytes", "warm_variables_per_second", "warm_cp_ratio",
                "power_variables_per_second", "power_dd_ratio", "cold_seconds", "peak_rss_bytes",
                "journal_bytes_per_source_byte", "view_bytes_per_variable", "workload", "samples"),
                List.copyOf(json.keySet()));
        assertEquals(500.0, json.get("warm_variables_per_second"));
        assertEquals(4.0, json.get("warm_cp_ratio"));
        assertEquals(2.0, json.get("power_dd_ratio"));
        assertEquals(100_000_000L, json.get("peak_rss_bytes"));
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        samples.print(new PrintStream(out, true, StandardCharsets.UTF_8));
        assertTrue(out.toString(StandardCharsets.UTF_8).contains("view_bytes_per_variable"));
    }
}
