package io.envcli.perf.workload;

import io.envcli.perf.Options;
import io.envcli.perf.Run;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Path;

/** {@code perf-tests/run generate}: writes a workload to a file or, with {@code --files}, a folder. */
public final class GenerateCommand implements Run.Command {
    @Override
    public String help() {
        return "writes a workload: --out FILE [--variables 1_000_000] [--profile bulk|realistic] [--seed 1],"
                + " or a folder of realistic files: --out FOLDER --files N --variables PER_FILE [--seed 1]";
    }

    @Override
    public void run(final Run.Context context, final Options options) throws IOException {
        final @Nullable Path out = options.path("out");
        final long variables = options.number("variables", 1_000_000);
        final long seed = options.number("seed", 1);
        final int files = Math.toIntExact(options.number("files", 0));
        final Profile profile = Profile.fromLabel(options.text("profile", Profile.BULK.label()));
        options.requireAllKnown();
        if (out == null) {
            throw new IllegalArgumentException("--out is missing; name the file or folder to write");
        }
        final long start = System.nanoTime();
        final Truth truth = files == 0
                ? new WorkloadGenerator(profile, seed).generate(variables, out)
                : new FolderWorkload(seed, files, Math.toIntExact(variables)).generate(out);
        final double seconds = (System.nanoTime() - start) / 1e9;
        context.out().println(truth);
        context.out().printf("%.2f s, %.0f MB/s%n", seconds, truth.bytes() / seconds / 1e6);
    }
}
