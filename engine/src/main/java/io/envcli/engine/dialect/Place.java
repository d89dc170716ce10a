package io.envcli.engine.dialect;

/**
 * Where in the source a parser is: line and column of an anchor, from which both are counted onwards when somebody asks.
 *
 * <p>Lines end at LF, CR or CRLF; columns count characters (bytes that do not continue one). The anchor only moves forward,
 * so counting is linear as long as whoever asks stays near it.
 */
final class Place {
    private final Text text;
    private int anchor;
    private long line;
    private long column;
    private int foundLine;
    private int foundColumn;
    private long effort;

    Place(final Text text) {
        this.text = text;
    }

    void begin() {
        line = 1;
        column = 1;
    }

    /** The anchor is the same place of the source, but its bytes are elsewhere now. */
    void rebase(final int offset) {
        anchor = offset;
    }

    /** Lines have ended, and the last of the new ones begins at an offset. */
    void startLine(final int offset, final long lines) {
        anchor = offset;
        line += lines;
        column = 1;
    }

    /** Bytes counted since ever. */
    long effort() {
        return effort;
    }

    int line() {
        return clamp(line);
    }

    /** Moves the anchor, never into the middle of a CRLF. */
    void moveTo(final int offset) {
        effort += offset - anchor;
        for (int i = anchor; i < offset; i++) {
            final int value = text.peek(i);
            if (value == '\n' || value == '\r') {
                line++;
                column = 1;
                i += value == '\r' && i + 1 < offset && text.peek(i + 1) == '\n' ? 1 : 0;
            } else {
                column += (value & 0xC0) == 0x80 ? 0 : 1;
            }
        }
        anchor = offset;
    }

    /** Finds line and column of an offset at or after the anchor, which stays. */
    void find(final int offset) {
        final int oldAnchor = anchor;
        final long oldLine = line;
        final long oldColumn = column;
        moveTo(offset);
        foundLine = clamp(line);
        foundColumn = clamp(column);
        anchor = oldAnchor;
        line = oldLine;
        column = oldColumn;
    }

    int foundLine() {
        return foundLine;
    }

    int foundColumn() {
        return foundColumn;
    }

    private static int clamp(final long value) {
        return (int) Math.min(value, Integer.MAX_VALUE);
    }
}
