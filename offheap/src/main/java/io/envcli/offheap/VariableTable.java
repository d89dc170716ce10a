package io.envcli.offheap;

import org.agrona.UnsafeApi;

import static io.envcli.offheap.VariableTableDescriptor.*;

/**
 * Flyweight over the rows of one {@link Slab}: which bytes of it are names and values, and what the stages found out.
 *
 * <p>Row indices are not checked: a row is below {@link #capacity()}. Threading: used by the one stage that holds the slab.
 */
public final class VariableTable {
    /** Row flag: the variable is removed, not set; it has no value. */
    public static final int UNSET = 1;
    /** Row flag: the view has this very value already; the row is not journaled. */
    public static final int UNCHANGED = 1 << 1;
    /** Row flag: the same transaction has set this variable before. */
    public static final int DUPLICATE = 1 << 2;

    private final long address;
    private final int capacity;

    VariableTable(final long address, final int capacity) {
        this.address = address;
        this.capacity = capacity;
    }

    /**
     * Rows available.
     *
     * @return capacity in rows.
     */
    public int capacity() {
        return capacity;
    }

    /**
     * Writes what the parser knows of a row and clears the rest.
     *
     * @param row         index.
     * @param nameOffset  of the name, from the start of the slab.
     * @param nameLength  in bytes.
     * @param valueOffset of the value, from the start of the slab.
     * @param valueLength in bytes.
     * @param line        of the assignment in its source, from 1.
     * @param flags       of this class.
     */
    public void set(final int row, final int nameOffset, final int nameLength, final int valueOffset,
            final int valueLength, final int line, final int flags) {
        final long at = at(row);
        UnsafeApi.putInt(at + NAME_OFFSET, nameOffset);
        UnsafeApi.putInt(at + NAME_LENGTH, nameLength);
        UnsafeApi.putInt(at + VALUE_OFFSET, valueOffset);
        UnsafeApi.putInt(at + VALUE_LENGTH, valueLength);
        UnsafeApi.putInt(at + LINE, line);
        UnsafeApi.putInt(at + FLAGS, flags);
    }

    /**
     * {@return offset of a row's name from the start of the slab}
     *
     * @param row index.
     */
    public int nameOffset(final int row) {
        return UnsafeApi.getInt(at(row) + NAME_OFFSET);
    }

    /**
     * {@return length of a row's name in bytes}
     *
     * @param row index.
     */
    public int nameLength(final int row) {
        return UnsafeApi.getInt(at(row) + NAME_LENGTH);
    }

    /**
     * {@return offset of a row's value from the start of the slab}
     *
     * @param row index.
     */
    public int valueOffset(final int row) {
        return UnsafeApi.getInt(at(row) + VALUE_OFFSET);
    }

    /**
     * {@return length of a row's value in bytes}
     *
     * @param row index.
     */
    public int valueLength(final int row) {
        return UnsafeApi.getInt(at(row) + VALUE_LENGTH);
    }

    /**
     * {@return line of a row's assignment in its source, from 1}
     *
     * @param row index.
     */
    public int line(final int row) {
        return UnsafeApi.getInt(at(row) + LINE);
    }

    /**
     * {@return flags of a row}
     *
     * @param row index.
     */
    public int flags(final int row) {
        return UnsafeApi.getInt(at(row) + FLAGS);
    }

    /**
     * Adds flags to a row.
     *
     * @param row   index.
     * @param flags of this class.
     */
    public void addFlags(final int row, final int flags) {
        final long at = at(row) + FLAGS;
        UnsafeApi.putInt(at, UnsafeApi.getInt(at) | flags);
    }

    /**
     * Where a row's fingerprint is: 16 bytes, as BLAKE3 puts them out.
     *
     * @param row index.
     * @return absolute address.
     */
    public long fingerprintAddress(final int row) {
        return at(row) + FINGERPRINT;
    }

    /**
     * Where a row's keyed name hash is: 16 bytes.
     *
     * @param row index.
     * @return absolute address.
     */
    public long nameHashAddress(final int row) {
        return at(row) + NAME_HASH;
    }

    /**
     * {@return where in the journal a row stands, as the journal encodes it}
     *
     * @param row index.
     */
    public long location(final int row) {
        return UnsafeApi.getLong(at(row) + LOCATION);
    }

    /**
     * Notes where in the journal a row stands.
     *
     * @param row      index.
     * @param location as the journal encodes it.
     */
    public void location(final int row, final long location) {
        UnsafeApi.putLong(at(row) + LOCATION, location);
    }

    private long at(final int row) {
        return address + (long) row * ROW_LENGTH;
    }
}
