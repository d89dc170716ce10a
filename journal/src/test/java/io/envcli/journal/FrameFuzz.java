package io.envcli.journal;

import io.envcli.offheap.testing.Edits;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/**
 * A journal of which anything was changed, headers' checksums right or not, is replayed, verified, and asked for each change and
 * each commit by its place. What it gives is what was written; what it cannot give it reports, with a file; it never fails in
 * another way. Commit and segment headers are frames too.
 */
public final class FrameFuzz {
    /** Up to here the queue's file has something in it. */
    private static final int FRAMES = 3;
    /** A header, the clear fields behind it, and the beginning of a block. */
    private static final int HEADER = FrameDescriptor.HEADER_LENGTH + 128;

    private final Path store;
    private final Path file;
    private final byte[] intact;
    private final List<Long> locations;
    private final List<Integer> frames;
    private final Set<String> written;
    private final FrameHeader header = new FrameHeader();

    private FrameFuzz() throws IOException {
        store = Files.createTempDirectory("frame-fuzz");
        try (TestJournal journal = new TestJournal(store, TestJournal.SMALL)) {
            locations = journal.put("one", FRAMES);
            locations.addAll(journal.put("two", 2 * FRAMES));
            final long open = journal.writer().nextTransaction();
            locations.addAll(journal.frame(open, "open", 1));
        }
        file = TestJournal.queueFile(store, 1);
        intact = Files.readAllBytes(file);
        frames = frames(intact);
        final TestJournal.Log log = new TestJournal.Log();
        try (JournalReader reader = JournalReader.open(store, TestJournal.key(1))) {
            reader.replay(Checkpoint.START, log);
        }
        written = new HashSet<>(log.events);
        Runtime.getRuntime().addShutdownHook(new Thread(this::delete));
    }

    private static List<Integer> frames(final byte[] bytes) {
        return Stream.iterate(0, at -> at + FrameDescriptor.HEADER_LENGTH <= bytes.length, at -> at + 4)
                .filter(at -> LittleEndian.getInt(bytes, at) == FrameDescriptor.MAGIC_VALUE
                        && new FrameHeader().wrap(bytes, at).isHeaderCrcRight())
                .toList();
    }

    private void delete() {
        try (Stream<Path> paths = Files.walk(store)) {
            paths.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
        } catch (final IOException _) {
            // A temporary folder that is left behind.
        }
    }

    /** Made when the first input comes. */
    private static final class Holder {
        static final FrameFuzz INSTANCE = make();

        private static FrameFuzz make() {
            try {
                return new FrameFuzz();
            } catch (final IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /**
     * Tries one.
     *
     * @param input {@link Edits} of the part of the file that is in use; if its last byte is odd, of frames' headers alone,
     *              and then their checksums are made right.
     * @throws IOException if files cannot be written.
     */
    public static void fuzzerTestOneInput(final byte[] input) throws IOException {
        Holder.INSTANCE.test(input);
    }

    private void test(final byte[] input) throws IOException {
        final byte[] edited = intact.clone();
        if (input.length > 0 && (input[input.length - 1] & 1) != 0) {
            editHeaders(edited, input);
        } else {
            final int from = frames.getFirst() - 4;
            final int end = Math.min(intact.length, frames.getLast() + 4096);
            final byte[] part = Edits.apply(Arrays.copyOfRange(intact, from, end), input);
            System.arraycopy(part, 0, edited, from, part.length);
            Arrays.fill(edited, from + part.length, end, (byte) 0);
        }
        Files.write(file, edited);
        replay();
        verify(TestJournal.key(1));
        verify(null);
        readByPlace();
    }

    private void editHeaders(final byte[] edited, final byte[] input) {
        final int one = frames.get(Math.floorMod(input[0], frames.size()));
        final byte[] part = Edits.apply(Arrays.copyOfRange(edited, one, Math.min(edited.length, one + HEADER)), input);
        System.arraycopy(part, 0, edited, one, part.length);
        header.wrap(edited, one);
        LittleEndian.putInt(edited, one + FrameDescriptor.HEADER_CRC, crc(edited, one, FrameDescriptor.HEADER_CRC));
        final int length = header.frameLength() - FrameDescriptor.HEADER_LENGTH;
        if (length > 0 && length < edited.length - one - FrameDescriptor.HEADER_LENGTH) {
            LittleEndian.putInt(edited, one + FrameDescriptor.FRAME_CRC,
                    crc(edited, one + FrameDescriptor.HEADER_LENGTH, length));
            LittleEndian.putInt(edited, one + FrameDescriptor.HEADER_CRC, crc(edited, one, FrameDescriptor.HEADER_CRC));
        }
    }

    private static int crc(final byte[] bytes, final int from, final int length) {
        final CRC32C crc = new CRC32C();
        crc.update(bytes, from, length);
        return (int) crc.getValue();
    }

    private void replay() throws IOException {
        final TestJournal.Log log = new TestJournal.Log();
        try (JournalReader reader = JournalReader.open(store, TestJournal.key(1))) {
            reader.replay(Checkpoint.START, log);
        } catch (final JournalException _) {
            // As it should be.
        }
        for (final String event : log.events) {
            if (!written.contains(event) && !event.startsWith("never")) {
                throw new AssertionError("replayed and never written: " + event);
            }
        }
    }

    /** Of a first frame whose checksum is right and whose seal is not, nobody can say that the key is the right one. */
    private void verify(final @Nullable UserKey key) throws IOException {
        try {
            JournalVerifier.verify(store, key);
        } catch (final WrongKeyException | UnsupportedFormatException _) {
            // As it should be.
        }
    }

    private void readByPlace() throws IOException {
        try (BlockReader blocks = BlockReader.open(store, TestJournal.key(1))) {
            for (final long location : locations) {
                try {
                    final Block block = blocks.read(location);
                    final String name = "NAME_" + (block.change().line() - 1);
                    if (!block.change().isName(TestJournal.utf8(name))) {
                        throw new AssertionError("another change than was written");
                    }
                } catch (final JournalException _) {
                    // As it should be.
                }
            }
        }
    }
}
