package io.envcli.journal;

import io.envcli.offheap.testing.LeakCheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

@ExtendWith(LeakCheck.class)
class JournalRoundTripTest {
    @TempDir
    Path store;

    @Test
    void whatIsAppendedIsReplayedAndReadByLocation() throws IOException {
        final List<Long> locations;
        try (TestJournal journal = new TestJournal(store, JournalConfig.DEFAULT)) {
            locations = journal.put("production", 1000);
            assertEquals(1, journal.writer().lastVersion());
            assertEquals(1001, TestJournal.replay(store).size(), "a reader beside the writer");
        }
        final TestJournal.Log log = new TestJournal.Log();
        final Checkpoint end;
        try (JournalReader reader = JournalReader.open(store, TestJournal.key(1))) {
            end = reader.replay(Checkpoint.START, log);
        }
        assertEquals("1 production:1 0 NAME_0=value of production 0/1", log.events.get(0));
        assertEquals("commit 1 version 1", log.events.get(1000));
        assertEquals(locations, log.locations);
        assertEquals(1, end.lastVersion());
        assertEquals(1000, end.nextChange());
        try (BlockReader blocks = BlockReader.open(store, TestJournal.key(1))) {
            for (int i = 999; i >= 0; i -= 7) {
                final Block block = blocks.read(locations.get(i));
                assertEquals("value of production " + i, new String(block.change().value(), StandardCharsets.UTF_8));
                assertEquals("production", block.section().environment());
                assertEquals("production.env", block.section().source());
                assertEquals(3, block.section().dialect());
                assertEquals(locations.get(i), block.change().location());
            }
        }
    }

    @Test
    void aWholeTransactionIsReadAsOneOfTwoFrames() throws IOException {
        final List<Long> locations;
        final long commit;
        try (TestJournal journal = new TestJournal(store, TestJournal.SMALL)) {
            journal.put("before", 2);
            locations = journal.putWhole("production", 300); // several blocks
            commit = journal.writer().lastFrameLocation();
            journal.put("after", 2);
        }
        final List<String> events = TestJournal.replay(store);
        assertEquals("2 production:300 0 NAME_299=value of production 299/300", events.get(302));
        assertEquals("commit 2 version 2", events.get(303));
        assertEquals("commit 3 version 3", events.get(306));
        final TestJournal.Log log = new TestJournal.Log();
        try (JournalReader reader = JournalReader.open(store, TestJournal.key(1))) {
            assertEquals(304, reader.replayCommitted(JournalSurvey.of(store), log).nextChange());
        }
        assertEquals(events, log.events);
        assertEquals(locations, log.locations.subList(2, 302));
        assertEquals(new JournalSurvey(Set.of(), 304, 3, true), JournalSurvey.of(store));
        final byte[] id = JournalReader.storeId(store, null);
        try (BlockReader blocks = BlockReader.open(store, TestJournal.key(1));
                CommitReader commits = CommitReader.open(store, TestJournal.key(1), id)) {
            assertEquals("value of production 299", new String(blocks.read(locations.get(299)).change().value(),
                    StandardCharsets.UTF_8));
            assertEquals(TestJournal.INFO, commits.read(commit).info());
            assertEquals(300, commits.read(commit).changes());
        }
        assertTrue(JournalVerifier.verify(store, TestJournal.key(1)).isIntact());
    }

    @Test
    void aWholeTransactionHasNoOtherFrame() throws IOException {
        try (TestJournal journal = new TestJournal(store, TestJournal.SMALL)) {
            final JournalWriter writer = journal.writer();
            final long transaction = writer.nextTransaction();
            journal.frame(transaction, "e", 1);
            assertThrows(IllegalArgumentException.class, () -> writer.beginWhole(transaction));
            final long other = writer.nextTransaction();
            writer.beginWhole(other);
            journal.section("e");
            journal.set(1, "NAME", "value");
            assertThrows(IllegalStateException.class, writer::append, "only its commit appends it");
            assertThrows(IllegalStateException.class, () -> writer.commit(transaction, TestJournal.INFO));
            assertEquals(1, writer.commit(other, TestJournal.INFO));
            assertEquals(2, writer.commit(transaction, TestJournal.INFO));
        }
        assertEquals(List.of("2 e:1 0 NAME=value/1", "commit 2 version 1"), TestJournal.replay(store).subList(1, 3));
    }

    @Test
    void aCleanStoreIsContinuedInTheSameSegment() throws IOException {
        for (int i = 0; i < 3; i++) {
            try (TestJournal journal = new TestJournal(store, JournalConfig.DEFAULT)) {
                journal.put("e" + i, 10);
                assertEquals(i + 1, journal.writer().lastVersion());
            }
        }
        assertFalse(Files.exists(TestJournal.queueFile(store, 2)));
        assertTrue(Files.size(TestJournal.queueFile(store, 1)) <= 32 << 10,
                () -> "a small store stays small: " + TestJournal.queueFile(store, 1).toFile().length());
        final List<String> events = TestJournal.replay(store);
        assertEquals(33, events.size());
        assertEquals("commit 3 version 3", events.get(32));
    }

    @Test
    void segmentsRollBySizeAndTransactionsGoOnAcrossThem() throws IOException {
        try (TestJournal journal = new TestJournal(store, TestJournal.SMALL)) {
            final long open = journal.writer().nextTransaction();
            for (int i = 0; i < 40; i++) {
                journal.frame(open, "import", 1000);
                journal.put("put" + i, 1);
            }
            journal.writer().commit(open, TestJournal.INFO);
            journal.writer().sync();
        }
        assertTrue(Files.exists(TestJournal.queueFile(store, 2)));
        final List<String> events = TestJournal.replay(store);
        assertEquals(40 * 1002 + 1, events.size());
        assertEquals("commit 1 version 41", events.getLast());
    }
}
