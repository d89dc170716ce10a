package io.envcli.journal;

import org.agrona.UnsafeApi;

import java.util.Arrays;

import static io.envcli.journal.BlockDescriptor.*;

/**
 * Builds the plaintext of a frame, block by block, in one array: records are written where their ciphertext will be.
 *
 * <p>Threading: one thread. Ownership: addresses given are borrowed for the call. No allocation but when the array grows.
 */
final class FrameBuilder {
    /** Answer of {@link #add}: the frame is too long for another change. */
    static final long FULL = -1;

    /** flags, three varints of 5 bytes, fingerprint. */
    private static final int MAX_CHANGE_OVERHEAD = 1 + 3 * 5 + FINGERPRINT_LENGTH;
    /** Bytes that are copied at least. */
    private static final int SHORT = 32;
    /** Of a block, and what {@link #copy} may write too much. */
    private static final int BLOCK_OVERHEAD = PREFIX_LENGTH + TAG_LENGTH + 3 + 2 * SHORT;
    private static final int NO_BLOCK = -1;
    /** What {@link #addCommit} may add. */
    private static final int COMMIT_ROOM = 1 + CommitWords.MAX_LENGTH + Integer.BYTES + BLOCK_OVERHEAD;
    /** The smallest page that a platform has. */
    private static final int PAGE = 4096;
    private static final long BASE = UnsafeApi.arrayBaseOffset(byte[].class);

    private final int blockBytes;
    private byte[] buffer;
    private int length;
    private int blockOffset = NO_BLOCK;
    private int rows;
    private int blockCount;
    private int changeCount;
    private int previousLine;
    private byte[] section = new byte[64];
    private int sectionLength;
    private boolean sectionPending;

    FrameBuilder(final int blockBytes, final int capacity) {
        this.blockBytes = blockBytes;
        this.buffer = new byte[capacity];
    }

    /** Starts a frame whose clear fields take {@code clearLength} bytes. */
    void begin(final int clearLength) {
        length = FrameDescriptor.HEADER_LENGTH + clearLength;
        Arrays.fill(buffer, 0, length, (byte) 0);
        blockOffset = NO_BLOCK;
        rows = 0;
        blockCount = 0;
        changeCount = 0;
        sectionLength = 0;
        sectionPending = false;
    }

    byte[] buffer() {
        return buffer;
    }

    int length() {
        return length;
    }

    int blockCount() {
        return blockCount;
    }

    int changeCount() {
        return changeCount;
    }

    /** Environment and source of the changes to come. */
    void section(final byte[] environment, final byte[] source, final byte dialect) {
        final int capacity = 2 + 10 + environment.length + source.length;
        if (section.length < capacity) {
            section = new byte[capacity * 2];
        }
        section[0] = (byte) SECTION;
        section[1] = dialect;
        int at = putVarint(section, 2, environment.length);
        System.arraycopy(environment, 0, section, at, environment.length);
        at = putVarint(section, at + environment.length, source.length);
        System.arraycopy(source, 0, section, at, source.length);
        sectionLength = at + source.length;
        sectionPending = true;
    }

    /** Adds a change; answers its relative location or {@link #FULL}. */
    long add(final int flags, final int line, final long nameAddress, final int nameLength, final long valueAddress,
            final int valueLength, final long fingerprintAddress) {
        final boolean unset = (flags & Change.UNSET) != 0;
        final int needed = MAX_CHANGE_OVERHEAD + nameLength + (unset ? 0 : valueLength);
        if (!room(needed)) {
            return FULL;
        }
        if (sectionPending) {
            putSection();
        }
        final byte[] to = buffer;
        int at = length;
        to[at++] = (byte) (flags & FLAGS_MASK);
        final int delta = line - previousLine;
        previousLine = line;
        at = putVarint(to, at, delta << 1 ^ delta >> 31);
        at = putVarint(to, at, nameLength);
        if (unset) {
            at = copy(nameAddress, to, at, nameLength);
        } else {
            at = putVarint(to, at, valueLength);
            at = copy(nameAddress, to, at, nameLength);
            at = copy(valueAddress, to, at, valueLength);
            UnsafeApi.putLong(to, BASE + at, UnsafeApi.getLong(fingerprintAddress));
            UnsafeApi.putLong(to, BASE + at + Long.BYTES, UnsafeApi.getLong(fingerprintAddress + Long.BYTES));
            at += FINGERPRINT_LENGTH;
        }
        length = at;
        changeCount++;
        return Location.of(0, blockOffset, rows++);
    }

    /** A whole block of given plaintext. */
    void addBlock(final byte[] plaintext, final int plaintextLength) {
        ensure(BLOCK_OVERHEAD + plaintextLength);
        openBlock();
        System.arraycopy(plaintext, 0, buffer, length, plaintextLength);
        length += plaintextLength;
        closeBlock();
    }

    /** Ends the last block with the words of a commit. Nothing can be added after it. */
    void addCommit(final byte[] words, final int wordsLength) {
        ensure(BLOCK_OVERHEAD + 1 + wordsLength + Integer.BYTES);
        if (blockOffset == NO_BLOCK) {
            openBlock();
        }
        buffer[length] = (byte) COMMIT;
        System.arraycopy(words, 0, buffer, length + 1, wordsLength);
        length += 1 + wordsLength;
        LittleEndian.putInt(buffer, length, wordsLength);
        length += Integer.BYTES;
        closeBlock();
    }

    /** Ends the last block. */
    void finish() {
        closeBlock();
    }

    /** Wipes what was built. */
    void wipe() {
        Arrays.fill(buffer, (byte) 0);
        Arrays.fill(section, (byte) 0);
    }

    /** Makes room in the open block or a new one. */
    private boolean room(final int needed) {
        final int all = needed + sectionLength;
        if (length + all + BLOCK_OVERHEAD + PREFIX_LENGTH + COMMIT_ROOM > FrameDescriptor.MAX_FRAME_LENGTH) {
            return false;
        }
        if (blockOffset != NO_BLOCK) {
            final int used = length - blockOffset - PREFIX_LENGTH;
            final boolean overflows = rows > 0 && used + (sectionPending ? all : needed) > blockBytes;
            if (overflows || rows == Location.MAX_ROWS) {
                closeBlock();
            }
        }
        if (length + all + BLOCK_OVERHEAD + PREFIX_LENGTH > buffer.length) {
            ensure(all + BLOCK_OVERHEAD + PREFIX_LENGTH);
        }
        if (blockOffset == NO_BLOCK) {
            if (sectionLength == 0) {
                throw new IllegalStateException("a change needs a section before it");
            }
            openBlock();
        }
        return true;
    }

    private void openBlock() {
        blockOffset = length;
        length += PREFIX_LENGTH;
        rows = 0;
        sectionPending = sectionLength > 0;
    }

    private void closeBlock() {
        if (blockOffset == NO_BLOCK) {
            return;
        }
        final byte[] to = buffer;
        final int sealedLength = length - blockOffset - PREFIX_LENGTH + TAG_LENGTH;
        LittleEndian.putInt(to, blockOffset + SEALED_LENGTH, sealedLength);
        LittleEndian.putInt(to, blockOffset + DISTANCE, blockOffset);
        LittleEndian.putInt(to, blockOffset + INDEX, blockCount++);
        LittleEndian.putInt(to, blockOffset + ROW_COUNT, rows);
        final int end = blockOffset + BlockDescriptor.length(sealedLength);
        for (int i = blockOffset + PREFIX_LENGTH + sealedLength; i < end; i++) {
            to[i] = 0;
        }
        length = end;
        blockOffset = NO_BLOCK;
    }

    private void putSection() {
        System.arraycopy(section, 0, buffer, length, sectionLength);
        length += sectionLength;
        sectionPending = false;
        previousLine = 0;
    }

    private void ensure(final int more) {
        final int capacity = length + more;
        if (capacity > buffer.length) {
            final byte[] old = buffer;
            buffer = Arrays.copyOf(old, Math.max(capacity, old.length * 2));
            Arrays.fill(old, (byte) 0);
        }
    }

    static int putVarint(final byte[] to, final int offset, final int value) {
        int at = offset;
        int left = value;
        while ((left & ~0x7F) != 0) {
            to[at++] = (byte) (left | 0x80);
            left >>>= 7;
        }
        to[at++] = (byte) left;
        return at;
    }

    /**
     * Most names and values are short, and no branch predictor can know how short: so up to 32 or 64 bytes are copied
     * whatever the count is. What is too much is within the page of the source, where it cannot fault, and is written over
     * by what comes next: another record, the seal's tag, the padding, the next block's prefix; or it lies behind the frame.
     */
    private static int copy(final long from, final byte[] to, final int at, final int count) {
        if (count == 0) {
            return at; // Of nothing, the address may be anything.
        }
        final long target = BASE + at;
        if (count <= SHORT && isInPage(from, SHORT)) {
            copyWords(from, to, target);
        } else if (count <= 2 * SHORT && isInPage(from, 2 * SHORT)) {
            copyWords(from, to, target);
            copyWords(from + SHORT, to, target + SHORT);
        } else {
            UnsafeApi.copyMemory(null, from, to, target, count);
        }
        return at + count;
    }

    private static boolean isInPage(final long from, final int count) {
        return (from & (PAGE - 1)) <= PAGE - count;
    }

    private static void copyWords(final long from, final byte[] to, final long target) {
        for (int i = 0; i < SHORT; i += Long.BYTES) {
            UnsafeApi.putLong(to, target + i, UnsafeApi.getLong(from + i));
        }
    }
}
