package io.envcli.journal;

import net.openhft.chronicle.queue.impl.TableStore;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.queue.impl.single.TableStoreWriteLock;
import net.openhft.chronicle.queue.impl.table.Metadata;
import net.openhft.chronicle.queue.impl.table.SingleTableBuilder;
import net.openhft.chronicle.threads.BusyTimedPauser;

import java.nio.file.Path;

/**
 * Clears the locks that a killed process left in a queue's table. They name a process by number only: a zombie, or another
 * process with the same number, would keep the queue shut for 15 seconds or for ever. Only the holder of the store's own
 * lock may do this.
 */
final class QueueLocks {
    private QueueLocks() {}

    static void clear(final Path table) {
        SingleChronicleQueueBuilder.addAliases();
        try (TableStore<?> store = SingleTableBuilder.binary(table, Metadata.NoMeta.INSTANCE).build();
                TableStoreWriteLock append = new TableStoreWriteLock(store, BusyTimedPauser::new, 0L,
                        TableStoreWriteLock.APPEND_LOCK_KEY);
                TableStoreWriteLock write = new TableStoreWriteLock(store, BusyTimedPauser::new, 0L)) {
            append.forceUnlock();
            write.forceUnlock();
        }
    }
}
