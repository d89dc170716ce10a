package io.envcli.journal;

import static io.envcli.journal.BlockDescriptor.*;

/**
 * Goes through the records of an opened block. What does not parse ends it with {@link #MALFORMED}: it has passed its seal,
 * so that would be a fault of the writer.
 */
final class BlockCursor {
    /** Answers of {@link #next()}. */
    static final int END = 0;
    static final int SECTION_RECORD = 1;
    static final int CHANGE_RECORD = 2;
    static final int MALFORMED = -1;

    private final Section section = new Section();
    private final Change change = new Change();
    private byte[] buffer = new byte[0];
    private int at;
    private int end;
    private int row;
    private int rowCount;
    private int line;
    private long location;
    private boolean bad;

    Section section() {
        return section;
    }

    Change change() {
        return change;
    }

    int rowCount() {
        return rowCount;
    }

    /** The block's prefix is at the offset; its content has been opened. */
    void wrap(final byte[] newBuffer, final int blockOffset, final long blockLocation) {
        buffer = newBuffer;
        at = blockOffset + PREFIX_LENGTH;
        end = at + LittleEndian.getInt(newBuffer, blockOffset + SEALED_LENGTH) - TAG_LENGTH;
        rowCount = LittleEndian.getInt(newBuffer, blockOffset + ROW_COUNT);
        location = blockLocation;
        row = 0;
        line = 0;
        bad = false;
    }

    int next() {
        if (at >= end) {
            return row == rowCount ? END : MALFORMED;
        }
        final int first = buffer[at++] & 0xFF;
        if (first == COMMIT) { // Nothing follows it.
            at = end;
            return row == rowCount ? END : MALFORMED;
        }
        return first == SECTION ? section(end) : first < SECTION ? change(first) : MALFORMED;
    }

    private int section(final int limit) {
        if (at >= limit) {
            return MALFORMED;
        }
        final byte dialect = buffer[at++];
        final int environmentLength = length();
        final int environment = at;
        at += environmentLength;
        final int sourceLength = length();
        final int source = at;
        at += sourceLength;
        if (bad || at > limit) {
            return MALFORMED;
        }
        section.wrap(buffer, dialect, environment, environmentLength, source, sourceLength);
        line = 0;
        return SECTION_RECORD;
    }

    private int change(final int flags) {
        final int delta = varint();
        line += delta >>> 1 ^ -(delta & 1);
        final int nameLength = length();
        final boolean unset = (flags & Change.UNSET) != 0;
        final int valueLength = unset ? 0 : length();
        final long following = (long) at + nameLength + valueLength + (unset ? 0 : FINGERPRINT_LENGTH);
        if (bad || following > end || row >= rowCount) {
            return MALFORMED;
        }
        change.wrap(buffer, flags, line, at, nameLength, valueLength, location + Location.of(0, 0, row));
        at = (int) following;
        row++;
        return CHANGE_RECORD;
    }

    /** A varint that is no longer than what is left. */
    private int length() {
        final int value = varint();
        if (value < 0 || value > end - at) {
            bad = true;
            return 0;
        }
        return value;
    }

    private int varint() {
        int value = 0;
        for (int shift = 0; shift < 35 && at < end; shift += 7) {
            final byte next = buffer[at++];
            value |= (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
        bad = true;
        return 0;
    }
}
