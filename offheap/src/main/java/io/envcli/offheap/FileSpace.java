package io.envcli.offheap;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Set;

/**
 * Room on disk, taken before it is written to.
 *
 * <p>A page of a mapped file that has no block is a SIGBUS when the disk is full, and the JVM turns that into an
 * {@link InternalError} at some later point. So every file written through a mapping is allocated first, where a refusal
 * is an ordinary {@link DiskFullException}.
 *
 * <p>Threading: any thread; one thread at a time for one file.
 */
public final class FileSpace {
    /** What {@link #writeZeros} reads and writes at once: the smallest block that file systems commonly have. */
    private static final int BLOCK_LENGTH = 4096;
    private static final long WORTH_PRETOUCHING = 4 << 20;
    /** More than an import will need soon is better left to whoever uses the memory now. */
    private static final long MOST_PRETOUCHED = 1 << 30;
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY = PosixFilePermissions
            .asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private static volatile DiskObserver observer = DiskObserver.NONE;

    private FileSpace() {}

    /**
     * Has somebody told of what is asked of the disk from now on.
     *
     * @param newObserver to tell; {@link DiskObserver#NONE} to end it.
     */
    public static void observe(final DiskObserver newObserver) {
        observer = newObserver;
    }

    /**
     * Gives a range of a file blocks on disk. A file that is shorter than the range's end grows to it; bytes that the file
     * has are kept, new ones are zero. A file that does not exist is created, for its owner alone.
     *
     * <p>Where the platform or the file system has no such call, zeros are written instead; nobody else may write to the
     * range meanwhile.
     *
     * @param file   to allocate.
     * @param from   offset of the range, from 0.
     * @param length of the range in bytes, at least 1.
     * @throws DiskFullException if file system or quota have no room; the file may have grown.
     * @throws IOException       if the file cannot be opened or written.
     */
    public static void allocate(final Path file, final long from, final long length) throws IOException {
        if (from < 0 || length < 1 || from > Long.MAX_VALUE - length) {
            throw new IllegalArgumentException("from=" + from + " length=" + length + " is no range of a file");
        }
        allocateRange(file, from, length);
        observer.allocated(file);
    }

    /**
     * Whether the platform and the file system give a file blocks ahead of need, or zeros have to be written instead.
     *
     * @param file to try it on: its first block is allocated; created, for its owner alone, if it does not exist.
     * @return whether they do.
     */
    public static boolean isAllocatedAtOnce(final Path file) {
        return Posix.isAvailable(file) && Posix.allocate(file, 0, BLOCK_LENGTH) == 0;
    }

    private static void allocateRange(final Path file, final long from, final long length) throws IOException {
        if (!Posix.isAvailable(file)) {
            writeZeros(file, from, length);
            return;
        }
        final int error = Posix.allocate(file, from, length);
        switch (error) {
            case 0 -> {
            }
            case Posix.ENOSPC -> throw new DiskFullException(file, length, "no space left on the file system");
            case Posix.EDQUOT -> throw new DiskFullException(file, length, "the disk quota is used up");
            case Posix.EOPNOTSUPP, Posix.EINVAL, Posix.ENOSYS -> writeZeros(file, from, length);
            case Posix.EMFILE, Posix.ENFILE -> throw new IOException(
                    file + ": Too many open files; raise the limit (ulimit -n)");
            case Posix.ENOENT -> throw new NoSuchFileException(file.toString());
            default -> throw new IOException(
                    "cannot allocate " + length + " bytes at " + from + " of " + file + ": error " + error
                            + "; check that it is a regular file on a writable file system");
        }
    }

    /**
     * Has pages of a range that is about to be written through a mapping brought into the page cache by another thread,
     * where the range is long enough to be worth it. Returns at once.
     *
     * @param file   to read.
     * @param from   offset of the range, from 0.
     * @param length of the range in bytes.
     */
    public static void pretouch(final Path file, final long from, final long length) {
        if (length < WORTH_PRETOUCHING) {
            return;
        }
        try {
            Pretoucher.touch(file, from, Math.min(length, MOST_PRETOUCHED));
        } catch (final IOException | OutOfMemoryError _) {
            // The writer, who needs the file and the memory more, will say what is wrong.
        }
    }

    /** Starts the thread that brings pages into the page cache; where this thread may run, that one may. Idempotent. */
    public static void startPretouching() {
        Pretoucher.start();
    }

    /**
     * Makes what a file holds survive a power cut: its data and its length.
     *
     * @param file to sync.
     * @throws IOException if the file cannot be opened, or the platform reports that data were lost.
     */
    public static void sync(final Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            sync(file, channel);
        }
    }

    /**
     * Makes what a file holds survive a power cut, through a channel that is open already.
     *
     * @param file    named in the error.
     * @param channel of the file, opened for writing.
     * @throws IOException if the platform reports that data were lost.
     */
    public static void sync(final Path file, final FileChannel channel) throws IOException {
        observer.syncing(file);
        try {
            channel.force(true);
        } catch (final IOException e) {
            throw new IOException(file + ": cannot be synced: " + e.getMessage(), e); // The JDK names no file.
        }
        observer.synced(file);
    }

    /**
     * Makes the names in a folder survive a power cut: files created, renamed and deleted.
     *
     * @param folder to sync.
     * @throws IOException if the folder cannot be opened or synced.
     */
    public static void syncDirectory(final Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            sync(folder, channel);
        }
    }

    /**
     * Makes the names of a folder and of those above it survive a power cut, as far up as this process may have made them:
     * folders that it may not write to are passed over.
     *
     * @param path a file or folder, whose own folder is the first that is synced.
     * @throws IOException if one cannot be synced.
     */
    public static void syncAncestors(final Path path) throws IOException {
        for (Path folder = path.toRealPath().getParent(); folder != null; folder = folder.getParent()) {
            if (Files.isWritable(folder) && Files.isReadable(folder)) {
                syncDirectory(folder);
            }
        }
    }

    /**
     * Allocates by writing: appends zeros, and writes zeros again over blocks that read as zeros, which may be holes.
     * Blocks that hold anything else have their place on disk already.
     */
    static void writeZeros(final Path file, final long from, final long length) throws IOException {
        if (!Files.exists(file)) {
            Files.createFile(file, OWNER_ONLY);
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            final ByteBuffer block = ByteBuffer.allocateDirect(BLOCK_LENGTH);
            final long end = from + length;
            for (long at = from; at < end;) {
                final int blockLength = (int) Math.min(BLOCK_LENGTH - at % BLOCK_LENGTH, end - at);
                if (isZero(channel, at, block.clear().limit(blockLength))) {
                    writeFully(channel, at, zero(block.clear().limit(blockLength)));
                }
                at += blockLength;
            }
        } catch (final IOException e) {
            throw full(e, file, length) ? diskFull(e, file, length) : e;
        }
    }

    private static DiskFullException diskFull(final IOException cause, final Path file, final long length) {
        final DiskFullException full = new DiskFullException(file, length, "no space left for zeros");
        full.initCause(cause);
        return full;
    }

    /** The JDK gives no code, only the platform's words, which are translated: the second test needs no words. */
    private static boolean full(final IOException refusal, final Path file, final long length) throws IOException {
        final String message = String.valueOf(refusal.getMessage()).toLowerCase(Locale.ROOT);
        return message.contains("no space left") || message.contains("quota")
                || (Files.exists(file) && Files.getFileStore(file).getUsableSpace() < Math.min(length, BLOCK_LENGTH));
    }

    private static boolean isZero(final FileChannel channel, final long at, final ByteBuffer block)
            throws IOException {
        long read = at;
        while (block.hasRemaining()) {
            final int count = channel.read(block, read);
            if (count < 0) {
                break;
            }
            read += count;
        }
        block.flip();
        while (block.hasRemaining()) {
            if (block.get() != 0) {
                return false;
            }
        }
        return true;
    }

    private static ByteBuffer zero(final ByteBuffer block) {
        while (block.hasRemaining()) {
            block.put((byte) 0);
        }
        return block.flip();
    }

    private static void writeFully(final FileChannel channel, final long at, final ByteBuffer bytes)
            throws IOException {
        long written = at;
        while (bytes.hasRemaining()) {
            written += channel.write(bytes, written);
        }
    }
}
