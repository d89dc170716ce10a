package io.envcli.perf.stages;

import io.envcli.journal.JournalConfig;
import io.envcli.journal.JournalWriter;
import io.envcli.journal.StoreLock;
import io.envcli.journal.UserKey;
import io.envcli.offheap.HashIndex;
import io.envcli.perf.Folders;
import org.agrona.CloseHelper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A new journal and a new index, which one pass over the text fills. */
final class Sinks implements AutoCloseable {
    private static final byte[] ID = new byte[16];
    private static final byte[] KEY = new byte[UserKey.LENGTH];

    private final Path folder;
    private final StoreLock lock;
    final JournalWriter journal;
    final HashIndex index;

    /**
     * Makes them.
     *
     * @param folder  for both; emptied first.
     * @param entries that the index has room for.
     * @throws IOException if they cannot be made.
     */
    Sinks(final Path folder, final long entries) throws IOException {
        this.folder = folder;
        Folders.delete(folder);
        final Path store = Files.createDirectories(folder.resolve("store"));
        lock = StoreLock.acquire(store);
        try (UserKey key = key()) {
            journal = JournalWriter.open(lock, key, JournalConfig.DEFAULT);
        }
        index = HashIndex.create(folder.resolve("index"), 1, ID, ID, entries, 16);
    }

    /** {@return the key of every such journal; the caller closes it} */
    static UserKey key() {
        return UserKey.of(KEY);
    }

    /** {@return the store's folder, for a reader once this is closed} */
    Path store() {
        return folder.resolve("store");
    }

    @Override
    public void close() throws IOException {
        CloseHelper.close(index);
        journal.close();
        lock.close();
    }
}
