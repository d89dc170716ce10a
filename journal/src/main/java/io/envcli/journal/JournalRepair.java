package io.envcli.journal;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Writes what is whole of a damaged journal into a new one, of the same store: the same id and keys, so fingerprints stay
 * what they were; sealed again under a salt of its own. Versions keep their numbers. One that is lost is committed empty,
 * and its source says so, since the chain of commits has no gaps.
 */
public final class JournalRepair {
    /** What the source of a commit begins with whose changes could not be saved, or not all. */
    public static final String LOST = "lost: ";

    private JournalRepair() {}

    /**
     * Repairs.
     *
     * @param damaged the store's folder; only read.
     * @param key     borrowed.
     * @param target  folder for the new store; has no journal yet.
     * @param partial whether the changes that are whole of transactions that are not are saved as well.
     * @return what could not be saved.
     * @throws WrongKeyException    if no block can be opened with the key.
     * @throws NotAJournalException if no frame is whole.
     * @throws IOException          if one cannot be read or the other not be written.
     */
    public static SalvageReport repair(final Path damaged, final UserKey key, final Path target, final boolean partial)
            throws IOException {
        try (JournalSalvage salvage = JournalSalvage.open(damaged, key)) {
            final SalvageReport report = salvage.read(Nobody.INSTANCE);
            try (StoreLock lock = StoreLock.acquire(target);
                    JournalWriter writer = JournalWriter.create(lock, key, JournalConfig.DEFAULT,
                            salvage.keys().storeId());
                    JournalCopy copy = new JournalCopy(writer, report, partial)) {
                salvage.read(copy);
                copy.finish();
                writer.sync();
            }
            return report;
        }
    }

    /** Takes nothing. */
    private static final class Nobody implements ReplayHandler {
        static final Nobody INSTANCE = new Nobody();

        @Override
        public void onChange(final Change change) {}

        @Override
        public void onCommit(final Commit commit) {}
    }
}
