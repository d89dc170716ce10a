package io.envcli.offheap;

import org.agrona.UnsafeApi;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

import static io.envcli.offheap.SlabDescriptor.*;

/**
 * Flyweight over one block of memory that moves through the pipeline: source text and its variable table.
 *
 * <p>Text goes in at {@link #textAddress()}. In front of it is headroom, where the parser puts the tail of the slab
 * before ({@link #prependTail}). The table has a row for every variable that headroom and text can possibly hold, so rows
 * never run out: the shortest assignment is three bytes.
 *
 * <p>Threading: used by one thread at a time, the producer or the stage that holds it; the ring hands it over. Ownership:
 * borrows its memory from the {@link Region} it was made over.
 */
public final class Slab {
    /** The shortest assignment: a name of one byte, {@code =}, and what ends the line. */
    private static final int SHORTEST_ASSIGNMENT = 3;

    private final long address;
    private final int headroom;
    private final int textCapacity;
    private final VariableTable table;
    private final UnsafeBuffer text;
    private @Nullable Object source;

    /**
     * A slab over a part of a region.
     *
     * @param region       that owns the memory; borrowed.
     * @param offset       of the slab in the region, a multiple of 8.
     * @param headroom     bytes before the text, a multiple of 64.
     * @param textCapacity bytes of text, a multiple of 64.
     */
    public Slab(final Region region, final long offset, final int headroom, final int textCapacity) {
        final long length = length(headroom, textCapacity);
        if ((offset & 7) != 0 || offset < 0 || offset > region.capacity() - length) {
            throw new IllegalArgumentException(
                    "offset=" + offset + " leaves no aligned room for a slab of " + length + " bytes");
        }
        this.address = region.address() + offset;
        this.headroom = headroom;
        this.textCapacity = textCapacity;
        this.table = new VariableTable(address + tableOffset(headroom, textCapacity), rows(headroom, textCapacity));
        this.text = new UnsafeBuffer(address + HEADER_LENGTH + headroom, textCapacity);
        reset();
    }

    /**
     * Bytes that a slab takes.
     *
     * @param headroom     bytes before the text, a multiple of 64.
     * @param textCapacity bytes of text, a multiple of 64.
     * @return length in bytes, a multiple of 64.
     */
    public static long length(final int headroom, final int textCapacity) {
        if (headroom < 0 || textCapacity < 64 || (headroom & 63) != 0 || (textCapacity & 63) != 0) {
            throw new IllegalArgumentException(
                    "headroom=" + headroom + " and textCapacity=" + textCapacity + " must be multiples of 64");
        }
        return tableOffset(headroom, textCapacity)
                + (long) rows(headroom, textCapacity) * VariableTableDescriptor.ROW_LENGTH;
    }

    private static int tableOffset(final int headroom, final int textCapacity) {
        return HEADER_LENGTH + headroom + textCapacity + PADDING;
    }

    private static int rows(final int headroom, final int textCapacity) {
        return (headroom + textCapacity) / SHORTEST_ASSIGNMENT + 1;
    }

    /** Makes the slab empty: no text, no rows, no source. Memory is not cleared. */
    public void reset() {
        kind(0);
        flags(0);
        transaction(0);
        text(HEADER_LENGTH + headroom, 0);
        rowCount(0);
        version(0);
        location(0);
        source = null;
    }

    /** {@return absolute address of the slab; offsets in the variable table are relative to it} */
    public long address() {
        return address;
    }

    /** {@return absolute address where a producer writes text} */
    public long textAddress() {
        return address + HEADER_LENGTH + headroom;
    }

    /** {@return bytes of text that fit} */
    public int textCapacity() {
        return textCapacity;
    }

    /** {@return the longest tail that fits in front of the text} */
    public int headroom() {
        return headroom;
    }

    /** {@return offset of the first byte of text (the tail before it included) from the start of the slab} */
    public int textOffset() {
        return UnsafeApi.getInt(address + TEXT_OFFSET);
    }

    /** {@return bytes of text, the tail before it included} */
    public int textLength() {
        return UnsafeApi.getInt(address + TEXT_LENGTH);
    }

    /**
     * Says how much text a producer has written at {@link #textAddress()}.
     *
     * @param length in bytes.
     */
    public void textLength(final int length) {
        UnsafeApi.putInt(address + TEXT_LENGTH, length);
    }

    /**
     * Writes bytes of text; {@link #textLength(int)} is the caller's.
     *
     * @param index  of the first byte, from the start of the text.
     * @param source borrowed.
     * @param length bytes of it to copy, from its start.
     */
    public void putText(final int index, final byte[] source, final int length) {
        text.putBytes(index, source, 0, length);
    }

    private void text(final int offset, final int length) {
        UnsafeApi.putInt(address + TEXT_OFFSET, offset);
        UnsafeApi.putInt(address + TEXT_LENGTH, length);
    }

    /**
     * Puts bytes in front of the text.
     *
     * @param tail   absolute address of the bytes; may be in another slab.
     * @param length in bytes, at most {@link #headroom()}.
     */
    public void prependTail(final long tail, final int length) {
        final int offset = textOffset() - length;
        if (offset < HEADER_LENGTH) {
            throw new IllegalArgumentException("length=" + length + " exceeds headroom=" + headroom);
        }
        UnsafeApi.copyMemory(tail, address + offset, length);
        text(offset, textLength() + length);
    }

    /** {@return the slab's rows} */
    public VariableTable table() {
        return table;
    }

    /** {@return rows in use} */
    public int rowCount() {
        return UnsafeApi.getInt(address + ROW_COUNT);
    }

    /**
     * Says how many rows are in use.
     *
     * @param rows from 0.
     */
    public void rowCount(final int rows) {
        UnsafeApi.putInt(address + ROW_COUNT, rows);
    }

    /** {@return what the slab holds, in the user's own numbering} */
    public int kind() {
        return UnsafeApi.getInt(address + KIND);
    }

    /**
     * Says what the slab holds.
     *
     * @param kind in the user's own numbering; 0 after {@link #reset()}.
     */
    public void kind(final int kind) {
        UnsafeApi.putInt(address + KIND, kind);
    }

    /** {@return flags in the user's own numbering} */
    public int flags() {
        return UnsafeApi.getInt(address + FLAGS);
    }

    /**
     * Sets the flags.
     *
     * @param flags in the user's own numbering.
     */
    public void flags(final int flags) {
        UnsafeApi.putInt(address + FLAGS, flags);
    }

    /** {@return the transaction that the slab belongs to; 0 if none} */
    public long transaction() {
        return UnsafeApi.getLong(address + TRANSACTION);
    }

    /**
     * Sets the transaction that the slab belongs to.
     *
     * @param transaction its number, from 1.
     */
    public void transaction(final long transaction) {
        UnsafeApi.putLong(address + TRANSACTION, transaction);
    }

    /** {@return the version that this slab commits; 0 if none} */
    public long version() {
        return UnsafeApi.getLong(address + VERSION);
    }

    /**
     * Sets the version that this slab commits.
     *
     * @param version from 1; 0 for none.
     */
    public void version(final long version) {
        UnsafeApi.putLong(address + VERSION, version);
    }

    /** {@return where in the journal the slab's commit stands, as the journal encodes it} */
    public long location() {
        return UnsafeApi.getLong(address + LOCATION);
    }

    /**
     * Sets where in the journal the slab's commit stands.
     *
     * @param location as the journal encodes it.
     */
    public void location(final long location) {
        UnsafeApi.putLong(address + LOCATION, location);
    }

    /** {@return the ring's sequence that the slab was claimed with} */
    public long sequence() {
        return UnsafeApi.getLong(address + SEQUENCE);
    }

    /**
     * Sets the ring's sequence; the ring's own business. {@link #reset()} leaves it.
     *
     * @param sequence from 0.
     */
    public void sequence(final long sequence) {
        UnsafeApi.putLong(address + SEQUENCE, sequence);
    }

    /** {@return what the text comes from, as its producer attached it; null if nothing} */
    public @Nullable Object source() {
        return source;
    }

    /**
     * Attaches what the text comes from.
     *
     * @param source any object that outlives the slab's way through the pipeline.
     */
    public void source(final @Nullable Object source) {
        this.source = source;
    }
}
