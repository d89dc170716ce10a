package io.envcli.cli;

import io.envcli.engine.KnownValues;
import io.envcli.engine.StoreReader;
import io.envcli.scan.Baseline;
import io.envcli.scan.ScanReport;
import io.envcli.scan.ScanRequest;
import io.envcli.scan.Scanner;
import io.envcli.scan.Secret;
import io.envcli.scan.SecretSearch;
import picocli.CommandLine.Model.CommandSpec;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The options of a scan that have to do with secrets. */
final class ScanSecrets {
    private static final String SECRETS = "--secrets";
    private static final String STORE_SECRETS = "--store-secrets";
    private static final String BASELINE = "--baseline";
    private static final String WRITE_BASELINE = "--write-baseline";
    private static final String NO_CACHE = "--no-cache";
    private static final String EXIT_CODE = "--exit-code";
    private static final List<String> NEED_A_SEARCH = List.of(BASELINE, WRITE_BASELINE, EXIT_CODE);

    private final Call call;

    ScanSecrets(final Call call) throws CommandException {
        this.call = call;
        for (final String option : NEED_A_SEARCH) {
            if (call.has(option) && !isWanted()) {
                throw call.misuse(option + " has no effect without " + SECRETS + " or " + STORE_SECRETS);
            }
        }
    }

    static void declare(final CommandSpec spec) {
        CommonOptions.flag(spec, SECRETS, "look for keys, tokens and passwords written into any text file");
        CommonOptions.flag(spec, STORE_SECRETS, "look for the values of the store, by fingerprint");
        CommonOptions.value(spec, BASELINE, "FILE", "leave out the secrets that FILE lists");
        CommonOptions.value(spec, WRITE_BASELINE, "FILE", "write FILE, a list of the secrets found");
        CommonOptions.flag(spec, EXIT_CODE, "exit 1 if a secret is found");
        CommonOptions.flag(spec, NO_CACHE, "read every file, whatever the last scan has left in the cache folder");
    }

    private boolean isWanted() {
        return call.has(SECRETS) || call.has(STORE_SECRETS);
    }

    /** {@return whether what was found is to be told by the exit status} */
    boolean isNo(final ScanReport report) {
        return call.has(EXIT_CODE) && !report.secrets().isEmpty();
    }

    /** Scans, and leaves out what the baseline has. */
    ScanReport scan(final ScanRequest request) throws CommandException, IOException {
        final Baseline baseline = baseline(); // first, since it may fail
        final ScanReport found = scanAll(request);
        final List<Secret> secrets = baseline.without(found.secrets());
        return new ScanReport(found.uses(), secrets, found.problems(), found.files(), found.bytes());
    }

    private ScanReport scanAll(final ScanRequest request) throws IOException {
        if (!call.has(STORE_SECRETS)) {
            return new Scanner(call.has(NO_CACHE) ? null : Folders.scanCache(call.shell())).scan(request,
                    new SecretSearch(call.has(SECRETS), null));
        }
        try (StoreReader reader = StoreReader.open(call.readConfig()); KnownValues known = reader.knownValues()) {
            return new Scanner().scan(request, new SecretSearch(call.has(SECRETS), known));
        }
    }

    private Baseline baseline() throws CommandException, IOException {
        final String file = call.value(BASELINE).orElse(null);
        if (file == null) {
            return new Baseline("");
        }
        try {
            return new Baseline(Files.readString(Path.of(file)));
        } catch (final IllegalArgumentException e) {
            throw CommandException.failed(file + ": " + e.getMessage());
        }
    }

    /** Writes the baseline that was asked for: what is left after another, or all. */
    void writeBaseline(final ScanReport report) throws IOException {
        final String file = call.value(WRITE_BASELINE).orElse(null);
        if (file != null) {
            Files.write(Path.of(file), Baseline.of(report.secrets()).getBytes(StandardCharsets.UTF_8));
            call.out().remark("wrote " + file + ": "
                    + Amounts.count(report.secrets().size(), "secret", "secrets") + " to leave out");
        }
    }
}
