package io.envcli.perf.pipeline;

import io.envcli.engine.StoreConfig;
import io.envcli.engine.StoreReader;
import io.envcli.perf.Programs;
import io.envcli.perf.Results;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An import by the command line in a process of its own, as a person meets it: launcher, JVM start and warm-up included.
 * The file is in the page cache.
 *
 * @param root  of the checkout.
 * @param file  to import.
 * @param proof of the import.
 */
record ColdImport(Path root, Path file, Proof proof) {
    /** The process's peak is kept by the kernel, so that only growth within the last interval can be missed. */
    private static final long POLL_MILLIS = 5;
    private static final Pattern PEAK = Pattern.compile("VmHWM:\\s+(\\d+) kB");

    /**
     * Has the launcher do what it does once for each build.
     *
     * @param folder to run in.
     * @throws IOException if the command line cannot be started, or fails.
     */
    void prepare(final Path folder) throws IOException {
        Programs.time(folder, root.resolve("bin/env-cli").toString(), "--version");
    }

    /**
     * One import.
     *
     * @param nanos        from start to end of the process.
     * @param peakRssBytes its highest resident set, mapped files included; 0 where there is no {@code /proc}.
     */
    record Sample(long nanos, long peakRssBytes) {}

    /**
     * Imports, and proves it.
     *
     * @param folder for store, key and output.
     * @return the figures.
     * @throws IOException if the command line cannot be started, or fails.
     */
    Sample run(final Path folder) throws IOException {
        final Path store = folder.resolve("store");
        final Path key = folder.resolve("key");
        final List<String> command = List.of(root.resolve("bin/env-cli").toString(), "import", "--store",
                store.toString(), "--key-file", key.toString(), "--env", Proof.ENVIRONMENT, "--durability", "process",
                "--json", file.toString());
        final Path out = folder.resolve("out");
        final Path err = folder.resolve("err");
        final long start = System.nanoTime();
        final Process process = new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile())
                .start();
        final long peak = peakUntilEnd(process);
        final long nanos = System.nanoTime() - start;
        Programs.requireSuccess(command, process.exitValue(), Files.readString(err));
        prove(out, store, key);
        return new Sample(nanos, peak);
    }

    private static long peakUntilEnd(final Process process) throws IOException {
        // The launcher becomes the JVM by exec, so that this is the JVM's own status, and its peak starts anew there.
        final Path status = Path.of("/proc", Long.toString(process.pid()), "status");
        long peak = 0;
        try {
            do {
                peak = Math.max(peak, peakBytes(status));
            } while (!process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS));
        } catch (final InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted during an import", e);
        }
        return peak;
    }

    /** 0 once the process is gone. */
    private static long peakBytes(final Path status) {
        try {
            final Matcher peak = PEAK.matcher(Files.readString(status));
            return peak.find() ? Long.parseLong(peak.group(1)) * 1024 : 0;
        } catch (final IOException e) {
            return 0;
        }
    }

    private void prove(final Path json, final Path store, final Path key) throws IOException {
        final Map<String, Object> report = Results.read(json);
        proof.requireCounts((long) Results.number(report, "variables"), (long) Results.number(report, "rejected"));
        final StoreConfig config = StoreConfig.builder().directory(store).keyFile(key).create(false).build();
        try (StoreReader reader = StoreReader.open(config)) {
            proof.requireValues(reader);
        }
    }
}
