package io.envcli.journal;

import io.envcli.offheap.testing.LeakCheck;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32C;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Whatever happens to the bytes on disk, no reader ever answers something else than was written. */
@ExtendWith(LeakCheck.class)
class DamageTest {
    private static final int ROUNDS = 80;

    @TempDir
    Path store;

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private final List<Long> locations = new ArrayList<>();
    private byte[] original = new byte[0];
    private List<String> events = List.of();
    private Path file = Path.of("");

    @BeforeEach
    void write() throws IOException {
        try (TestJournal journal = new TestJournal(store, TestJournal.SMALL)) {
            final long open = journal.writer().nextTransaction();
            for (int i = 0; i < 20; i++) {
                locations.addAll(journal.frame(open, "import", 100));
                locations.addAll(
                        i % 2 == 1 ? journal.put("put" + i, 1 + i % 3) : journal.putWhole("put" + i, 1 + i % 3));
            }
            journal.writer().commit(open, TestJournal.INFO);
        }
        file = TestJournal.queueFile(store, 1);
        original = Files.readAllBytes(file);
        events = TestJournal.replay(store);
    }

    @Test
    void flippedBits() throws IOException {
        for (int i = 0; i < ROUNDS; i++) {
            final byte[] damaged = original.clone();
            final int at = random.nextInt(damaged.length);
            damaged[at] ^= (byte) (1 << random.nextInt(8));
            check(damaged, "bit flipped at " + at);
        }
    }

    @Test
    void zeroedPages() throws IOException {
        for (int page = 0; page < original.length; page += 4096) {
            final byte[] damaged = original.clone();
            Arrays.fill(damaged, page, Math.min(page + 4096, damaged.length), (byte) 0);
            check(damaged, "page zeroed at " + page);
        }
    }

    @Test
    void truncation() throws IOException {
        for (int i = 0; i < ROUNDS / 3; i++) {
            final int length = random.nextInt(original.length);
            check(Arrays.copyOf(original, length), "truncated to " + length);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {FrameDescriptor.CHANGES, FrameDescriptor.WHOLE})
    void swappedFrames(final int kind) throws IOException {
        final List<Integer> puts = documents(original).stream()
                .filter(at -> new FrameHeader().wrap(original, at).kind() == kind
                        && new FrameHeader().wrap(original, at).changeCount() == 1)
                .toList();
        final int first = puts.get(0);
        final FrameHeader header = new FrameHeader().wrap(original, first);
        final int second = puts.stream().skip(1)
                .filter(at -> new FrameHeader().wrap(original, at).frameLength() == header.frameLength()).findFirst()
                .orElseThrow();
        final int length = header.frameLength();
        final byte[] damaged = original.clone();
        System.arraycopy(original, first, damaged, second, length);
        System.arraycopy(original, second, damaged, first, length);
        assertFalse(checkReading(damaged, "frames swapped"));
        final byte[] repeated = original.clone();
        System.arraycopy(original, first, repeated, second, length);
        assertFalse(checkReading(repeated, "frame repeated"));
    }

    @ParameterizedTest
    @ValueSource(ints = {FrameDescriptor.COMMIT, FrameDescriptor.WHOLE})
    void aFrameWithForgedNumbersAndRightCrcsIsNoticed(final int kind) throws IOException {
        final int at = documents(original).stream()
                .filter(i -> new FrameHeader().wrap(original, i).kind() == kind).findFirst()
                .orElseThrow();
        final byte[] damaged = original.clone();
        final int variables = at + FrameDescriptor.HEADER_LENGTH + CommitDescriptor.VARIABLE_COUNT;
        LittleEndian.putLong(damaged, variables, 99);
        final FrameHeader header = new FrameHeader().wrap(damaged, at);
        final CRC32C crc = new CRC32C();
        crc.update(damaged, at + FrameDescriptor.HEADER_LENGTH, header.frameLength() - FrameDescriptor.HEADER_LENGTH);
        LittleEndian.putInt(damaged, at + FrameDescriptor.FRAME_CRC, (int) crc.getValue());
        crc.reset();
        crc.update(damaged, at, FrameDescriptor.HEADER_CRC);
        LittleEndian.putInt(damaged, at + FrameDescriptor.HEADER_CRC, (int) crc.getValue());
        assertFalse(check(damaged, "count forged"));
    }

    @Test
    void anUncleanStoreWithAHoleInTheMiddleIsDamaged() throws IOException {
        unclean();
        for (final int at : documents(original).subList(1, 20)) {
            final byte[] damaged = original.clone();
            Arrays.fill(damaged, at - 4, at + 8, (byte) 0);
            Files.write(file, damaged);
            final JournalDamagedException e = assertThrows(JournalDamagedException.class,
                    () -> TestJournal.replay(store));
            assertEquals(at - 4, e.position());
            assertEquals(file, e.file());
            assertThrows(JournalDamagedException.class, () -> new TestJournal(store, TestJournal.SMALL).close());
        }
    }

    @Test
    void anUncleanStoreEndsAtAnUnfinishedDocument() throws IOException {
        unclean();
        final List<Integer> documents = documents(original);
        final int last = documents.getLast();
        final byte[] damaged = original.clone();
        damaged[last - 1] |= (byte) 0x80;
        Arrays.fill(damaged, last + 50, damaged.length, (byte) 0);
        // Half of the header is there, as when a writer is killed while it copies.
        Files.write(file, damaged);
        assertEquals(events.subList(0, events.size() - 1), TestJournal.replay(store));
        try (TestJournal journal = new TestJournal(store, TestJournal.SMALL)) {
            journal.put("after", 1);
        }
        assertTrue(Files.exists(TestJournal.queueFile(store, 2)));
        final List<String> after = TestJournal.replay(store);
        assertEquals(events.subList(0, events.size() - 1), after.subList(0, events.size() - 1));
        assertEquals("never 1", after.get(events.size() - 1));
        assertTrue(JournalVerifier.verify(store, TestJournal.key(1)).isIntact());
    }

    /** A writer is killed while it copies a frame: the document's header is written when all else is there. */
    @ParameterizedTest
    @ValueSource(ints = {0, QueueFileDescriptor.NOT_READY})
    void anUncleanStoreEndsAtADocumentWithoutHeaderHoweverMuchOfItIsThere(final int begun) throws IOException {
        unclean();
        final List<Integer> documents = documents(original);
        for (int back = 1; back <= 2; back++) { // a commit, and the changes before it
            final int start = documents.get(documents.size() - back);
            final int whole = new FrameHeader().wrap(original, start).frameLength();
            for (final int copied : new int[]{0, 50, FrameDescriptor.HEADER_LENGTH, whole - 8}) {
                final byte[] torn = original.clone();
                LittleEndian.putInt(torn, start - QueueFileDescriptor.HEADER_LENGTH, begun);
                Arrays.fill(torn, start + copied, torn.length, (byte) 0);
                Files.write(file, torn);
                final List<String> replayed = TestJournal.replay(store);
                assertEquals(events.subList(0, events.size() - back), replayed, () -> copied + " bytes of " + whole);
                assertTrue(JournalVerifier.verify(store, TestJournal.key(1)).isIntact());
            }
        }
        try (TestJournal journal = new TestJournal(store, TestJournal.SMALL)) {
            journal.put("after", 1);
        }
        assertTrue(JournalVerifier.verify(store, TestJournal.key(1)).isIntact());
    }

    /** Nothing of it counts unless all of it is there: its changes are never visible without their commit. */
    @Test
    void aWholeTransactionThatWasBeingCopiedIsNotThereAtAll() throws IOException {
        final List<String> before = events;
        try (TestJournal journal = new TestJournal(store, TestJournal.SMALL)) {
            journal.putWhole("last", 100);
        }
        unclean();
        final byte[] longer = Files.readAllBytes(file);
        final int start = documents(longer).getLast();
        final FrameHeader header = new FrameHeader().wrap(longer, start);
        assertEquals(FrameDescriptor.WHOLE, header.kind());
        assertTrue(header.blockCount() > 1);
        for (int copied = 0; copied < header.frameLength(); copied += 500) {
            final byte[] torn = longer.clone();
            LittleEndian.putInt(torn, start - QueueFileDescriptor.HEADER_LENGTH, QueueFileDescriptor.NOT_READY);
            Arrays.fill(torn, start + copied, torn.length, (byte) 0);
            Files.write(file, torn);
            assertEquals(before, TestJournal.replay(store).subList(0, before.size()));
            assertEquals(before.size(), TestJournal.replay(store).size(), copied + " bytes");
            assertTrue(JournalVerifier.verify(store, TestJournal.key(1)).isIntact());
        }
    }

    /** It may have been acknowledged, and power, or damage, have taken those four bytes alone. */
    @ParameterizedTest
    @ValueSource(ints = {0, QueueFileDescriptor.NOT_READY})
    void aWholeFrameBehindADocumentHeaderWithoutLengthIsTaken(final int begun) throws IOException {
        unclean();
        final int commit = documents(original).getLast();
        final byte[] headless = original.clone();
        LittleEndian.putInt(headless, commit - QueueFileDescriptor.HEADER_LENGTH, begun);
        Files.write(file, headless);
        assertEquals(events, TestJournal.replay(store));
        assertTrue(JournalVerifier.verify(store, TestJournal.key(1)).isIntact());
        try (TestJournal journal = new TestJournal(store, TestJournal.SMALL)) {
            journal.put("after", 1);
        }
        final List<String> after = TestJournal.replay(store);
        assertEquals(events, after.subList(0, events.size()));
        assertEquals(events.size() + 2, after.size());
        assertTrue(JournalVerifier.verify(store, TestJournal.key(1)).isIntact());
    }

    @Test
    void aFinishedDocumentWhoseHeaderSaysUnfinishedIsDamaged() throws IOException {
        unclean();
        final byte[] damaged = original.clone();
        damaged[documents(original).getLast() - 1] |= (byte) 0x80;
        Files.write(file, damaged);
        assertThrows(JournalDamagedException.class, () -> TestJournal.replay(store), "it was acknowledged");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, QueueFileDescriptor.NOT_READY})
    void aSegmentWhoseFirstFrameWasBeingCopiedIsBegunAnew(final int begun) throws IOException {
        unclean();
        final int start = documents(original).getFirst();
        final byte[] torn = original.clone();
        LittleEndian.putInt(torn, start - QueueFileDescriptor.HEADER_LENGTH, begun);
        Arrays.fill(torn, start + new FrameHeader().wrap(original, start).frameLength(), torn.length, (byte) 0);
        final Path second = TestJournal.queueFile(store, 2);
        Files.createDirectories(second.getParent());
        Files.write(second, torn);
        assertEquals(events, TestJournal.replay(store));
        try (TestJournal journal = new TestJournal(store, TestJournal.SMALL)) {
            journal.put("after", 1);
        }
        assertTrue(JournalVerifier.verify(store, TestJournal.key(1)).isIntact());
    }

    @Test
    void framesThatPowerTookAwayEndTheJournal() throws IOException {
        try (TestJournal journal = new TestJournal(store, TestJournal.SMALL)) {
            final long lost = journal.writer().nextTransaction();
            for (int i = 0; i < 4; i++) {
                journal.frame(lost, "lost", 20);
            }
        }
        final byte[] longer = Files.readAllBytes(file);
        final List<Integer> documents = documents(longer);
        final int hole = documents.get(documents.size() - 3);
        Arrays.fill(longer, hole - 4, hole + 40, (byte) 0);
        Files.write(file, longer);
        unclean();
        assertThrows(JournalDamagedException.class, () -> TestJournal.replay(store), "no power has failed since");
        final LockContent open = LockContent.open(0);
        Files.write(store.resolve("lock"), new LockContent(open.state(), false, open.pid(), 0, "ab".repeat(16),
                open.end(), 0, 0).encode());
        final List<String> replayed = TestJournal.replay(store);
        assertEquals(events, replayed.subList(0, events.size()));
        assertEquals(events.size() + 20, replayed.size());
    }

    @Test
    void aMissingSegmentIsNamed() throws IOException {
        Files.delete(file);
        assertThrows(JournalDamagedException.class, () -> TestJournal.replay(store), "it was left clean, with frames");
        unclean();
        assertThrows(NotAJournalException.class, () -> TestJournal.replay(store));
        try (BlockReader blocks = BlockReader.open(store, TestJournal.key(1))) {
            assertThrows(SegmentMissingException.class, () -> blocks.read(locations.get(0)));
        }
    }

    private void unclean() throws IOException {
        Files.write(store.resolve("lock"), LockContent.open(0).encode());
    }

    /** Whether the damaged journal reads as before; if not, it must say so. No block reads as another one. */
    private boolean check(final byte[] damaged, final String what) throws IOException {
        final boolean same = checkReading(damaged, what);
        checkBlocks(what + ", seed=" + seed, same);
        return same;
    }

    /** The same without the blocks: one of a whole frame in another's place opens, and the view tells whose it is. */
    private boolean checkReading(final byte[] damaged, final String what) throws IOException {
        Files.write(file, damaged);
        final String context = what + ", seed=" + seed;
        boolean same;
        try {
            assertEquals(events, TestJournal.replay(store), context);
            same = true;
        } catch (final JournalException e) {
            same = false;
        }
        checkVerifier(context, same);
        return same;
    }

    private void checkVerifier(final String context, final boolean same) throws IOException {
        try {
            final JournalReport report = JournalVerifier.verify(store, TestJournal.key(1));
            // The queue's own pages hold nothing that is replayed.
            assertEquals(same, report.findings().stream().allMatch(one -> one.what().startsWith("the queue's own")),
                    () -> context + " " + report);
            assertTrue(JournalVerifier.verify(store, null).frames() >= report.frames(), context);
        } catch (final NotAJournalException e) {
            assertFalse(same, () -> context + " " + e);
        }
    }

    private void checkBlocks(final String context, final boolean same) throws IOException {
        final List<String> changes = events.stream().filter(line -> line.contains("=")).toList();
        try (BlockReader blocks = BlockReader.open(store, TestJournal.key(1))) {
            for (int i = random.nextInt(50); i < locations.size(); i += 50) {
                try {
                    final Block block = blocks.read(locations.get(i));
                    final String value = new String(block.change().value(), StandardCharsets.UTF_8);
                    assertTrue(changes.get(i).contains("=" + value + "/"), context);
                } catch (final JournalException e) {
                    assertFalse(same, () -> context + " " + e);
                }
            }
        }
    }

    /** Where the frames start. */
    private static List<Integer> documents(final byte[] bytes) {
        final List<Integer> frames = new ArrayList<>();
        int at = 0;
        while (at + 4 <= bytes.length) {
            final int header = LittleEndian.getInt(bytes, at);
            if (header == 0) {
                break;
            }
            if ((header & QueueFileDescriptor.METADATA) == 0) {
                frames.add(at + 4);
            }
            at += 4 + ((header & QueueFileDescriptor.LENGTH_MASK) + 3 & ~3);
        }
        return frames;
    }
}
