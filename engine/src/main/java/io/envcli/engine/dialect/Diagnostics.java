package io.envcli.engine.dialect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Rejects and warnings of one source, or of several: how many of each, and the first ones with their places.
 *
 * <p>Room is made for the first places as they come; after that nothing is allocated per event. Threading: one thread at a time.
 */
public final class Diagnostics {
    private final long[] counts = new long[Reason.COUNT];
    private final int capacity;
    /** These grow as they are needed: most sources have nothing to tell. */
    private int[] lines = {};
    private int[] columns = {};
    private int[] details = {};
    private byte[] reasons = {};
    private int size;

    /**
     * Makes an empty collection.
     *
     * @param capacity how many places to keep, at least 0; beyond that, events are only counted.
     */
    public Diagnostics(final int capacity) {
        if (capacity < 0) {
            throw new IllegalArgumentException("capacity=" + capacity + " must not be negative");
        }
        this.capacity = capacity;
    }

    private void grow() {
        final int length = Math.min(capacity, Math.max(16, 2 * lines.length));
        lines = Arrays.copyOf(lines, length);
        columns = Arrays.copyOf(columns, length);
        details = Arrays.copyOf(details, length);
        reasons = Arrays.copyOf(reasons, length);
    }

    /**
     * Notes an event.
     *
     * @param reason what it is.
     * @param line   in its source, from 1.
     * @param column in characters of the line, from 1.
     * @param detail the byte, character or 0 that the reason speaks of.
     */
    public void add(final Reason reason, final int line, final int column, final int detail) {
        counts[reason.ordinal()]++;
        if (size < capacity) {
            if (size == lines.length) {
                grow();
            }
            lines[size] = line;
            columns[size] = column;
            details[size] = detail;
            reasons[size] = (byte) reason.ordinal();
            size++;
        }
    }

    /**
     * How often something was noted.
     *
     * @param reason what.
     * @return from 0, beyond the capacity too.
     */
    public long count(final Reason reason) {
        return counts[reason.ordinal()];
    }

    /** {@return how many rejects were noted} */
    public long rejects() {
        return count(Reason.Kind.REJECT);
    }

    /** {@return how many warnings were noted} */
    public long warnings() {
        return count(Reason.Kind.WARNING);
    }

    private long count(final Reason.Kind kind) {
        long total = 0;
        for (int i = 0; i < counts.length; i++) {
            total += Reason.of(i).kind() == kind ? counts[i] : 0;
        }
        return total;
    }

    /** {@return events kept with their places} */
    public int size() {
        return size;
    }

    /**
     * One event, as it came.
     *
     * @param index from 0, below {@link #size()}.
     * @return a new record.
     */
    public Diagnostic get(final int index) {
        if (index < 0 || index >= size) {
            throw new IndexOutOfBoundsException("index=" + index + " must be below size=" + size);
        }
        return new Diagnostic(lines[index], columns[index], Reason.of(reasons[index]), details[index]);
    }

    /** {@return the events kept, by line and column} */
    public List<Diagnostic> toList() {
        final List<Diagnostic> list = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            list.add(get(i));
        }
        list.sort(Diagnostic.BY_PLACE);
        return list;
    }

    /** Forgets everything. */
    public void clear() {
        size = 0;
        Arrays.fill(counts, 0);
    }
}
