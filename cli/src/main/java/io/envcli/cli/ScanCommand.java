package io.envcli.cli;

import io.envcli.engine.StoreException;
import io.envcli.engine.StoreReader;
import io.envcli.engine.dialect.Diagnostics;
import io.envcli.engine.dialect.Dialect;
import io.envcli.engine.dialect.TextParser;
import io.envcli.scan.Comparison;
import io.envcli.scan.ExampleFile;
import io.envcli.scan.ScanReport;
import io.envcli.scan.ScanRequest;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Finds which environment variables the code below some folders reads and defines. */
final class ScanCommand implements Command {
    private static final String NO_IGNORE = "--no-ignore";
    private static final String HIDDEN = "--hidden";
    private static final String FOLLOW = "--follow";
    private static final String GLOB = "--glob";
    private static final String TYPE = "--type";
    private static final String AGAINST = "--against";
    private static final String SARIF = "--sarif";
    private static final String WRITE_EXAMPLE = "--write-example";
    private static final String EXAMPLE = ".env.example";

    @Override
    public Manual manual() {
        return new Manual("PATH...", """
                env-cli scan src --type js --type ts
                env-cli scan . --against services/api/production
                """, """
                Lists which environment variables the code reads and defines: where, by which pattern, and with which
                default. Reads whose name is made at run time are listed as unknown. Takes files as ripgrep does:
                what .gitignore, .ignore and .git/info/exclude name, and hidden and binary files, are left out, but
                for .env files and .github. Needs no store, unless --against names one of its environments; then it
                exits 1 if something that the code requires is not set. No secret is ever shown, only where it
                stands; a line with env-cli:allow in it is allowed to have one.
                """);
    }

    @Override
    public void declare(final CommandSpec spec) {
        CommonOptions.declareStore(spec);
        CommonOptions.value(spec, AGAINST, "ENV|FILE", "compare with an environment of the store, or a dotenv file");
        CommonOptions.flag(spec, SARIF, "print SARIF 2.1.0, for code hosts and editors");
        ScanSecrets.declare(spec);
        CommonOptions.flag(spec, WRITE_EXAMPLE,
                "write a .env.example into the folder PATH; never over one that is there");
        repeated(spec, TYPE, "TYPE", "only files of this type, such as js or py; may be repeated");
        repeated(spec, GLOB, "GLOB", "only files that this matches, or with ! before it none; may be repeated");
        CommonOptions.flag(spec, NO_IGNORE, "take what ignore files leave out, too");
        CommonOptions.flag(spec, HIDDEN, "take hidden files and folders, too");
        CommonOptions.flag(spec, FOLLOW, "follow symbolic links");
    }

    private static void repeated(final CommandSpec spec, final String name, final String label,
            final String description) {
        spec.addOption(OptionSpec.builder(name).type(List.class).auxiliaryTypes(String.class).arity("1")
                .paramLabel(label).description(description).build());
    }

    @Override
    public ExitStatus run(final Call call) throws CommandException, IOException {
        final ScanRequest request = request(call);
        final ScanSecrets secrets = new ScanSecrets(call);
        final Path example = call.has(WRITE_EXAMPLE) ? example(call) : null;
        final Set<String> set = call.has(AGAINST) ? set(call) : null; // first, since it may fail
        final ScanReport report = scan(call, secrets, request);
        final Comparison comparison = set == null ? null : Comparison.of(report.uses(), set);
        if (example != null) {
            write(example, report);
        }
        secrets.writeBaseline(report);
        if (call.has(SARIF)) {
            ScanSarif.write(call.out(), report, comparison);
        } else if (call.json()) {
            ScanJson.write(call.out(), report, comparison);
        } else {
            print(call.out(), report, comparison, example);
        }
        final boolean isMissing = comparison != null && !comparison.missing().isEmpty();
        return isMissing || secrets.isNo(report) ? ExitStatus.NO : ExitStatus.DONE;
    }

    private static ScanRequest request(final Call call) throws CommandException {
        if (call.arguments().isEmpty()) {
            throw call.misuse("PATH is missing: a file or a folder");
        }
        if (call.has(SARIF) && call.json()) {
            throw call.misuse(SARIF + " and --json are two forms of the result: choose one");
        }
        final List<Path> paths = call.arguments().stream().map(Path::of).toList();
        return new ScanRequest(paths, Path.of(""), !call.has(NO_IGNORE), call.has(HIDDEN), call.has(FOLLOW),
                list(call, GLOB), list(call, TYPE), Runtime.getRuntime().availableProcessors());
    }

    private static List<String> list(final Call call, final String option) {
        return call.options().matchedOptionValue(option, List.of());
    }

    private static ScanReport scan(final Call call, final ScanSecrets secrets, final ScanRequest request)
            throws CommandException, IOException {
        try {
            return secrets.scan(request);
        } catch (final IllegalArgumentException e) {
            throw call.misuse(String.valueOf(e.getMessage()));
        }
    }

    /** Refused before the scan: it may take a while. */
    private static Path example(final Call call) throws CommandException, IOException {
        final Path folder = Path.of(call.onlyArgument("PATH"));
        if (Files.isRegularFile(folder)) {
            throw call.misuse(WRITE_EXAMPLE + " needs a folder as PATH, and " + folder + " is a file");
        }
        final Path file = folder.resolve(EXAMPLE).normalize();
        if (Files.exists(file)) {
            throw alreadyThere(file);
        }
        return file;
    }

    private static CommandException alreadyThere(final Path file) {
        return CommandException.failed(file + ": is there already, and nothing was written; move it away first");
    }

    private static void write(final Path file, final ScanReport report) throws CommandException, IOException {
        try {
            Files.write(file, ExampleFile.of(report.uses()).getBytes(StandardCharsets.UTF_8),
                    StandardOpenOption.CREATE_NEW);
        } catch (final FileAlreadyExistsException e) {
            throw alreadyThere(file);
        }
    }

    /** The names in a dotenv file, if there is one of that name, else in an environment of the store. */
    private static Set<String> set(final Call call) throws CommandException, IOException {
        final String against = call.value(AGAINST).orElseThrow();
        final Set<String> names = new LinkedHashSet<>();
        if (Files.isRegularFile(Path.of(against))) {
            try (TextParser parser = new TextParser(Dialect.DOTENV)) {
                parser.parse(Path.of(against), new Diagnostics(1),
                        (buffer, nameOffset, nameLength, valueOffset, valueLength, line) -> {
                            final byte[] name = new byte[nameLength];
                            buffer.getBytes(nameOffset, name);
                            names.add(Printable.decode(name));
                        });
            }
            return names;
        }
        try (StoreReader reader = StoreReader.open(call.readConfig())) {
            reader.list(against).forEach(variable -> names.add(variable.name()));
            if (names.isEmpty()) {
                // Not a no: whoever misspells a name must not take it for one.
                throw CommandException.failed(Variables.noEnvironment(reader.environments(), against).text()
                        + "; there is no file of that name either");
            }
        } catch (final StoreException e) {
            if (e.kind() != StoreException.Kind.NOT_A_STORE) {
                throw e;
            }
            throw CommandException
                    .failed(against + ": no such file; as the name of an environment it needs a store, and "
                            + e.getMessage());
        }
        return names;
    }

    private static void print(final Output out, final ScanReport report, final @Nullable Comparison comparison,
            final @Nullable Path example) {
        if (comparison != null) {
            ScanTable.print(out, comparison);
        } else if (example == null) {
            ScanTable.print(out, report.uses());
        }
        ScanTable.printSecrets(out, report.secrets());
        out.resultDone();
        for (final ScanReport.Problem problem : report.problems()) {
            out.remark(Output.Paint.YELLOW, "warning:", problem.file() + ": " + problem.reason());
        }
        out.remark(ScanTable.summary(report) + (example == null ? "" : "; wrote " + example));
    }
}
