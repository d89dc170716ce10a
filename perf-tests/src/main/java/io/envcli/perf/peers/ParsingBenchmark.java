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
 * Parsers, one after the other in each round, each on one thread and with the text in memory. Peers get a smaller file than
 * ours does: rates are of variables a second.
 *
 * @param context  where the checkout is, and where to print.
 * @param own      file that our parser reads.
 * @param peers    file that the peers read.
 */
record ParsingBenchmark(Run.Context context, WorkloadCache.Entry own, WorkloadCache.Entry peers) {
    /** The name of our parser among the samples. */
    static final String OWN = "env-cli";

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
        try (OwnParser parser = new OwnParser(own.file(), own.truth())) {
            for (int i = 0; i < rounds; i++) {
                final Answer answer = parser.parse();
                rates.add(OWN, answer.rate());
                found.put(OWN, answer.variables());
                for (final ParsingPeer peer : ParsingPeer.all(context.root())) {
                    if (!skipped.contains(peer) && !added(peer, rates, found)) {
                        skipped.add(peer);
                    }
                }
            }
        }
        return report(rates, found);
    }

    /** False if it is absent or fails, which is told. */
    private boolean added(final ParsingPeer peer, final Samples rates, final Map<String, Long> found) {
        try {
            final Answer answer = peer.parse(peers.file());
            rates.add(peer.name(), answer.rate());
            found.put(peer.name(), answer.variables());
            return true;
        } catch (final IOException | IllegalStateException e) {
            context.out().printf("%s: skipped: %s%n", peer.name(),
                    String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
            return false;
        }
    }

    private Map<String, Object> report(final Samples rates, final Map<String, Long> found) {
        context.out().printf("parsing in memory, one thread; ours %,d variables, peers %,d%n",
                own.truth().variables(), peers.truth().variables());
        final Map<String, Object> result = new LinkedHashMap<>();
        found.forEach((name, variables) -> {
            final long there = name.equals(OWN) ? own.truth().variables() : peers.truth().variables();
            final double rate = rates.median(name);
            final double ratio = rates.median(OWN) / rate;
            context.out().printf("  %-22s %,14.0f variables/s  %8.1f times as long as ours   %s%n", name, rate, ratio,
                    variables == there ? "found all" : "found %,d of %,d".formatted(variables, there));
            final Map<String, Object> row = new LinkedHashMap<>();
            row.put("variables_per_second", rate);
            row.put("times_ours", ratio);
            row.put("found", variables);
            row.put("of", there);
            result.put(name, row);
        });
        result.put("samples", rates.toJson());
        return result;
    }
}
