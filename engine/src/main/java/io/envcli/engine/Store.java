package io.envcli.engine;

import io.envcli.engine.StoreException.Kind;
import io.envcli.engine.dialect.Diagnostic;
import io.envcli.engine.dialect.Dialect;
import io.envcli.engine.internal.files.EnvironmentNames;
import io.envcli.engine.internal.files.FileFinder;
import io.envcli.engine.internal.files.SourceFile;
import io.envcli.engine.internal.files.Templates;
import io.envcli.engine.internal.files.Variables;
import io.envcli.engine.internal.pipeline.EnvironmentKey;
import io.envcli.engine.internal.pipeline.ImportTransaction;
import io.envcli.engine.internal.pipeline.Importer;
import io.envcli.engine.internal.pipeline.NameHasher;
import io.envcli.engine.internal.pipeline.Pipeline;
import io.envcli.engine.internal.pipeline.Put;
import io.envcli.engine.internal.pipeline.TextSource;
import io.envcli.engine.internal.store.Failures;
import io.envcli.engine.internal.store.OpenStore;
import io.envcli.engine.internal.store.WarmUp;
import org.agrona.CloseHelper;
import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A store, opened for writing: the one writer. Readers in this and other processes go on meanwhile.
 *
 * <p>Threading: {@link #put}, {@link #unset} and {@link #reader} by any thread; imports wait for each other. Everything goes
 * through one pipeline, so what one thread was acknowledged is visible to all. {@link #close()} when no other call is under
 * way.
 */
public final class Store implements AutoCloseable {
    /** What the log, and histories, name as the source of a rollback, before the version. */
    public static final String ROLLBACK = "rollback to version ";

    private static final long DRAIN_TIMEOUT_NS = 60_000_000_000L;

    private final StoreConfig config;
    private final OpenStore open;
    private final Pipeline pipeline;
    private final NameHasher hasher;
    private final ReentrantLock importing = new ReentrantLock();
    private final HeadKeeper head;
    private volatile boolean closed;

    private Store(final StoreConfig config, final OpenStore open, final long drainTimeoutNs) {
        this.config = config;
        this.open = open;
        this.hasher = new NameHasher(open.names());
        this.head = new HeadKeeper(config);
        try {
            this.pipeline = new Pipeline(config, open.journal(), open.view(), open.fingerprints(), open.names(),
                    drainTimeoutNs);
        } catch (final RuntimeException | Error e) {
            hasher.close();
            throw e;
        }
    }

    /**
     * Opens a store for writing. Where there is none, it is made, and its key if there is none either; a store that was
     * not closed is recovered.
     *
     * @param config where and how.
     * @return the store; the caller closes it.
     * @throws StoreException if it cannot be opened; the message says why and what to do.
     */
    public static Store open(final StoreConfig config) {
        return open(config, DRAIN_TIMEOUT_NS);
    }

    /** As {@link #open(StoreConfig)}, with how long {@link #close()} waits for what is under way. */
    static Store open(final StoreConfig config, final long drainTimeoutNs) {
        final OpenStore open = OpenStore.open(config);
        try {
            return new Store(config, open, drainTimeoutNs);
        } catch (final RuntimeException e) {
            open.closeFailed();
            throw Failures.of(config.directory(), e);
        } catch (final Error e) {
            open.closeFailed();
            throw e;
        }
    }

    /**
     * Checks what would be put: before a store is made for it, for example.
     *
     * @param environment as {@link #put(String, String, byte[])}.
     * @param name        as there.
     * @param value       as there; borrowed.
     * @throws StoreException of kind INVALID if one of them cannot be.
     */
    public static void check(final String environment, final String name, final byte[] value) {
        EnvironmentNames.encode(environment);
        Variables.checkValue(Variables.name(name), value);
    }

    /**
     * Imports files, folders or a stream as one transaction, which becomes one version. Returns when it is acknowledged at
     * the store's durability class. A value that the store has already is left alone when it is read: a put that changes it
     * while the import is still running stands.
     *
     * @param request  what to import.
     * @param progress told while it is read.
     * @return what was imported, refused and noticed.
     * @throws StoreException if something cannot be read or written; then nothing was changed.
     */
    public ImportReport importFrom(final ImportRequest request, final ImportProgress progress) {
        return importFrom(request, ImportOptions.NONE, progress);
    }

    /**
     * Imports as {@link #importFrom(ImportRequest, ImportProgress)} does, with options.
     *
     * @param request  what to import.
     * @param options  how.
     * @param progress told while it is read.
     * @return what was imported, refused and noticed; nothing, at version 0, if something was refused that must not be.
     * @throws StoreException if something cannot be read or written; then nothing was changed.
     */
    public ImportReport importFrom(final ImportRequest request, final ImportOptions options,
            final ImportProgress progress) {
        importing.lock();
        try {
            checkOpen();
            final ImportReport report = run(request, options, progress);
            head.acknowledged(report.version());
            return report;
        } catch (final RuntimeException e) {
            throw Failures.of(config.directory(), e);
        } finally {
            importing.unlock();
        }
    }

    private ImportReport run(final ImportRequest request, final ImportOptions options, final ImportProgress progress) {
        final FileFinder.Found found = request.find();
        final List<SourceFile> files = found.files();
        final long total = files.stream().mapToLong(SourceFile::size).sum();
        WarmUp.begin(request.stream() == null ? total : Long.MAX_VALUE);
        final String summary = request.stream() != null ? "-"
                : String.join(" ", request.paths().stream().map(Path::toString).toList());
        // What is put while the import runs is none of its business: it prunes what was there before its first slab.
        try (StoreReader before = options.prune() ? reader() : null;
                NameHasher environments = new NameHasher(open.names())) {
            final Importer importer = new Importer(pipeline.ring(), environments, request.dialect(), progress, summary,
                    total);
            final long start = System.nanoTime();
            if (before != null) {
                importer.keepNames();
            }
            if (request.stream() != null) {
                importer.read(request.stream(), Objects.requireNonNullElse(request.environment(),
                        EnvironmentNames.DEFAULT));
            } else {
                importer.readAll(files);
            }
            if (options.refusesRejects() && (importer.awaitRejects() > 0 || !found.skipped().isEmpty())) {
                return report(importer, importer.giveUp(), System.nanoTime() - start, found.skipped());
            }
            if (before != null) {
                prune(importer, before);
            }
            final ImportTransaction transaction = importer.commit();
            return report(importer, transaction, System.nanoTime() - start, found.skipped());
        }
    }

    private static void prune(final Importer importer, final StoreReader before) {
        try {
            importer.prune(environment -> before.list(environment).stream().map(ListedVariable::utf8).toList());
        } catch (final RuntimeException | Error e) {
            importer.giveUp();
            throw e;
        }
    }

    /**
     * Makes the store what it was at a version, as one new version; those in between stay.
     *
     * @param version from 0 to the newest.
     * @return the new version; 0 if the store is as it was then, so that nothing changed.
     * @throws StoreException of kind INVALID if there is no such version; if the store fails, nothing was changed.
     */
    public long rollback(final long version) {
        importing.lock();
        try (StoreReader reader = reader(); NameHasher environments = new NameHasher(open.names())) {
            final String summary = ROLLBACK + version;
            final Importer importer = new Importer(pipeline.ring(), environments, Dialect.ENVIRON, ImportProgress.NONE,
                    summary, 0);
            return rollback(new Rollback(reader, importer, summary), importer, version);
        } catch (final RuntimeException e) {
            throw Failures.of(config.directory(), e);
        } finally {
            importing.unlock();
        }
    }

    private static long rollback(final Rollback rollback, final Importer importer, final long version) {
        final boolean changes;
        try {
            changes = rollback.to(version);
        } catch (final RuntimeException | Error e) {
            importer.giveUp();
            throw e;
        }
        return changes ? importer.commit().version() : 0;
    }

    private ImportReport report(final Importer importer, final ImportTransaction transaction, final long nanos,
            final List<String> skipped) {
        long rejected = 0;
        long warnings = 0;
        final Set<EnvironmentKey> environments = new HashSet<>();
        final List<String> empty = new ArrayList<>();
        final List<String> templates = new ArrayList<>();
        final List<ImportReport.SourceReport> sources = new ArrayList<>();
        for (final TextSource source : importer.sources()) {
            if (source.rows() > 0 && Templates.isTemplate(source.shown())) {
                templates.add(source.shown());
            }
            if (source.rows() > 0) {
                environments.add(source.environment());
            } else {
                empty.add(source.shown());
            }
            final long sourceRejects = source.diagnostics().rejects();
            final long sourceWarnings = source.diagnostics().warnings() + source.overrides().warnings();
            rejected += sourceRejects;
            warnings += sourceWarnings;
            if (sourceRejects + sourceWarnings > 0) {
                final List<Diagnostic> all = new ArrayList<>(source.diagnostics().toList());
                all.addAll(source.overrides().toList());
                all.sort(Diagnostic.BY_PLACE);
                sources.add(new ImportReport.SourceReport(source.shown(), source.environment().name(), sourceRejects,
                        sourceWarnings, all));
            }
        }
        return new ImportReport(transaction.version(), config.durability(), importer.sources().size(),
                importer.bytes(), transaction.variables() - importer.pruned(), environments.size(), rejected, warnings,
                transaction.unchanged(), transaction.journalBytes(), nanos, empty, templates, importer.pruned(),
                sources, skipped);
    }

    /**
     * Sets a variable.
     *
     * @param environment 1 to 255 bytes of UTF-8, {@code /} between segments.
     * @param name        1 to 65,535 bytes without {@code =}, NUL and newline.
     * @param value       valid UTF-8 without NUL; borrowed.
     * @return the version in which it has this value, once that is acknowledged at the store's class; 0 at class
     *         {@code memory}, where it is not known yet.
     * @throws StoreException if an argument cannot be, or the store fails.
     */
    public long put(final String environment, final String name, final byte[] value) {
        final byte[] utf8 = Variables.name(name);
        Variables.checkValue(utf8, value);
        return await(change(environment, utf8, value));
    }

    /**
     * Sets a variable to a text.
     *
     * @param environment as {@link #put(String, String, byte[])}.
     * @param name        as there.
     * @param value       text without NUL.
     * @return as there.
     * @throws StoreException as there.
     */
    public long put(final String environment, final String name, final String value) {
        final byte[] utf8 = Variables.encodeValue(value);
        try {
            return put(environment, name, utf8);
        } finally {
            Arrays.fill(utf8, (byte) 0);
        }
    }

    /**
     * For puts that do not wait for each other.
     *
     * @param environment as {@link #put(String, String, byte[])}.
     * @return a stream of puts into it, to be used until this store is closed.
     * @throws StoreException if there can be no such environment.
     */
    public PutStream stream(final String environment) {
        checkOpen();
        return new PutStream(config.directory(), pipeline, key(environment));
    }

    /**
     * Removes a variable. Earlier versions keep it.
     *
     * @param environment as {@link #put(String, String, byte[])}.
     * @param name        as there.
     * @return the version without it; 0 if it was not set, so that nothing changed, or at class {@code memory}.
     * @throws StoreException as there.
     */
    public long unset(final String environment, final String name) {
        final Change change = change(environment, Variables.name(name), null);
        final long version = await(change);
        return change.put.unchanged() ? 0 : version;
    }

    private record Change(Put put, long sequence) {}

    private Change change(final String environment, final byte[] name, final byte @Nullable [] value) {
        checkOpen();
        final Put put = new Put(key(environment));
        try {
            return new Change(put, pipeline.put(put, name, value));
        } catch (final RuntimeException e) {
            throw Failures.of(config.directory(), e);
        }
    }

    private EnvironmentKey key(final String environment) {
        synchronized (hasher) {
            return hasher.environment(environment);
        }
    }

    private long await(final Change change) {
        if (config.durability() == Durability.MEMORY) {
            return 0;
        }
        try {
            pipeline.await(change.sequence);
        } catch (final RuntimeException e) {
            throw Failures.of(config.directory(), e);
        }
        head.acknowledged(change.put.version());
        return change.put.version();
    }

    /**
     * A reader at the newest version.
     *
     * @return the reader; the caller closes it.
     * @throws StoreException if it cannot be opened.
     */
    public StoreReader reader() {
        checkOpen();
        return StoreReader.open(config);
    }

    /** {@return what the store is like now} */
    public StoreStatus status() {
        try (StoreReader reader = reader()) {
            return reader.status();
        }
    }

    /** {@return what the pipeline obtained of threads and CPUs, a line each} */
    public List<String> describePipeline() {
        return OpenStore.describe(pipeline.describe());
    }

    private void checkOpen() {
        if (closed) {
            throw new StoreException(Kind.CLOSED, config.directory() + ": the store is closed");
        }
    }

    /**
     * Lets everything under way run through, syncs if the class asks for it, and gives the lock back. Idempotent.
     *
     * @throws StoreException if that failed; what was acknowledged before is safe, and the store is recovered when it is
     *                        opened next.
     */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        CloseHelper.quietClose(hasher);
        try {
            pipeline.close();
        } catch (final RuntimeException e) {
            if (!pipeline.isStopped()) {
                // Pulling journal and view from under a stage that hangs in a system call would be worse.
                throw new StoreException(Kind.IO, config.directory() + ": closing gave up waiting for the disk, where a"
                        + " write or a sync does not return; end this process, and open the store again", e);
            }
            open.closeFailed();
            throw Failures.of(config.directory(), e);
        }
        if (pipeline.hasFailed()) {
            open.closeFailed(); // whoever used the store has been told
        } else {
            open.close();
        }
    }
}
