package io.envcli.journal;

/**
 * One opened block: changes and their sections. A flyweight of its {@link BlockReader}, valid until that reads again.
 *
 * <p>Threading: one thread.
 */
public final class Block {
    private final BlockCursor cursor = new BlockCursor();
    private byte[] buffer = new byte[0];
    private long location = Location.NONE;
    private int next;

    Block() {}

    void wrap(final byte[] opened, final long blockLocation) {
        buffer = opened;
        location = blockLocation;
        first();
    }

    long location() {
        return location;
    }

    byte[] buffer() {
        return buffer;
    }

    /** {@return changes in the block} */
    public int rowCount() {
        return cursor.rowCount();
    }

    /** {@return the change stood at, after {@link #next()} or {@link #seek(int)} said true} */
    public Change change() {
        return cursor.change();
    }

    /** {@return the section of that change} */
    public Section section() {
        return cursor.section();
    }

    /** Goes before the first change. */
    public void first() {
        cursor.wrap(buffer, 0, location);
        next = 0;
    }

    /** {@return true and stands at the next change; false if there is none} */
    public boolean next() {
        while (true) {
            switch (cursor.next()) {
                case BlockCursor.CHANGE_RECORD -> {
                    next++;
                    return true;
                }
                case BlockCursor.SECTION_RECORD -> {
                }
                default -> {
                    return false;
                }
            }
        }
    }

    /**
     * Goes to a change.
     *
     * @param row from 0.
     * @return whether there is such a change.
     */
    public boolean seek(final int row) {
        if (row < next) {
            first();
        }
        while (next <= row) {
            if (!next()) {
                return false;
            }
        }
        return true;
    }
}
