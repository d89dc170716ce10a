package io.envcli.perf.scan;

import io.envcli.perf.Folders;
import io.envcli.perf.Machine;
import io.envcli.perf.Options;
import io.envcli.perf.Programs;
import io.envcli.perf.Results;
import io.envcli.perf.Run;
import io.envcli.perf.Samples;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code perf-tests/run scan}: scans of a source tree as whole processes, beside rg and git grep. */
public final class ScanCommand implements Run.Command {
    private static final String SCAN = "env-cli scan";
    private static final String AGAIN = SCAN + " again";
    private static final String MEGABYTES = " MB";
    private static final String RG = "rg";
    private static final String GIT_GREP = "git grep";
    private static final String CPU = " cpu";
    private static final int MAX_FILES = 1_000_000;

    @Override
    public String help() {
        return "scans of a source tree beside rg and git grep: [--json FILE] [--files 100_000] [--rounds 5] [--seed 1]"
                + " [--dir FOLDER]";
    }

    @Override
    public void run(final Run.Context context, final Options options) throws IOException {
        final @Nullable Path json = options.path("json");
        final @Nullable Path dir = options.path("dir");
        final int files = Math.toIntExact(options.number("files", 100_000));
        final int rounds = Math.toIntExact(options.number("rounds", 5));
        final long seed = options.number("seed", 1);
        options.requireAllKnown();
        if (rounds < 1 || files < 1 || files > MAX_FILES) {
            throw new IllegalArgumentException(
                    "--rounds=" + rounds + " must be at least 1, --files=" + files + " 1 to " + MAX_FILES);
        }
        final Path folder = (dir == null ? context.workFolder() : dir).toAbsolutePath().resolve("scan");
        Folders.delete(folder);
        final Path tree = folder.resolve("tree");
        final SourceTree.Truth truth = new SourceTree(seed, files).generate(tree);
        context.out().printf("seed %d; %,d files, %,d bytes, %,d lines that read a variable%n", seed, files,
                truth.bytes(), truth.reads());
        final List<Search> searches = searches(context, tree);
        final Samples samples = measure(searches, tree, folder, rounds, truth);
        Folders.delete(folder);
        final Map<String, Object> figures = figures(searches, samples, files, truth);
        print(context, searches, samples, rounds);
        if (json != null) {
            figures.put("samples", samples.toJson());
            figures.put("environment", Machine.describe(context.root()));
            Results.write(json, figures);
        }
    }

    /** Ours, and the others that are installed; git searches what it tracks. */
    private static List<Search> searches(final Run.Context context, final Path tree) throws IOException {
        final List<Search> searches = new ArrayList<>();
        final String own = context.root().resolve("bin/env-cli").toString();
        searches.add(new Search(SCAN, List.of(own, "scan", "--quiet", "--no-cache", ".")));
        final String cache = "XDG_CACHE_HOME=" + tree.resolveSibling("cache");
        searches.add(new Search(AGAIN, List.of("env", cache, own, "scan", "--quiet", ".")));
        searches.add(new Search(SCAN + " --secrets", List.of(own, "scan", "--quiet", "--secrets", "--no-cache", ".")));
        final List<String> patterns = SourceTree.LITERALS.stream().flatMap(literal -> List.of("-e", literal).stream())
                .toList();
        if (isThere(context, tree, RG)) {
            searches.add(search(RG, List.of("rg", "-j2", "-n", "-F"), patterns, "."));
        }
        if (isThere(context, tree, "git")) {
            Programs.output(tree, "git", "init", "-q");
            Programs.output(tree, "git", "-c", "core.compression=0", "-c", "gc.auto=0", "add", ".");
            searches.add(search(GIT_GREP, List.of("git", "grep", "-n", "-F", "--threads", "2"), patterns, "."));
        }
        return searches;
    }

    private static Search search(final String name, final List<String> program, final List<String> patterns,
            final String path) {
        final List<String> command = new ArrayList<>(program);
        command.addAll(patterns);
        command.add(path);
        return new Search(name, command);
    }

    private static boolean isThere(final Run.Context context, final Path tree, final String program) {
        try {
            Programs.output(tree, program, "--version");
            return true;
        } catch (final IOException e) {
            context.out().println(program + ": skipped: it is not installed");
            return false;
        }
    }

    /**
     * One round before those that count: the launcher prepares a faster start, files come into the page cache, and the
     * second scan leaves results for those that count.
     */
    private static Samples measure(final List<Search> searches, final Path tree, final Path work, final int rounds,
            final SourceTree.Truth truth) throws IOException {
        final Samples samples = new Samples();
        for (int round = -1; round < rounds; round++) {
            for (final Search search : searches) {
                final Search.Run run = search.run(tree, work);
                if (run.lines() != truth.reads()) {
                    throw new IllegalStateException(search.name() + " printed " + run.lines() + " lines, but "
                            + truth.reads() + " were generated");
                }
                if (round >= 0) {
                    samples.add(search.name(), run.wallSeconds());
                    samples.add(search.name() + CPU, run.cpuSeconds());
                    samples.add(search.name() + MEGABYTES, run.megabytes());
                }
            }
        }
        return samples;
    }

    private static Map<String, Object> figures(final List<Search> searches, final Samples samples, final int files,
            final SourceTree.Truth truth) {
        final Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("files", files);
        figures.put("bytes", truth.bytes());
        figures.put("reads", truth.reads());
        figures.put("scan_seconds", samples.median(SCAN));
        figures.put("scan_cpu_seconds", samples.median(SCAN + CPU));
        figures.put("scan_megabytes", samples.median(SCAN + MEGABYTES));
        for (final Search search : searches.subList(1, searches.size())) {
            final String key = search.name().replaceAll("\\W+", "_");
            figures.put(key + "_seconds", samples.median(search.name()));
            figures.put(key + "_cpu_seconds", samples.median(search.name() + CPU));
            figures.put(key + "_megabytes", samples.median(search.name() + MEGABYTES));
            figures.put("scan_by_" + key, samples.ratio(SCAN, search.name()));
            figures.put("scan_by_" + key + "_cpu", samples.ratio(SCAN + CPU, search.name() + CPU));
        }
        return figures;
    }

    private static void print(final Run.Context context, final List<Search> searches, final Samples samples,
            final int rounds) {
        final String baseline = samples.has(RG) ? RG : SCAN;
        context.out().printf("%-22s %10s %10s %12s %12s %6s   median of %d whole processes, run in turn%n", "",
                "seconds", "cpu", "times " + baseline, "cpu", "MB", rounds);
        for (final Search search : searches) {
            context.out().printf("%-22s %10.2f %10.2f %12.2f %12.2f %6.0f%n", search.name(),
                    samples.median(search.name()),
                    samples.median(search.name() + CPU), samples.ratio(search.name(), baseline),
                    samples.ratio(search.name() + CPU, baseline + CPU), samples.median(search.name() + MEGABYTES));
        }
        context.out().println("proven: each has printed as many lines as read a variable");
    }
}
