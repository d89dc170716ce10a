package io.envcli.engine;

import io.envcli.engine.StoreException.Kind;
import io.envcli.engine.internal.store.Failures;
import io.envcli.engine.internal.store.JvmFlags;
import io.envcli.engine.internal.store.NewFolder;
import io.envcli.engine.internal.store.StoreFiles;
import io.envcli.journal.JournalBackup;
import io.envcli.journal.JournalReport;
import io.envcli.journal.UserKey;
import io.envcli.offheap.FileSpace;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Set;

/**
 * Copies stores: into a backup while a writer is at work, and back. A copy is a store by itself, checked and synced before
 * it is in its place, and there whole or not at all. It has neither key nor view; the view is rebuilt when it is first read.
 *
 * <p>Threading: any thread.
 */
public final class StoreBackup {
    private StoreBackup() {}

    /**
     * Backs a store up as it is at one moment. Begins anew if it is rekeyed meanwhile.
     *
     * @param config of the store.
     * @param target folder of the backup: nothing, or an empty folder.
     * @return what was copied.
     * @throws StoreException if the target is taken, the key is not the store's key, or the store is damaged.
     */
    public static BackupReport backup(final StoreConfig config, final Path target) {
        JvmFlags.require();
        final long start = System.nanoTime();
        try {
            final JournalReport copied = NewFolder.make(config.directory(), target, (home, folder) -> {
                try (UserKey key = StoreFiles.existingKey(config.keyFile())) { // Rekeying adds one to the file.
                    return JournalBackup.copy(home, key, folder);
                }
            });
            return report(copied, start);
        } catch (final IOException | RuntimeException e) {
            throw Failures.of(config, e);
        }
    }

    /**
     * Restores a backup. It is what is wanted, so it is not taken for a store that was put back in secret, however old it is.
     *
     * @param backup its folder.
     * @param config where the store is to be: nothing, or an empty folder. If its key is there, every seal is checked.
     * @return what was copied.
     * @throws StoreException if there is a store already, the key is another one's, or the backup is damaged.
     */
    public static BackupReport restore(final Path backup, final StoreConfig config) {
        JvmFlags.require();
        final long start = System.nanoTime();
        try {
            final JournalReport copied = NewFolder.make(backup, config.directory(), (home, folder) -> {
                try (@Nullable
                UserKey key = Files.exists(config.keyFile()) ? StoreFiles.existingKey(config.keyFile()) : null) {
                    return JournalBackup.copy(home, key, folder);
                }
            });
            if (copied.sealsChecked()) {
                HeadKeeper.accept(config);
            }
            return report(copied, start);
        } catch (final IOException | RuntimeException e) {
            throw Failures.of(config, e);
        }
    }

    private static BackupReport report(final JournalReport copied, final long start) {
        return new BackupReport(copied.versions(), copied.changes(), copied.bytes(), copied.sealsChecked(),
                System.nanoTime() - start);
    }

    /**
     * Copies the key of a store, for its owner alone, synced.
     *
     * @param config of the store.
     * @param target file of the copy.
     * @throws StoreException if there is such a file, or the key may not be used.
     */
    public static void copyKey(final StoreConfig config, final Path target) {
        try {
            StoreFiles.existingKey(config.keyFile()).close(); // That it is one.
            if (Files.exists(target)) {
                throw new StoreException(Kind.INVALID, target + ": there is such a file already, and nothing is"
                        + " overwritten; name another for the copy of the key");
            }
            final byte[] bytes = Files.readAllBytes(config.keyFile());
            try (FileChannel channel = FileChannel.open(target,
                    Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
                final ByteBuffer from = ByteBuffer.wrap(bytes);
                while (from.hasRemaining()) {
                    channel.write(from);
                }
                FileSpace.sync(target, channel);
            } finally {
                Arrays.fill(bytes, (byte) 0);
            }
            FileSpace.syncAncestors(target);
        } catch (final IOException e) {
            throw Failures.of(config.directory(), e);
        }
    }
}
