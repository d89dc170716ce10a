package io.envcli.journal;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What is left of a transaction whose one frame carries its commit, when one of its blocks is damaged. */
class WholeFrameSalvageTest {
    private static final int CHANGES = 400;

    @TempDir
    Path folder;

    private final List<Commit> commits = new ArrayList<>();
    private int rows;

    @Test
    void onlyTheDamagedBlockIsLostOfIt() throws IOException {
        final Path store = folder.resolve("store");
        try (TestJournal journal = new TestJournal(store, TestJournal.SMALL)) {
            journal.putWhole("e", 1);
            journal.putWhole("e", CHANGES);
            journal.putWhole("e", 1);
        }
        final Path file = TestJournal.queueFile(store, 1);
        final byte[] original = Files.readAllBytes(file);
        final FrameHeader header = new FrameHeader().wrap(original, secondWhole(original));
        assertTrue(header.blockCount() > 2, "blocks=" + header.blockCount());
        final int first = header.blocksOffset();
        final int second = first
                + BlockDescriptor.length(LittleEndian.getInt(original, first + BlockDescriptor.SEALED_LENGTH));
        final int last = header.lastBlockOffset();
        for (final int block : new int[]{first, second, last}) {
            final byte[] damaged = original.clone();
            damaged[block + 40] ^= 1;
            Files.write(file, damaged);
            final SalvageReport report = salvage(store);
            assertEquals(3, report.lastVersion());
            assertEquals(3, commits.size(), "versions");
            assertEquals(1, report.losses().size());
            final SalvageReport.Loss loss = report.losses().getFirst();
            assertEquals(2, loss.first());
            assertEquals(CHANGES, loss.changes());
            assertTrue(loss.lost() > 0 && loss.lost() < CHANGES, loss::toString);
            assertEquals(CHANGES + 2 - loss.lost(), rows);
            assertEquals(block == last ? "" : TestJournal.INFO.source(), commits.get(1).info().source());
            assertEquals(TestJournal.INFO.timeMs(), commits.get(1).info().timeMs());
        }
    }

    /** Where the second frame begins that carries its commit. */
    private static int secondWhole(final byte[] journal) {
        int left = 2;
        for (int at = 0;; at += 4) {
            final boolean isFrame = journal[at] == 'E' && journal[at + 1] == 'C' && journal[at + 2] == 'J'
                    && journal[at + 3] == 'F';
            if (isFrame && new FrameHeader().wrap(journal, at).kind() == FrameDescriptor.WHOLE && --left == 0) {
                return at;
            }
        }
    }

    private SalvageReport salvage(final Path store) throws IOException {
        commits.clear();
        rows = 0;
        try (JournalSalvage salvage = JournalSalvage.open(store, TestJournal.key(1))) {
            return salvage.read(new ReplayHandler() {
                @Override
                public void onChange(final Change change) {
                    rows++;
                }

                @Override
                public void onCommit(final Commit commit) {
                    commits.add(commit);
                }
            });
        }
    }
}
