package io.envcli.perf.stages;

import io.envcli.journal.JournalConfig;
import io.envcli.journal.JournalWriter;
import io.envcli.offheap.Slab;
import io.envcli.perf.Folders;
import io.envcli.perf.Programs;
import io.envcli.perf.Run;
import io.envcli.perf.Samples;
import io.envcli.perf.workload.WorkloadCache;
import io.envcli.simd.Kernels;
import org.agrona.UnsafeApi;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Each stage by itself, on one thread. The first passes are proved variable by variable and warm the code up; the others are
 * timed, and must give the same hashes.
 *
 * @param context  where to print.
 * @param workload of the profile bulk.
 * @param folder   for journal, index and copies; emptied again.
 * @param rounds   timed passes.
 */
record StageCosts(Run.Context context, WorkloadCache.Entry workload, Path folder, int rounds) {
    private static final int WARM_UPS = 2;
    private static final double NANOS = 1e9;
    private static final Duration WARM_UP_LIMIT = Duration.ofMinutes(2);
    private static final String SEAL = "AES-256-GCM of as many blocks, by itself";
    private static final String CP = "cp of the file";

    /**
     * Measures.
     *
     * @return figures and samples.
     * @throws IOException if something cannot be read or written.
     */
    Map<String, Object> run() throws IOException {
        awaitKernels();
        final Samples samples = new Samples();
        final double variables = workload.truth().assignments();
        try (LoadedText text = LoadedText.of(workload.file()); StagePass pass = new StagePass()) {
            final StageProof proof = new StageProof(workload.truth());
            final long blocks = prove(text, pass, proof);
            for (int i = 1; i < WARM_UPS; i++) {
                timed(text, pass, proof);
            }
            final SealCost seal = new SealCost();
            seal.nanos(blocks, JournalConfig.DEFAULT.blockBytes());
            for (int i = 0; i < rounds; i++) {
                final StageTimes times = timed(text, pass, proof);
                for (final Stage stage : Stage.values()) {
                    samples.add(stage.label(), times.nanos(stage) / variables);
                }
                samples.add(SEAL, seal.nanos(blocks, JournalConfig.DEFAULT.blockBytes()) / variables);
                samples.add(CP, copy() / variables);
            }
        }
        final Map<String, Object> result = report(samples);
        Folders.delete(folder);
        return result;
    }

    private static void awaitKernels() {
        JournalWriter.warmUp();
        try {
            Kernels.awaitWarm(WARM_UP_LIMIT);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while kernels warm up", e);
        }
    }

    private long prove(final LoadedText text, final StagePass pass, final StageProof proof) throws IOException {
        final Path store;
        try (Sinks sinks = sinks()) {
            pass.run(text, sinks, proof);
            proof.requireParsedAndEntered(sinks.index);
            store = sinks.store();
        }
        return proof.requireJournaled(store);
    }

    private StageTimes timed(final LoadedText text, final StagePass pass, final StageProof proof) throws IOException {
        final long[] hashes = new long[1];
        try (Sinks sinks = sinks()) {
            final StageTimes times = pass.run(text, sinks, done -> hashes[0] += nameHashes(done));
            StageProof.require(proof.hashes(), hashes[0], "sum of the names' hashes");
            StageProof.require(workload.truth().variables(), sinks.index.variableCount(), "variables in the index");
            return times;
        }
    }

    private static long nameHashes(final Slab slab) {
        long sum = 0;
        for (int row = 0; row < slab.rowCount(); row++) {
            final long address = slab.table().nameHashAddress(row);
            sum += UnsafeApi.getLong(address) ^ UnsafeApi.getLong(address + Long.BYTES);
        }
        return sum;
    }

    private Sinks sinks() throws IOException {
        return new Sinks(folder.resolve("sinks"), workload.truth().variables() + 1);
    }

    private double copy() throws IOException {
        final Path copy = folder.resolve("copy");
        Files.deleteIfExists(copy);
        return Programs.time(folder, "cp", workload.file().toString(), copy.toString());
    }

    private Map<String, Object> report(final Samples samples) throws IOException {
        final Map<String, Object> stages = new LinkedHashMap<>();
        context.out().printf("%neach stage by itself on one thread, processor time, kernels %s%n", Kernels.describe());
        for (final Stage stage : Stage.values()) {
            tell(stage.label(), samples.median(stage.label()));
            stages.put(stage.label(), samples.median(stage.label()));
        }
        tell(SEAL, samples.median(SEAL));
        stages.put(SEAL, samples.median(SEAL));
        final Map<String, Object> result = new LinkedHashMap<>();
        result.put("parse_cp_ratio", samples.ratio(Stage.PARSE.label(), CP));
        result.put("parse_variables_per_second", NANOS / samples.median(Stage.PARSE.label()));
        result.put("blake3_inputs_per_second", NANOS / samples.median(Stage.FINGERPRINT.label()));
        result.put("blake3_scalar_ratio",
                samples.ratio(Stage.FINGERPRINT_SCALAR.label(), Stage.FINGERPRINT.label()));
        context.out().printf("  parse is %.2f times cp of the file (%.1f ns a variable, whole process)%n",
                samples.ratio(Stage.PARSE.label(), CP), samples.median(CP));
        context.out().printf("  BLAKE3 of values: %,.0f inputs/s, %.1f times as fast as its scalar twin%n",
                NANOS / samples.median(Stage.FINGERPRINT.label()),
                samples.ratio(Stage.FINGERPRINT_SCALAR.label(), Stage.FINGERPRINT.label()));
        result.put("b3sum_bytes_per_second", new B3sum(context, folder).bytesPerSecond(workload.file(), rounds));
        context.out().printf("  proven: %,d variables parsed, hashed, journaled and entered as they were generated%n",
                workload.truth().variables());
        result.put("stage_nanos_per_variable", stages);
        result.put("samples", samples.toJson());
        return result;
    }

    private void tell(final String what, final double nanos) {
        context.out().printf("  %-40s %8.1f ns a variable  %,14.0f/s%n", what, nanos, NANOS / nanos);
    }
}
