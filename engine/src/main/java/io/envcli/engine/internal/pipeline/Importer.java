package io.envcli.engine.internal.pipeline;

import io.envcli.engine.ImportProgress;
import io.envcli.engine.StoreException;
import io.envcli.engine.StoreException.Kind;
import io.envcli.engine.dialect.Diagnostics;
import io.envcli.engine.dialect.Dialect;
import io.envcli.engine.internal.files.SourceFile;
import io.envcli.offheap.Slab;
import io.envcli.offheap.VariableTable;
import io.envcli.ringbuffers.SlabRing;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Reads files into slabs, as one transaction. A file that cannot be read to its end aborts the whole of it.
 *
 * <p>Threading: one import at a time, on the caller's thread.
 */
public final class Importer {
    /** Rejects and warnings kept with their place, for one source; all are counted. */
    private static final int DETAILS_KEPT = 1_000;
    /** Read from a pipe before a slab is claimed; fits any slab. */
    private static final int PIPE_BYTES = 128 * 1024;

    private final SlabRing ring;
    private final NameHasher hasher;
    private final Dialect dialect;
    private final ImportProgress progress;
    private final ImportTransaction transaction;
    private final List<TextSource> sources = new ArrayList<>();
    private final Map<String, EnvironmentKey> environments = new HashMap<>();
    private final long totalBytes;
    private long bytes;
    private long lastSequence = -1;
    private long pruned;
    private boolean aborted;

    /**
     * An import that is about to begin.
     *
     * @param ring       to put slabs into.
     * @param hasher     for environments' names; used by no one else meanwhile.
     * @param dialect    how the text is read.
     * @param progress   told after each slab.
     * @param summary    what the commit frame says of where it came from.
     * @param totalBytes to be read, as far as known.
     */
    public Importer(final SlabRing ring, final NameHasher hasher, final Dialect dialect, final ImportProgress progress,
            final String summary, final long totalBytes) {
        this.ring = ring;
        this.hasher = hasher;
        this.dialect = dialect;
        this.progress = progress;
        this.transaction = new ImportTransaction(summary, totalBytes);
        this.totalBytes = totalBytes;
    }

    /**
     * Reads files, in order.
     *
     * @param files to read.
     * @throws StoreException if one cannot be read; the transaction is aborted.
     */
    public void readAll(final List<SourceFile> files) {
        for (final SourceFile file : files) {
            try (FileChannel channel = FileChannel.open(file.path(), StandardOpenOption.READ)) {
                final TextSource source = begin(file.shown(), file.environment());
                if (Files.isRegularFile(file.path())) {
                    readRegular(channel, source);
                } else {
                    readWaiting(channel, source);
                }
            } catch (final IOException e) {
                abort();
                throw unreadable(file.shown(), e);
            } catch (final RuntimeException | Error e) {
                abortAfter(e);
                throw e;
            }
        }
    }

    /**
     * Reads a stream to its end.
     *
     * @param stream      to read; not closed.
     * @param environment its variables go into.
     * @throws StoreException if it cannot be read; the transaction is aborted.
     */
    public void read(final InputStream stream, final String environment) {
        read(stream, environment, "-");
    }

    /**
     * Reads a stream to its end.
     *
     * @param stream      to read; not closed.
     * @param environment its variables go into.
     * @param shown       how messages and the journal name it.
     * @throws StoreException if it cannot be read; the transaction is aborted.
     */
    public void read(final InputStream stream, final String environment, final String shown) {
        try {
            // Closing the channel would close the stream, which is the caller's.
            readWaiting(Channels.newChannel(stream), begin(shown, environment));
        } catch (final IOException e) {
            abort();
            throw unreadable("standard input", e);
        } catch (final RuntimeException | Error e) {
            abortAfter(e);
            throw e;
        }
    }

    private TextSource begin(final String shown, final String environment) {
        final TextSource source = new TextSource(transaction,
                environments.computeIfAbsent(environment, hasher::environment), shown,
                shown.getBytes(StandardCharsets.UTF_8), dialect, new Diagnostics(DETAILS_KEPT),
                new Diagnostics(DETAILS_KEPT));
        sources.add(source);
        return source;
    }

    /** A file's bytes go from the page cache into the slab. */
    private void readRegular(final FileChannel channel, final TextSource source) throws IOException {
        final long before = channel.size();
        boolean last = false;
        while (!last) {
            final Slab slab = ring.claim();
            final int length;
            try {
                length = fill(textOf(slab), channel);
            } catch (final IOException | RuntimeException | Error e) {
                ring.abort(slab);
                throw e;
            }
            last = length < slab.textCapacity();
            commit(slab, source, length, last);
        }
        // A file may hold less than it says, as those of /sys do; but it must not become shorter.
        if (channel.size() < before) {
            throw new IOException("it was cut while it was read");
        }
    }

    /** A pipe may keep us waiting, which a claimed slab would do to everybody else: so the bytes are read before. */
    private void readWaiting(final ReadableByteChannel channel, final TextSource source) throws IOException {
        final ByteBuffer text = ByteBuffer.allocate(PIPE_BYTES);
        try {
            boolean last = false;
            while (!last) {
                last = fill(text.clear(), channel) < PIPE_BYTES;
                final Slab slab = ring.claim();
                slab.putText(0, text.array(), text.position());
                commit(slab, source, text.position(), last);
            }
        } finally {
            Arrays.fill(text.array(), (byte) 0);
        }
    }

    private void commit(final Slab slab, final TextSource source, final int length, final boolean last) {
        slab.kind(SlabKind.TEXT);
        slab.flags(last ? SlabKind.LAST : 0);
        slab.source(source);
        slab.textLength(length);
        lastSequence = ring.commit(slab);
        bytes += length;
        progress.onProgress(sources.size(), bytes, totalBytes);
    }

    @SuppressWarnings("restricted") // The slab's memory, as the only kind of buffer that channels read into.
    private static ByteBuffer textOf(final Slab slab) {
        return MemorySegment.ofAddress(slab.textAddress()).reinterpret(slab.textCapacity()).asByteBuffer();
    }

    private static int fill(final ByteBuffer text, final ReadableByteChannel channel) throws IOException {
        int read = 0;
        while (read >= 0 && text.hasRemaining()) {
            read = channel.read(text);
        }
        return text.position();
    }

    /** Has the names kept that are set, for {@link #prune}. To be called before anything is read. */
    public void keepNames() {
        transaction.keepNames();
    }

    /**
     * Waits until all that has been read is parsed, and journaled, though not committed.
     *
     * @return lines and variables rejected in it.
     */
    public long awaitRejects() {
        if (lastSequence >= 0) {
            ring.awaitProcessed(lastSequence);
        }
        return sources.stream().mapToLong(source -> source.diagnostics().rejects()).sum();
    }

    /**
     * Unsets what the sources lack, in each environment that they gave a variable to. Call {@link #awaitRejects()} before.
     *
     * @param namesOf lists the names that an environment had before the import, in UTF-8.
     */
    public void prune(final Function<String, List<byte[]>> namesOf) {
        final Map<EnvironmentKey, TextSource> given = new LinkedHashMap<>();
        for (final TextSource source : sources) {
            if (source.rows > 0) {
                given.putIfAbsent(source.environment, source);
            }
        }
        for (final Map.Entry<EnvironmentKey, TextSource> entry : given.entrySet()) {
            final List<byte[]> lacking = new ArrayList<>();
            for (final byte[] name : namesOf.apply(entry.getKey().name())) {
                if (!transaction.hasSet(entry.getKey(), hasher.hash(name))) {
                    lacking.add(name);
                }
            }
            unset(lacking, entry.getValue());
        }
    }

    /**
     * Unsets variables.
     *
     * @param environment that they are in.
     * @param names       in UTF-8.
     * @param shown       how the journal names the source of the change.
     */
    public void unset(final String environment, final List<byte[]> names, final String shown) {
        unset(names, begin(shown, environment));
    }

    private void unset(final List<byte[]> names, final TextSource source) {
        for (int next = 0; next < names.size();) {
            final Slab slab = ring.claim();
            slab.kind(SlabKind.UNSETS);
            slab.source(source);
            final int from = next;
            int length = 0;
            while (next < names.size() && next - from < slab.table().capacity()
                    && length + names.get(next).length <= slab.textCapacity()) {
                length += names.get(next++).length;
            }
            slab.textLength(length);
            int at = 0;
            for (int row = 0; row < next - from; row++) {
                final byte[] name = names.get(from + row);
                slab.putText(at, name, name.length);
                final int offset = slab.textOffset() + at;
                slab.table().set(row, offset, name.length, offset + name.length, 0, 1, VariableTable.UNSET);
                at += name.length;
            }
            slab.rowCount(next - from);
            lastSequence = ring.commit(slab);
            pruned += next - from;
        }
    }

    /** {@return variables that were unset} */
    public long pruned() {
        return pruned;
    }

    /**
     * Gives the transaction up: nothing of it ever becomes visible.
     *
     * @return the transaction, with its counts and no version.
     */
    public ImportTransaction giveUp() {
        if (!aborted && !ring.hasFailed()) {
            abort();
        }
        return transaction;
    }

    /**
     * Ends the transaction and waits until it is journaled and applied.
     *
     * @return the transaction, with its version and counts.
     */
    public ImportTransaction commit() {
        ring.awaitProcessed(end(SlabKind.COMMIT));
        return transaction;
    }

    private void abort() {
        aborted = true;
        ring.awaitProcessed(end(SlabKind.ABORT));
    }

    /** The caller's own code has thrown, or the pipeline has stopped, and then there is nothing to abort. */
    private void abortAfter(final Throwable thrown) {
        if (!ring.hasFailed()) {
            try {
                abort();
            } catch (final RuntimeException e) {
                thrown.addSuppressed(e);
            }
        }
    }

    private long end(final int kind) {
        final Slab slab = ring.claim();
        slab.kind(kind);
        slab.source(transaction);
        return ring.commit(slab);
    }

    /** {@return what was read, in order; diagnostics are complete after {@link #commit()}} */
    public List<TextSource> sources() {
        return sources;
    }

    /** {@return bytes read} */
    public long bytes() {
        return bytes;
    }

    private static StoreException unreadable(final String shown, final IOException e) {
        final String why = switch (e) {
            case NoSuchFileException _ -> "it vanished";
            case AccessDeniedException _ -> "permission denied";
            default -> String.valueOf(e.getMessage());
        };
        return new StoreException(Kind.IO, shown + ": cannot be read: " + why + "; nothing was imported", e);
    }
}
