package io.envcli.cli;

import io.envcli.engine.Drift;
import io.envcli.engine.ImportOptions;
import io.envcli.engine.ImportReport;
import io.envcli.engine.ImportRequest;
import io.envcli.engine.Store;
import io.envcli.engine.StoreConfig;
import io.envcli.engine.StoreReader;
import io.envcli.engine.StoreStatus;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Takes dotenv files and folders into the store. */
final class ImportCommand implements Command {
    private static final String STDIN = "-";
    /** With fewer, none is the odd one out. */
    private static final int FEWEST_ENVIRONMENTS = 3;
    /** Comparing more takes longer than importing them, and more memory. */
    private static final long MOST_VARIABLES = 1_000_000;

    private static final String DRY_RUN = "--dry-run";
    private static final String STRICT = "--strict";
    private static final String PRUNE = "--prune";
    private static final String EXCLUDE = "--exclude";

    @Override
    public Manual manual() {
        return new Manual("PATH...", """
                env-cli import .
                env -0 | env-cli import - --dialect environ --env laptop
                """, """
                Takes dotenv files into the store, all of them or none: one import is one version. In a folder it takes
                every file below named .env, .env.*, .env-*, .env_* or *.env, but enters no .git, node_modules or
                linked folder; a file named outright is always taken; - is stdin. The environment is the path from the
                folder given plus what follows .env or stands before it: services/api/.env.staging goes into
                services/api/staging, a .env at the top into default; --env overrides that. It sets what the files have
                and leaves the rest as it is. Exits 1 if a line was rejected, or something in a folder skipped: a pipe,
                or a link that leads nowhere or out of the folder; the rest is in the store. --exclude may be repeated.
                """);
    }

    @Override
    public void declare(final CommandSpec spec) {
        CommonOptions.declareStore(spec);
        CommonOptions.value(spec, CommonOptions.ENV, "NAME",
                "put everything into this environment (default: by file name)");
        Dialects.declare(spec);
        spec.addOption(OptionSpec.builder(EXCLUDE).type(List.class).auxiliaryTypes(String.class).arity("1")
                .paramLabel("GLOB").description("leave out files and folders of that name, or, with a /, of that path")
                .build());
        CommonOptions.flag(spec, DRY_RUN, "say what would change, and change nothing");
        CommonOptions.flag(spec, STRICT, "import nothing if a line is rejected or a file skipped");
        CommonOptions.flag(spec, PRUNE,
                "unset what the files lack, in each environment that they give a variable to; implies --strict");
        CommonOptions.declareWriter(spec, "print only rejects and errors; the summary with --json");
    }

    @Override
    public ExitStatus run(final Call call) throws CommandException, IOException {
        final ImportRequest request = request(call);
        final StoreConfig config = call.writeConfig(request.expectedBytes());
        final ImportOptions options = new ImportOptions(call.has(STRICT), call.has(PRUNE));
        if (call.has(DRY_RUN)) {
            return ImportDryRun.run(call, request, options);
        }
        if (Files.notExists(config.directory())) {
            request.check(); // Else a slip of the finger would leave an empty store behind.
        }
        final ProgressLine progress = new ProgressLine(call.out(), "importing");
        final ImportReport report;
        final Optional<List<Drift>> drift;
        try (Interruption interruption = Interruption.watch(call.out(), "imported");
                Store store = Waiting.open(call, config)) {
            report = store.importFrom(request, options, progress);
            interruption.over(report.version());
            if (report.version() == 0) {
                drift = Optional.of(List.of());
            } else {
                call.out().changeMade();
                drift = drift(store);
            }
        } finally {
            progress.finish();
        }
        final ImportSummary summary = new ImportSummary(report, drift, config.directory());
        summary.printDiagnostics(call.out());
        if (call.json()) {
            summary.printJson(call.out());
        } else if (report.version() == 0) {
            call.out().error("nothing was imported: " + (report.rejected() == 0
                    ? Amounts.count(report.skipped().size(), "file was", "files were") + " skipped, and "
                    : Amounts.count(report.rejected(), "line was", "lines were") + " rejected, and ")
                    + (call.has(PRUNE) ? PRUNE : STRICT) + " takes all or none");
        } else if (!call.out().isQuiet()) {
            summary.print(call.out());
        }
        return report.complete() ? ExitStatus.DONE : ExitStatus.NO;
    }

    /** Empty if there are too many variables to compare. */
    private static Optional<List<Drift>> drift(final Store store) {
        try (StoreReader reader = store.reader()) {
            final StoreStatus status = reader.status();
            if (status.environments() < FEWEST_ENVIRONMENTS) {
                return Optional.of(List.of());
            }
            return status.variables() > MOST_VARIABLES ? Optional.empty()
                    : Optional.of(reader.drift(ImportSummary.MAX_DRIFT));
        }
    }

    private static ImportRequest request(final Call call) throws CommandException {
        if (call.arguments().isEmpty()) {
            throw call.misuse("PATH is missing: a file, a folder, or - for stdin");
        }
        final String environment = call.value(CommonOptions.ENV).orElse(null);
        if (!call.arguments().contains(STDIN)) {
            final List<Path> paths = new ArrayList<>();
            for (final String path : call.arguments()) {
                paths.add(Path.of(path));
            }
            return new ImportRequest(paths, null, Dialects.of(call), environment, excluded(call));
        }
        if (call.arguments().size() > 1) {
            throw call.misuse("- (stdin) cannot be mixed with files");
        }
        if (!excluded(call).isEmpty()) {
            throw call.misuse(EXCLUDE + " leaves out files below folders, and - (stdin) has none; omit " + EXCLUDE);
        }
        return new ImportRequest(List.of(), call.shell().stdin(), Dialects.of(call), environment);
    }

    private static List<String> excluded(final Call call) throws CommandException {
        final List<String> globs = call.options().matchedOptionValue(EXCLUDE, List.of());
        if (globs.contains("")) {
            throw call.misuse("the value of " + EXCLUDE + " is empty");
        }
        return globs;
    }
}
