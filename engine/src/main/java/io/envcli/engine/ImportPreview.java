package io.envcli.engine;

import io.envcli.engine.ImportReport.SourceReport;
import io.envcli.engine.dialect.Diagnostics;
import io.envcli.engine.dialect.TextParser;
import io.envcli.engine.dialect.VariableVisitor;
import io.envcli.engine.internal.files.EnvironmentNames;
import io.envcli.engine.internal.files.FileFinder;
import io.envcli.engine.internal.files.SourceFile;
import io.envcli.engine.internal.files.Templates;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What an import would do. It reads the sources and compares them with the store; it takes no lock and writes nothing. All
 * values read are in memory meanwhile.
 *
 * @param report  as the import would give it, at version 0; what only writing tells is 0.
 * @param changes what would change, by environment and name; empty if the import would be refused.
 */
public record ImportPreview(ImportReport report, List<Change> changes) {
    private static final int DETAILS_KEPT = 1_000;

    /** Copies the list. */
    public ImportPreview {
        changes = List.copyOf(changes);
    }

    /** What would become of a variable. */
    public enum Kind {
        /** It has no value yet. */
        NEW,
        /** It has another value. */
        CHANGED,
        /** The sources lack it. */
        UNSET
    }

    /**
     * One variable that would change.
     *
     * @param kind        how.
     * @param environment it is in.
     * @param name        of it.
     */
    public record Change(Kind kind, String environment, String name) {}

    /**
     * Looks ahead.
     *
     * @param reader  of the store, at its newest version; null if there is none yet. Borrowed.
     * @param request what would be imported; its stream is read.
     * @param options how.
     * @return what would happen.
     * @throws StoreException if something cannot be read.
     */
    public static ImportPreview of(final @Nullable StoreReader reader, final ImportRequest request,
            final ImportOptions options) {
        final long start = System.nanoTime();
        final Sources sources = new Sources(request);
        try {
            sources.read();
            final List<Change> changes = new ArrayList<>();
            long unchanged = 0;
            if (!options.refusesRejects() || (sources.rejected == 0 && sources.skipped.isEmpty())) {
                for (final Map.Entry<String, TreeMap<String, byte[]>> entry : sources.environments.entrySet()) {
                    unchanged += compare(reader, entry.getKey(), entry.getValue(), options, changes);
                }
            }
            return new ImportPreview(sources.report(unchanged, changes, System.nanoTime() - start), changes);
        } finally {
            sources.wipe();
        }
    }

    /** Finds the changes in an environment, and how many variables stay as they are. */
    private static long compare(final @Nullable StoreReader reader, final String environment,
            final Map<String, byte[]> given, final ImportOptions options, final List<Change> changes) {
        final Map<String, Kind> kinds = new TreeMap<>();
        given.keySet().forEach(name -> kinds.put(name, Kind.NEW));
        if (reader != null) {
            reader.forEach(environment, variable -> {
                final byte[] value = given.get(variable.name());
                if (value != null && Arrays.equals(value, variable.valueBytes())) {
                    kinds.remove(variable.name());
                } else if (value != null) {
                    kinds.put(variable.name(), Kind.CHANGED);
                } else if (options.prune()) {
                    kinds.put(variable.name(), Kind.UNSET);
                }
                variable.wipe();
            });
        }
        kinds.forEach((name, kind) -> changes.add(new Change(kind, environment, name)));
        return given.size() - kinds.values().stream().filter(kind -> kind != Kind.UNSET).count();
    }

    /** The variables of a request, the last of equal names. */
    private static final class Sources {
        private final ImportRequest request;
        private final Map<String, TreeMap<String, byte[]>> environments = new TreeMap<>();
        private final List<SourceReport> reports = new ArrayList<>();
        private final List<String> empty = new ArrayList<>();
        private final List<String> skipped = new ArrayList<>();
        private final List<String> templates = new ArrayList<>();
        private int files;
        private long bytes;
        private long rejected;
        private long warnings;

        Sources(final ImportRequest request) {
            this.request = request;
        }

        void read() {
            try (TextParser parser = new TextParser(request.dialect())) {
                final InputStream stream = request.stream();
                if (stream != null) {
                    read(parser, stream, "-", Objects.requireNonNullElse(request.environment(),
                            EnvironmentNames.DEFAULT));
                }
                final FileFinder.Found found = request.find();
                skipped.addAll(found.skipped());
                for (final SourceFile file : found.files()) {
                    bytes += file.size();
                    try (InputStream in = Files.newInputStream(file.path())) {
                        read(parser, in, file.shown(), file.environment());
                    }
                }
            } catch (final IOException e) {
                throw new StoreException(StoreException.Kind.IO, "cannot be read: " + e.getMessage(), e);
            }
        }

        private void read(final TextParser parser, final InputStream in, final String shown, final String environment)
                throws IOException {
            EnvironmentNames.encode(environment);
            final Diagnostics diagnostics = new Diagnostics(DETAILS_KEPT);
            final int before = size(environment);
            parser.parse(in, diagnostics, into(environment));
            files++;
            if (size(environment) == before) {
                empty.add(shown);
            } else if (Templates.isTemplate(shown)) {
                templates.add(shown);
            }
            rejected += diagnostics.rejects();
            warnings += diagnostics.warnings();
            if (diagnostics.rejects() + diagnostics.warnings() > 0) {
                reports.add(new SourceReport(shown, environment, diagnostics.rejects(), diagnostics.warnings(),
                        diagnostics.toList()));
            }
        }

        private int size(final String environment) {
            final TreeMap<String, byte[]> variables = environments.get(environment);
            return variables == null ? 0 : variables.size();
        }

        private VariableVisitor into(final String environment) {
            return (buffer, nameOffset, nameLength, valueOffset, valueLength, line) -> {
                final byte[] name = new byte[nameLength];
                buffer.getBytes(nameOffset, name);
                final byte[] value = new byte[valueLength];
                buffer.getBytes(valueOffset, value);
                environments.computeIfAbsent(environment, _ -> new TreeMap<>())
                        .put(new String(name, StandardCharsets.UTF_8), value);
            };
        }

        ImportReport report(final long unchanged, final List<Change> changes, final long nanos) {
            final long variables = environments.values().stream().mapToLong(TreeMap::size).sum();
            final long pruned = changes.stream().filter(change -> change.kind() == Kind.UNSET).count();
            return new ImportReport(0, Durability.MEMORY, files, bytes, variables, environments.size(), rejected,
                    warnings, unchanged, 0, nanos, empty, templates, pruned, reports, skipped);
        }

        void wipe() {
            environments.values().forEach(variables -> variables.values().forEach(it -> Arrays.fill(it, (byte) 0)));
        }
    }
}
