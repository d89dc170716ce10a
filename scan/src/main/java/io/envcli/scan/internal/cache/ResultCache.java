package io.envcli.scan.internal.cache;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * The results of one scan for the next of the same request: those of all files, and those of what calls the wrappers of the
 * tree, which hold as long as the wrappers are the same.
 *
 * <p>It is never in the way: what cannot be read counts as empty, and what cannot be written is not. Threading: one thread,
 * but for what it hands out.
 */
public final class ResultCache {
    /** File systems have times as coarse as this, in nanoseconds. */
    public static final long GRAIN = 2_000_000_000L;

    private final CacheFile file;
    private final long newest;
    private final Records results;
    private final long callersOf;
    private final Records callers;
    private final List<RecordWriter> resultWriters = new ArrayList<>();
    private final List<RecordWriter> callerWriters = new ArrayList<>();
    private long newCallersOf;
    private boolean areCallersTheSame = true;

    /**
     * Opens the cache of a request.
     *
     * @param folder  that has caches, and need not exist.
     * @param request all that results depend on, but for the files.
     * @param version of the rules and of what applies them.
     * @param now     the time before anything is looked at, in nanoseconds since 1970.
     */
    public ResultCache(final Path folder, final String request, final long version, final long now) {
        file = new CacheFile(folder, name(request), version);
        newest = now - GRAIN;
        Records read = Records.NONE;
        Records readCallers = Records.NONE;
        long readCallersOf = 0;
        try {
            final ByteBuffer content = file.read();
            if (content.hasRemaining()) {
                readCallersOf = content.getLong();
                final int length = content.getInt();
                read = new Records(content.slice(content.position(), length));
                readCallers = new Records(content.slice(content.position() + length, content.remaining() - length));
            }
        } catch (final IOException | RuntimeException e) {
            read = Records.NONE;
            readCallers = Records.NONE;
        }
        results = read;
        callers = readCallers;
        callersOf = readCallersOf;
    }

    private static String name(final String request) {
        final byte[] bytes = request.getBytes(StandardCharsets.UTF_8);
        return HexFormat.of().toHexDigits(((long) hash(bytes) << Integer.SIZE) | (request.hashCode() & 0xFFFFFFFFL));
    }

    private static int hash(final byte[] bytes) {
        final CRC32C crc = new CRC32C();
        crc.update(bytes);
        return (int) crc.getValue();
    }

    /** {@return what is known of files} */
    public Records results() {
        return results;
    }

    /**
     * What is known of callers.
     *
     * @param wrappers a hash of all wrappers of the tree.
     * @return results, none if the wrappers were others.
     */
    public Records callers(final long wrappers) {
        areCallersTheSame = wrappers == callersOf;
        newCallersOf = wrappers;
        return areCallersTheSame ? callers : Records.NONE;
    }

    /** {@return a writer of results, for one thread} */
    public RecordWriter resultWriter() {
        resultWriters.add(new RecordWriter(newest));
        return resultWriters.getLast();
    }

    /** {@return a writer of results of callers, for one thread} */
    public RecordWriter callerWriter() {
        callerWriters.add(new RecordWriter(newest));
        return callerWriters.getLast();
    }

    /** Writes what the writers have, unless it is what was read. */
    public void save() {
        if (areCallersTheSame && isAsRead(resultWriters, results) && isAsRead(callerWriters, callers)) {
            return;
        }
        try {
            final List<ByteBuffer> content = new ArrayList<>();
            final long length = length(resultWriters);
            if (length + length(callerWriters) > CacheFile.LARGEST) {
                return;
            }
            content.add(
                    ByteBuffer.allocate(Long.BYTES + Integer.BYTES).putLong(newCallersOf).putInt((int) length).flip());
            resultWriters.forEach(writer -> content.add(writer.written()));
            callerWriters.forEach(writer -> content.add(writer.written()));
            file.write(content);
        } catch (final IOException | RuntimeException e) {
            // A folder that cannot be written to makes scans slower, not wrong.
        }
    }

    private static long length(final List<RecordWriter> writers) {
        return writers.stream().mapToLong(writer -> writer.written().remaining()).sum();
    }

    private static boolean isAsRead(final List<RecordWriter> writers, final Records records) {
        return writers.stream().allMatch(writer -> writer.added() == 0)
                && writers.stream().mapToInt(RecordWriter::reused).sum() >= records.count();
    }
}
