package io.envcli.journal;

import io.envcli.offheap.FileSpace;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.regex.Pattern;

/**
 * Changes which keys a key file holds. The file is replaced as a whole, synced, so that whatever happens it is the one
 * before or the one after. Of several processes that change one file, and of several threads of one, each waits for the
 * others: a key that one adds is not lost by another.
 */
public final class KeyFile implements AutoCloseable {
    /** The system's lock is a process's, and would be refused to another thread of it. */
    private static final Semaphore IN_PROCESS = new Semaphore(1);

    private final Path file;
    private final FileChannel channel;

    private KeyFile(final Path file, final FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Opens a key file for changing, and waits until nobody else changes it. A link is followed: it stays one. What a
     * process that was killed while it wrote one has left beside it, with all keys, is deleted.
     *
     * @param file of the key.
     * @return what changes it; the caller closes it, soon.
     * @throws IOException if its folder cannot be listed or written to.
     */
    public static KeyFile change(final Path file) throws IOException {
        final Path real = file.toRealPath();
        IN_PROCESS.acquireUninterruptibly();
        try {
            return lock(real);
        } catch (final IOException | RuntimeException | Error e) {
            IN_PROCESS.release();
            throw e;
        }
    }

    // The lock goes with its channel, which this owns.
    @SuppressWarnings("MustBeClosedChecker")
    private static KeyFile lock(final Path real) throws IOException {
        final FileChannel channel = FileChannel.open(real.resolveSibling("." + real.getFileName() + ".lock"),
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), StoreFolders.FILE_MODE);
        try {
            final FileLock lock = channel.lock();
            if (!lock.isValid()) {
                throw new IOException(real + ": its lock could not be had");
            }
            deleteLeftovers(real);
            return new KeyFile(real, channel);
        } catch (final IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static void deleteLeftovers(final Path real) throws IOException {
        final Pattern temporary = Pattern.compile(Pattern.quote("." + real.getFileName() + ".") + "[0-9]+");
        try (DirectoryStream<Path> files = Files.newDirectoryStream(real.resolveSibling("."),
                file -> temporary.matcher(String.valueOf(file.getFileName())).matches())) {
            for (final Path file : files) {
                Files.deleteIfExists(file);
            }
        } catch (final DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    /**
     * Makes a new random key the current one; those that are there become older ones.
     *
     * @throws JournalException if it holds too many.
     * @throws IOException      if it cannot be read or written; then it is as it was.
     */
    public void add() throws IOException {
        try (UserKey before = UserKey.load(file)) {
            if (before.count() >= UserKey.MAX_KEYS) {
                throw new JournalException(file + ": it holds " + UserKey.MAX_KEYS
                        + " keys; rekey what still uses old ones, and retire those");
            }
            final List<byte[]> keys = new ArrayList<>(before.all());
            final byte[] added = UserKey.random();
            keys.addFirst(added);
            try {
                replace(keys);
            } finally {
                Arrays.fill(added, (byte) 0);
            }
        }
    }

    /**
     * Drops all keys but the current one.
     *
     * @throws IOException if it cannot be read or written; then it is as it was.
     */
    public void retire() throws IOException {
        try (UserKey before = UserKey.load(file)) {
            replace(List.of(before.all().getFirst()));
        }
    }

    private void replace(final List<byte[]> keys) throws IOException {
        final Path temporary = UserKey.temporary(file);
        try {
            UserKey.write(temporary, keys);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
        FileSpace.syncDirectory(file.resolveSibling("."));
    }

    /** Lets others change it. Idempotent. */
    @Override
    public void close() throws IOException {
        if (channel.isOpen()) {
            try {
                channel.close();
            } finally {
                IN_PROCESS.release();
            }
        }
    }
}
