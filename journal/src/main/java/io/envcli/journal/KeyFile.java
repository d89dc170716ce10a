package io.envcli.journal;

import io.envcli.offheap.FileSpace;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Changes which keys a key file holds. The file is replaced as a whole, synced, so that whatever happens it is the one
 * before or the one after. Of several processes that change one file, each waits for the others: a key that one adds is not
 * lost by another.
 */
public final class KeyFile implements AutoCloseable {
    private final Path file;
    private final FileChannel channel;

    private KeyFile(final Path file, final FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Opens a key file for changing, and waits until nobody else changes it. A link is followed: it stays one.
     *
     * @param file of the key.
     * @return what changes it; the caller closes it, soon.
     * @throws IOException if its folder cannot be written to.
     */
    // The lock goes with its channel, which this owns.
    @SuppressWarnings("MustBeClosedChecker")
    public static KeyFile change(final Path file) throws IOException {
        final Path real = file.toRealPath();
        final FileChannel channel = FileChannel.open(real.resolveSibling("." + real.getFileName() + ".lock"),
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), StoreFolders.FILE_MODE);
        try {
            final FileLock lock = channel.lock();
            if (!lock.isValid()) {
                throw new IOException(real + ": its lock could not be had");
            }
            return new KeyFile(real, channel);
        } catch (final IOException | RuntimeException e) {
            channel.close();
            throw e;
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
            keys.addFirst(UserKey.random());
            replace(keys);
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

    /** Lets others change it. */
    @Override
    public void close() throws IOException {
        channel.close();
    }
}
