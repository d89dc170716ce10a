package io.envcli.perf.peers;

import io.envcli.perf.Run;
import io.envcli.perf.Samples;
import io.envcli.perf.workload.WorkloadCache;

import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Parsers, one after the other in each round, each on one thread and with the text of the same file in memory.
 *
 * @param context  where the checkout is, and where to print.
 * @param workload that all parse.
 */
record ParsingBenchmark(Run.Context context, WorkloadCache.Entry workload) {
    /** The name of our parser through the embedded API, among the figures: what peers are compared with. */
    static final String OWN = "env-cli";
    /** The same, into rows alone. */
    static final String ROWS = "env-cli, rows alone";

    /**
     * Measures.
     *
     * @param rounds of each.
     * @return figures by peer, ours first.
     * @throws IOException if the file cannot be read.
     */
    Map<String, Object> run(final int rounds) throws IOException {
        final Samples rates = new Samples();
        final Map<String, Long> found = new LinkedHashMap<>();
        final Set<ParsingPeer> skipped = new HashSet<>();
        try (OwnParser parser = new OwnParser(workload.file(), workload.truth())) {
            for (int i = 0; i < rounds; i++) {
                add(OWN, parser.parse(), rates, found);
                add(ROWS, parser.parseRows(), rates, found);
                for (final ParsingPeer peer : ParsingPeer.all(context.root())) {
                    if (!skipped.contains(peer) && !added(peer, rates, found)) {
                        skipped.add(peer);
                    }
                }
            }
        }
        return report(rates, found);
    }

    private static void add(final String name, final Answer answer, final Samples rates,
            final Map<String, Long> found) {
        rates.add(name, answer.rate());
        found.put(name, answer.variables());
    }

    /** False if it is absent or fails, which is told. */
    private boolean added(final ParsingPeer peer, final Samples rates, final Map<String, Long> found) {
        try {
            add(peer.name(), peer.parse(workload.file()), rates, found);
            return true;
        } catch (final IOException | IllegalStateException e) {
            context.out().printf("%s: skipped: %s%n", peer.name(),
                    String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
            return false;
        }
    }

    private Map<String, Object> report(final Samples rates, final Map<String, Long> found) {
        final long there = workload.truth().variables();
        context.out().printf("parsing %,d variables in memory, one thread%n", there);
        final Map<String, Object> result = new LinkedHashMap<>();
        found.forEach((name, variables) -> {
            final double rate = rates.median(name);
            final double ratio = rates.median(OWN) / rate;
            context.out().printf("  %-22s %,14.0f variables/s  %8.2f times as long as ours   %s%n", name, rate, ratio,
                    variables == there ? "found all" : "found %,d of %,d".formatted(variables, there));
            final Map<String, Object> row = new LinkedHashMap<>();
            row.put("variables_per_second", rate);
            row.put("times_ours", ratio);
            row.put("found", variables);
            result.put(name, row);
        });
        result.put("samples", rates.toJson());
        return result;
    }
}
