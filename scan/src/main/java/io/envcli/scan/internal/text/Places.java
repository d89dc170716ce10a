package io.envcli.scan.internal.text;

/**
 * Counts lines and characters of a text once, from its beginning to its end.
 *
 * <p>Threading: one thread.
 */
public final class Places {
    private final Text text;
    private int line = 1;
    private int column = 1;
    private int at;

    /**
     * At the beginning.
     *
     * @param text borrowed.
     */
    public Places(final Text text) {
        this.text = text;
    }

    /**
     * Moves on.
     *
     * @param offset of a byte, not before the one moved to last.
     */
    public void moveTo(final int offset) {
        for (; at < offset; at++) {
            final byte c = text.at(at);
            if (c == '\n') {
                line++;
                column = 1;
            } else if ((c & 0xC0) != 0x80) {
                column++;
            }
        }
    }

    /** {@return the line, from 1} */
    public int line() {
        return line;
    }

    /** {@return the column, from 1, in characters} */
    public int column() {
        return column;
    }
}
