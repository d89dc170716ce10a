package io.envcli.journal;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.zip.CRC32C;

import static io.envcli.journal.FrameDescriptor.*;

/** Flyweight over the header of a frame in a buffer. */
final class FrameHeader {
    private final CRC32C crc = new CRC32C();
    private byte[] buffer = new byte[0];
    private int offset;

    /** The buffer must hold {@link FrameDescriptor#HEADER_LENGTH} bytes from the offset on. */
    FrameHeader wrap(final byte[] buffer, final int offset) {
        this.buffer = buffer;
        this.offset = offset;
        return this;
    }

    byte[] buffer() {
        return buffer;
    }

    int offset() {
        return offset;
    }

    int version() {
        return LittleEndian.getUnsignedShort(buffer, offset + VERSION);
    }

    int kind() {
        return buffer[offset + KIND];
    }

    /** Whether the format is one that is understood here. */
    boolean isVersionKnown() {
        return version() == VERSION_VALUE || version() == WHOLE_VERSION_VALUE;
    }

    /** Whether it ends a transaction and makes a version. */
    boolean isCommit() {
        return FrameDescriptor.isCommit(kind());
    }

    int segment() {
        return LittleEndian.getInt(buffer, offset + SEGMENT_NUMBER);
    }

    int frameLength() {
        return LittleEndian.getInt(buffer, offset + FRAME_LENGTH);
    }

    long transaction() {
        return LittleEndian.getLong(buffer, offset + TRANSACTION);
    }

    long firstChange() {
        return LittleEndian.getLong(buffer, offset + FIRST_CHANGE);
    }

    int changeCount() {
        return LittleEndian.getInt(buffer, offset + CHANGE_COUNT);
    }

    int blockCount() {
        return LittleEndian.getInt(buffer, offset + BLOCK_COUNT);
    }

    long firstNonce() {
        return LittleEndian.getLong(buffer, offset + FIRST_NONCE);
    }

    int clearLength() {
        return LittleEndian.getInt(buffer, offset + CLEAR_LENGTH);
    }

    /** Where the clear fields are in the buffer. */
    int clearOffset() {
        return offset + HEADER_LENGTH;
    }

    boolean hasMagic() {
        return LittleEndian.getInt(buffer, offset + MAGIC) == MAGIC_VALUE;
    }

    boolean hasStoreId(final byte[] storeId) {
        return Arrays.equals(storeId, 0, STORE_ID_LENGTH, buffer, offset + STORE_ID,
                offset + STORE_ID + STORE_ID_LENGTH);
    }

    byte[] storeId() {
        return Arrays.copyOfRange(buffer, offset + STORE_ID, offset + STORE_ID + STORE_ID_LENGTH);
    }

    boolean isHeaderCrcRight() {
        return LittleEndian.getInt(buffer, offset + HEADER_CRC) == crc(0, HEADER_CRC);
    }

    /** The whole frame must be in the buffer. */
    boolean isFrameCrcRight() {
        return LittleEndian.getInt(buffer, offset + FRAME_CRC) == crc(HEADER_LENGTH, frameLength() - HEADER_LENGTH);
    }

    /** What is wrong with the header by itself, or null. The version is not looked at before the CRC is right. */
    @Nullable
    String problem() {
        if (!hasMagic()) {
            return "not a frame of env-cli";
        }
        if (!isHeaderCrcRight()) {
            return "the frame header does not match its CRC";
        }
        if (!isVersionKnown()) {
            return null;
        }
        final int clear = clearLength();
        final int expected = switch (kind()) {
            case SEGMENT -> SegmentDescriptor.LENGTH;
            case CHANGES -> 0;
            case COMMIT, WHOLE -> CommitDescriptor.LENGTH;
            default -> -1;
        };
        if (version() != FrameDescriptor.version(kind()) || clear != expected || frameLength() < HEADER_LENGTH + clear
                || frameLength() > MAX_FRAME_LENGTH
                || changeCount() < 0 || blockCount() < 1) {
            return "the frame header contradicts itself";
        }
        return null;
    }

    /** Where the first block is in the buffer. */
    int blocksOffset() {
        return clearOffset() + clearLength();
    }

    /** Where the last block is in the buffer, which holds the whole frame, its blocks in their places. */
    int lastBlockOffset() {
        int at = blocksOffset();
        for (int i = 1; i < blockCount(); i++) {
            at += BlockDescriptor.length(LittleEndian.getInt(buffer, at + BlockDescriptor.SEALED_LENGTH));
        }
        return at;
    }

    /** What is wrong with the order, places or lengths of the blocks, or null. The whole frame must be in the buffer. */
    @Nullable
    String blockProblem() {
        final int end = offset + frameLength();
        final int blocks = blockCount();
        long rows = 0;
        int at = blocksOffset();
        for (int i = 0; i < blocks; i++) {
            if (at + BlockDescriptor.PREFIX_LENGTH > end) {
                return "the frame has fewer blocks than it says";
            }
            final int sealedLength = LittleEndian.getInt(buffer, at + BlockDescriptor.SEALED_LENGTH);
            if (sealedLength < BlockDescriptor.TAG_LENGTH || sealedLength > end - at - BlockDescriptor.PREFIX_LENGTH
                    || LittleEndian.getInt(buffer, at + BlockDescriptor.DISTANCE) != at - offset
                    || LittleEndian.getInt(buffer, at + BlockDescriptor.INDEX) != i) {
                return "block " + i + " of the frame is out of place";
            }
            rows += LittleEndian.getInt(buffer, at + BlockDescriptor.ROW_COUNT);
            at += BlockDescriptor.length(sealedLength);
        }
        if (at != end) {
            return "the frame is longer than its blocks";
        }
        return rows == changeCount() ? null : "the blocks of the frame hold other rows than it says";
    }

    private int crc(final int from, final int length) {
        crc.reset();
        crc.update(buffer, offset + from, length);
        return (int) crc.getValue();
    }
}
