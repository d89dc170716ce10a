package io.envcli.journal;

import io.envcli.offheap.DiskObserver;
import io.envcli.offheap.FileSpace;
import io.envcli.offheap.testing.LeakCheck;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What power cuts have taken away once, each found by the engine's PowerLossTest, and the syncs that keep it. */
@ExtendWith(LeakCheck.class)
class LostWritesTest {
    private static final String OTHER_BOOT = "ab".repeat(16);

    @TempDir
    Path top;

    private final List<Path> synced = new ArrayList<>();

    @AfterEach
    void end() {
        FileSpace.observe(DiskObserver.NONE);
    }

    private Path store() {
        return top.resolve("data/store");
    }

    private void observe() {
        FileSpace.observe(new DiskObserver() {
            @Override
            public void allocated(final Path file) {}

            @Override
            public void syncing(final Path path) {}

            @Override
            public void synced(final Path path) {
                synced.add(path);
            }
        });
    }

    /** It was not: then it said again where the session before had ended, and what was acknowledged since was passed over. */
    @Test
    void theLockFileIsSyncedBeforeTheFirstAcknowledgement() throws IOException {
        put(true);
        observe();
        put(true);
        assertTrue(synced.contains(StoreFolders.lock(store())), synced::toString);
    }

    /** They were not: the whole store, or its key, was lost with them. */
    @Test
    void theFoldersAboveANewStoreAndANewKeyAreSynced() throws IOException {
        observe();
        UserKey.create(top.resolve("configuration/env-cli/key")).close();
        assertTrue(synced.containsAll(
                List.of(top.toRealPath().resolve("configuration/env-cli"), top.toRealPath().resolve("configuration"),
                        top.toRealPath())),
                synced::toString);
        synced.clear();
        put(true);
        assertTrue(synced.containsAll(List.of(top.toRealPath().resolve("data"), top.toRealPath())), synced::toString);
    }

    /** They were not: a later segment was there, and said where an earlier one ended that had a hole. */
    @Test
    void aSegmentIsBegunWhenAllBeforeItIsSyncedAndGoesOnWhenItsBeginningIs() throws IOException {
        try (TestJournal journal = new TestJournal(store(), TestJournal.SMALL)) {
            observe();
            while (journal.writer().checkpoint().segment() == 1) {
                journal.put("e", 300);
            }
            assertEquals(List.of(TestJournal.queueFile(store(), 1), TestJournal.queueFile(store(), 2),
                    TestJournal.queueFile(store(), 2).getParent(), StoreFolders.journal(store()), store()), synced);
        }
    }

    /** A commit may reach the disk before the frames that it commits: then neither was acknowledged. */
    @Test
    void aHoleBeforeACommitThatWasNotSyncedEndsTheJournalAndOneBeforeASyncedOneIsDamage() throws IOException {
        final List<Long> ends = new ArrayList<>();
        try (TestJournal journal = new TestJournal(store(), TestJournal.SMALL)) {
            for (int i = 0; i < 4; i++) {
                journal.put("put" + i, 3);
                if (i == 1) {
                    journal.writer().sync();
                }
                ends.add(journal.writer().checkpoint().position());
            }
        }
        final List<String> events = TestJournal.replay(store());
        leave(LockContent.open(0), OTHER_BOOT);
        final byte[] whole = Files.readAllBytes(TestJournal.queueFile(store(), 1));
        hole(whole, ends.get(1));
        assertEquals(events.subList(0, 8), TestJournal.replay(store()), "the third and fourth were not synced");
        assertTrue(JournalVerifier.verify(store(), TestJournal.key(1)).isIntact());
        hole(whole, ends.get(0));
        final JournalDamagedException e = assertThrows(JournalDamagedException.class,
                () -> TestJournal.replay(store()), "the second was synced");
        assertEquals(ends.get(0), e.position());
    }

    /** It was called damaged: the lock file said that the segment before was left clean. */
    @Test
    void aSegmentThatPowerTookAwayAsItWasBegunIsBegunAnew() throws IOException {
        put(true);
        final List<String> events = TestJournal.replay(store());
        final LockContent clean = StoreLock.view(store()).content();
        leave(new LockContent(LockDescriptor.CLEAN, true, 1, 0, OTHER_BOOT, clean.end(), clean.fileLength(),
                clean.queuePages()),
                OTHER_BOOT);
        final byte[] begun = Arrays.copyOf(Files.readAllBytes(TestJournal.queueFile(store(), 1)), 64 << 10);
        final Path second = TestJournal.queueFile(store(), 2);
        Files.createDirectories(second.getParent());
        for (final int lost : new int[]{0, 512}) { // of the queue's own header, of the frame
            final byte[] left = begun.clone();
            Arrays.fill(left, lost, lost + 512, (byte) 0);
            Arrays.fill(left, 1024, left.length, (byte) 0);
            Files.write(second, left);
            assertEquals(events, TestJournal.replay(store()));
        }
        put(true);
        assertEquals(events.size() + 2, TestJournal.replay(store()).size());
        assertTrue(JournalVerifier.verify(store(), TestJournal.key(1)).isIntact());
    }

    /** The store could not be opened for writing any more. */
    @Test
    void aTableOfTheQueueThatPowerTookAwayIsMadeAnew() throws IOException {
        put(true);
        final Path table = TestJournal.queueFile(store(), 1).resolveSibling(QueueFileDescriptor.TABLE_NAME);
        final byte[] whole = Files.readAllBytes(table);
        for (final byte[] left : List.of(new byte[0], new byte[whole.length], Arrays.copyOf(whole, 512))) {
            Files.write(table, left);
            put(true);
        }
        Files.delete(table);
        put(true);
        assertEquals(List.of(1), StoreFolders.segments(StoreFolders.journal(store())));
    }

    private void put(final boolean sync) throws IOException {
        try (TestJournal journal = new TestJournal(store(), TestJournal.SMALL)) {
            journal.put("e", 1);
            if (sync) {
                journal.writer().sync();
            }
        }
    }

    private void leave(final LockContent content, final String bootId) throws IOException {
        Files.write(StoreFolders.lock(store()), new LockContent(content.state(), content.synced(), 1, 0, bootId,
                content.end(), content.fileLength(), content.queuePages()).encode());
    }

    private void hole(final byte[] whole, final long at) throws IOException {
        final byte[] left = whole.clone();
        Arrays.fill(left, (int) at, (int) at + 40, (byte) 0);
        Files.write(TestJournal.queueFile(store(), 1), left);
    }
}
