package io.envcli.journal;

import com.sun.management.ThreadMXBean;
import io.envcli.offheap.Owner;
import io.envcli.offheap.Region;
import io.envcli.offheap.testing.LeakCheck;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ChronicleQueue;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.queue.RollCycles;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.wire.DocumentContext;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

@ExtendWith(LeakCheck.class)
class JournalWriterTest {
    @TempDir
    Path folder;

    @Test
    void closingCutsNoOtherStoresFile() throws IOException {
        final Path store = folder.resolve("store");
        final TestJournal deleted = new TestJournal(store, TestJournal.SMALL);
        deleted.putWhole("e", 1);
        Files.move(store, folder.resolve("elsewhere"));
        try (TestJournal other = new TestJournal(store, TestJournal.SMALL)) {
            for (int i = 0; i < 100; i++) {
                other.putWhole("e", 20);
            }
        }
        final byte[] before = Files.readAllBytes(TestJournal.queueFile(store, 1));
        final IOException refused = assertThrows(IOException.class, deleted::close);
        assertTrue(String.valueOf(refused.getMessage()).contains("another file was put in its place"),
                refused::getMessage);
        assertArrayEquals(before, Files.readAllBytes(TestJournal.queueFile(store, 1)));
        assertTrue(JournalVerifier.verify(store, TestJournal.key(1)).isIntact());
    }

    @Test
    void theWalkerSeesWhatChroniclesOwnTailerSees() throws IOException {
        final Path store = folder.resolve("store");
        try (TestJournal journal = new TestJournal(store, JournalConfig.DEFAULT)) {
            // More documents than one index page of the queue covers.
            for (int i = 0; i < 700; i++) {
                journal.put("e", i % 5);
            }
        }
        final List<byte[]> walked = new ArrayList<>();
        try (SegmentWalker walker = new SegmentWalker(TestJournal.queueFile(store, 1))) {
            while (walker.next()) {
                walked.add(Arrays.copyOfRange(walker.buffer(), walker.offset(),
                        walker.offset() + walker.length()));
            }
        }
        final List<byte[]> tailed = tail(StoreFolders.segment(StoreFolders.journal(store), 1));
        assertEquals(tailed.size(), walked.size());
        for (int i = 0; i < tailed.size(); i++) {
            assertArrayEquals(tailed.get(i), walked.get(i));
        }
        assertTrue(walked.size() > 1200);
    }

    private static List<byte[]> tail(final Path segment) {
        final List<byte[]> documents = new ArrayList<>();
        try (ChronicleQueue queue = SingleChronicleQueueBuilder.binary(segment).rollCycle(RollCycles.FAST_DAILY)
                .timeProvider(() -> 0L).readOnly(true).build(); ExcerptTailer tailer = queue.createTailer()) {
            while (true) {
                try (DocumentContext document = tailer.readingDocument()) {
                    if (!document.isPresent()) {
                        return documents;
                    }
                    final Bytes<?> bytes = Objects.requireNonNull(document.wire()).bytes();
                    documents.add(bytes.toByteArray());
                }
            }
        }
    }

    @Test
    void replayGoesOnFromAnyCheckpointWithTransactionsOpen() throws IOException {
        final Path store = folder.resolve("store");
        final List<Checkpoint> checkpoints = new ArrayList<>(List.of(Checkpoint.START));
        final List<Integer> events = new ArrayList<>(List.of(0));
        try (TestJournal journal = new TestJournal(store, TestJournal.SMALL);
                JournalReader reader = JournalReader.open(store, TestJournal.key(1))) {
            final long first = journal.writer().nextTransaction();
            final long second = journal.writer().nextTransaction();
            for (int i = 0; i < 12; i++) {
                journal.frame(i % 2 == 0 ? first : second, "import" + i, 700);
                journal.put("put", i);
                final TestJournal.Log log = new TestJournal.Log();
                final Checkpoint end = reader.replay(checkpoints.getLast(), log);
                assertEquals(journal.writer().checkpoint().nextChange(), end.nextChange());
                assertEquals(journal.writer().checkpoint().openTransactions(), end.openTransactions());
                checkpoints.add(Checkpoint.decode(end.encode()).orElseThrow());
                events.add(events.getLast() + log.events.size());
            }
            journal.writer().commit(second, TestJournal.INFO);
            journal.writer().abandon(first);
        }
        final List<String> all = TestJournal.replay(store);
        try (JournalReader reader = JournalReader.open(store, TestJournal.key(1))) {
            for (int i = 0; i < checkpoints.size(); i++) {
                final TestJournal.Log log = new TestJournal.Log();
                reader.replay(checkpoints.get(i), log);
                assertEquals(all.subList(events.get(i), all.size()), log.events);
            }
            final Checkpoint end = reader.replay(Checkpoint.START, new TestJournal.Log());
            assertEquals(List.of(1L), end.openTransactions().stream().map(OpenTransaction::number).toList());
            final Checkpoint beyond = new Checkpoint(end.segment(), end.position() + 4, end.nextChange(),
                    end.lastVersion(), end.chainHash(), end.nextTransaction(), end.salt(), end.openTransactions());
            assertThrows(StaleCheckpointException.class, () -> reader.replay(beyond, new TestJournal.Log()));
        }
    }

    @Test
    void transactionNumbersAreNeverReusedAbortedOnesIncluded() throws IOException {
        final Path store = folder.resolve("store");
        try (TestJournal journal = new TestJournal(store, TestJournal.SMALL)) {
            final long aborted = journal.writer().nextTransaction();
            assertEquals(1, aborted);
            journal.frame(aborted, "aborted", 3);
            journal.writer().abandon(aborted);
        }
        try (TestJournal journal = new TestJournal(store, TestJournal.SMALL)) {
            assertEquals(2, journal.writer().nextTransaction());
            journal.put("e", 1);
        }
        final List<String> events = TestJournal.replay(store);
        assertEquals("never 1", events.get(3));
        assertEquals("commit 3 version 1", events.get(5));
    }

    @Test
    void aWrongKeyIsToldFromDamage() throws IOException {
        final Path store = folder.resolve("store");
        final long location;
        try (TestJournal journal = new TestJournal(store, TestJournal.SMALL)) {
            location = journal.put("e", 1).getFirst();
        }
        try (UserKey wrong = TestJournal.key(2)) {
            assertThrows(WrongKeyException.class, () -> JournalReader.open(store, wrong));
            assertThrows(WrongKeyException.class, () -> JournalVerifier.verify(store, wrong));
            try (BlockReader blocks = BlockReader.open(store, wrong)) {
                assertThrows(WrongKeyException.class, () -> blocks.read(location));
            }
            try (StoreLock lock = StoreLock.acquire(store)) {
                assertThrows(WrongKeyException.class, () -> JournalWriter.open(lock, wrong, TestJournal.SMALL));
            }
        }
        TestJournal.replay(store);
    }

    @Test
    void everythingIsForItsOwnerAloneAndNoFileIsElsewhereAndNoThreadStays() throws IOException {
        final Path store = folder.resolve("store");
        final Set<Thread> before = new HashSet<>(Thread.getAllStackTraces().keySet());
        try (TestJournal journal = new TestJournal(store, TestJournal.SMALL)) {
            journal.put("e", 1);
            journal.writer().sync();
        }
        final Set<Thread> after = new HashSet<>(Thread.getAllStackTraces().keySet());
        after.removeAll(before);
        after.removeIf(thread -> thread.getName().contains("Compiler") || thread.getName().equals("process reaper"));
        assertEquals(Set.of(), after);
        final List<String> files = new ArrayList<>();
        try (Stream<Path> paths = Files.walk(folder)) {
            for (final Path path : (Iterable<Path>) paths.skip(1)::iterator) {
                files.add(folder.relativize(path).toString());
                assertEquals(Files.isDirectory(path) ? "rwx------" : "rw-------",
                        PosixFilePermissions.toString(Files.getPosixFilePermissions(path)), path::toString);
            }
        }
        files.sort(null);
        assertEquals(List.of("store", "store/journal", "store/journal/000001", "store/journal/000001/19700101F.cq4",
                "store/journal/000001/metadata.cq4t", "store/lock"), files);
    }

    @Test
    void addingAllocatesNothing() throws IOException {
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (Region memory = Region.allocate(Owner.TEST, 4096)) {
            final FrameBuilder frame = new FrameBuilder(16 << 10, 8 << 20);
            final byte[] environment = TestJournal.utf8("e");
            long least = Long.MAX_VALUE;
            for (int round = 0; round < 10; round++) {
                frame.begin(0);
                frame.section(environment, environment, (byte) 0);
                final long before = threads.getCurrentThreadAllocatedBytes();
                for (int i = 0; i < 50_000; i++) {
                    frame.add(0, i, memory.address(), 1 + i % 30, memory.address() + 64, i % 90, memory.address());
                }
                least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
            }
            assertEquals(0, least);
        }
    }

    @Test
    void aSealedBlockCostsLittleGarbage() throws IOException {
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (UserKey user = TestJournal.key(1);
                StoreKeys keys = StoreKeys.derive(user, new byte[16]);
                FrameSealer sealer = new FrameSealer(keys)) {
            final FrameBuilder frame = new FrameBuilder(4096, 1 << 20);
            long least = Long.MAX_VALUE;
            for (int round = 0; round < 20; round++) {
                frame.begin(0);
                for (int i = 0; i < 100; i++) {
                    frame.addBlock(new byte[4096], 4096);
                }
                sealer.header(frame, FrameDescriptor.CHANGES, 1, 1, 0);
                final long before = threads.getCurrentThreadAllocatedBytes();
                sealer.seal(frame);
                least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
            }
            assertTrue(least <= 100 * 1280, "bytes a block: " + least / 100);
        }
    }

    @Test
    void aFullDiskRefusesTheFrameAndWhatWasAcknowledgedStays() throws Exception {
        final Path mount = Files.createDirectory(folder.resolve("small"));
        Assumptions.assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", mount.toString()),
                "mounting needs privileges");
        try {
            final Path store = mount.resolve("store");
            long version = 0;
            try (TestJournal journal = new TestJournal(store, JournalConfig.DEFAULT)) {
                final JournalWriter writer = journal.writer();
                try {
                    while (version < 10_000) {
                        journal.put("e", 500);
                        version = writer.lastVersion();
                    }
                } catch (final JournalFullException e) {
                    assertTrue(e.toString().contains("disk full"), e.toString());
                }
                assertTrue(version > 20 && version < 10_000, "version=" + version);
                assertThrows(JournalFailedException.class, () -> journal.put("e", 1));
                assertThrows(JournalFailedException.class, () -> writer.sync());
            }
            assertFalse(StoreLock.state(store).clean());
            assertEquals("commit " + version + " version " + version,
                    TestJournal.replay(store).stream().filter(line -> line.startsWith("commit")).toList().getLast());
            assertTrue(JournalVerifier.verify(store, TestJournal.key(1)).isIntact());
        } finally {
            assertTrue(run("umount", mount.toString()));
        }
    }

    @Test
    void aDiskTooSmallForTheFirstSegmentRefusesTheStore() throws Exception {
        final Path mount = Files.createDirectory(folder.resolve("tiny"));
        Assumptions.assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=96k", "tmpfs", mount.toString()),
                "mounting needs privileges");
        try {
            final Path store = mount.resolve("store");
            assertThrows(JournalFullException.class, () -> new TestJournal(store, JournalConfig.DEFAULT).close());
            assertTrue(run("mount", "-o", "remount,size=2m", mount.toString()));
            try (TestJournal journal = new TestJournal(store, JournalConfig.DEFAULT)) {
                assertEquals(1, journal.writer().checkpoint().segment(), "what was begun was removed");
                journal.put("e", 1);
            }
            assertEquals(2, TestJournal.replay(store).size());
        } finally {
            assertTrue(run("umount", mount.toString()));
        }
    }

    @Test
    void warmingUpIsHarmless() {
        JournalWriter.warmUp();
    }

    private static boolean run(final String... command) throws IOException, InterruptedException {
        try {
            final Process process = new ProcessBuilder(command).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
            return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (final IOException e) {
            return false;
        }
    }

    @Test
    void misuseIsRefused() throws IOException {
        try (TestJournal journal = new TestJournal(folder.resolve("store"), TestJournal.SMALL)) {
            final JournalWriter writer = journal.writer();
            assertThrows(IllegalArgumentException.class, () -> writer.beginFrame(1));
            assertThrows(IllegalStateException.class, writer::append);
            final long transaction = writer.nextTransaction();
            writer.beginFrame(transaction);
            assertThrows(IllegalStateException.class, () -> writer.beginFrame(transaction));
            assertThrows(IllegalStateException.class, () -> journal.set(1, "A", "b"));
            assertEquals(Location.NONE, writer.append());
            assertEquals(1, writer.commit(transaction, TestJournal.INFO), "a commit of nothing");
        }
        assertThrows(IllegalArgumentException.class, () -> JournalConfig.DEFAULT.withBlockBytes(1));
        assertThrows(NotAJournalException.class, () -> TestJournal.replay(folder.resolve("none")));
    }

    @Test
    void frameTakesNoMoreThanItsLimit() throws IOException {
        try (TestJournal journal = new TestJournal(folder.resolve("store"), JournalConfig.DEFAULT)) {
            final JournalWriter writer = journal.writer();
            final long transaction = writer.nextTransaction();
            writer.beginFrame(transaction);
            journal.section("e");
            final byte[] value = new byte[131_000];
            Arrays.fill(value, (byte) 'v');
            int added = 0;
            while (journal.add(0, 1, "N", value) != JournalWriter.FRAME_FULL) {
                added++;
            }
            assertTrue(Math.abs((8 << 20) / 131_200 - added) <= 1, "added=" + added);
            assertTrue(writer.isFrameFull());
            writer.append();
            writer.commit(transaction, TestJournal.INFO);
            assertEquals(added + 1, TestJournal.replay(folder.resolve("store")).size());
        }
    }
}
