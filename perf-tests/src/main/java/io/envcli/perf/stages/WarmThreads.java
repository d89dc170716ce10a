package io.envcli.perf.stages;

import io.envcli.engine.Durability;
import io.envcli.journal.JournalConfig;
import io.envcli.perf.Folders;
import io.envcli.perf.Results;
import io.envcli.perf.Run;
import io.envcli.perf.pipeline.Proof;
import io.envcli.perf.pipeline.WarmImport;
import io.envcli.perf.workload.WorkloadCache;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Whole imports in this process, class {@code process}, once it is warm: how fast, and what each thread used.
 *
 * @param context  where to print.
 * @param workload to import.
 * @param folder   for stores; emptied again.
 * @param rounds   that count; five come before them.
 */
record WarmThreads(Run.Context context, WorkloadCache.Entry workload, Path folder, int rounds) {
    private static final int WARM_UPS = 5;
    private static final double NANOS = 1e9;

    /** One import that counts. */
    private record Round(WarmImport.Sample sample, Map<String, ThreadCosts.Cost> costs) {}

    /**
     * Measures.
     *
     * @return figures; the threads are those of the middle round.
     * @throws IOException if a folder cannot be emptied.
     */
    Map<String, Object> run() throws IOException {
        final List<Round> counted = new ArrayList<>();
        for (int i = 0; i < WARM_UPS + rounds; i++) {
            Folders.delete(folder);
            final Round round = onThread(this::round);
            if (i >= WARM_UPS) {
                counted.add(round);
            }
        }
        Folders.delete(folder);
        final double[] rates = counted.stream().mapToDouble(round -> variables() * NANOS / round.sample.nanos())
                .toArray();
        counted.sort((a, b) -> Long.compare(a.sample.nanos(), b.sample.nanos()));
        final Map<String, Object> result = new LinkedHashMap<>();
        result.put("variables_per_second", Results.median(rates));
        context.out().printf("%nimport, warm, class process, %d CPUs: %,.0f variables/s%n",
                Runtime.getRuntime().availableProcessors(), Results.median(rates));
        result.put("threads", threads(counted.get(counted.size() / 2)));
        return result;
    }

    private Round round() {
        final ThreadCosts costs = new ThreadCosts();
        final WarmImport.Sample sample = new WarmImport(workload.file(), new Proof(workload.truth())).run(folder,
                Durability.PROCESS, costs);
        return new Round(sample, costs.costs());
    }

    private Map<String, Object> threads(final Round round) {
        final double blocks = (double) round.sample.journalBytes() / JournalConfig.DEFAULT.blockBytes();
        context.out().printf("  %-42s %12s %12s %12s %12s%n", "thread", "user ns", "kernel ns",
                "allocated", "a block");
        final Map<String, Object> rows = new LinkedHashMap<>();
        round.costs.forEach((name, cost) -> {
            final Map<String, Double> row = new LinkedHashMap<>();
            row.put("user_nanos_per_variable", (double) cost.userNs() / variables());
            row.put("kernel_nanos_per_variable", (double) cost.kernelNs() / variables());
            row.put("allocated_bytes_per_variable", (double) cost.allocated() / variables());
            row.put("allocated_bytes_per_block", cost.allocated() / blocks);
            context.out().printf("  %-42s", name);
            row.values().forEach(figure -> context.out().printf(" %12.3f", figure));
            context.out().println();
            rows.put(name, row);
        });
        context.out().printf("  (nanoseconds and bytes a variable; a block is %,d bytes of the journal)%n",
                JournalConfig.DEFAULT.blockBytes());
        return rows;
    }

    private long variables() {
        return workload.truth().variables();
    }

    private static Round onThread(final Callable<Round> work) {
        final FutureTask<Round> task = new FutureTask<>(work);
        final Thread thread = new Thread(task, ThreadCosts.IMPORTER);
        thread.start();
        try {
            return task.get();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted during an import", e);
        } catch (final ExecutionException e) {
            throw new IllegalStateException(String.valueOf(e.getCause()), e);
        }
    }
}
