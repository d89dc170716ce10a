package io.envcli.engine.dialect;

import io.envcli.offheap.Owner;
import io.envcli.offheap.Region;
import io.envcli.offheap.Slab;
import io.envcli.offheap.VariableTable;
import org.agrona.UnsafeApi;
import org.agrona.concurrent.UnsafeBuffer;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reads a whole text in a dialect, with no store and no pipeline, but through slabs and carried tails as the pipeline does.
 *
 * <p>Names are remembered, outside the heap, so that {@link Reason#DUPLICATE} is among the warnings. Threading: one thread at a
 * time. Ownership: until {@link #close()} this holds two slabs, and room for as many names as this text or the one before had.
 */
public final class TextParser implements AutoCloseable {
    private static final int TEXT_CAPACITY = 256 * 1024;

    private final DialectParser parser;
    private final Region region;
    private final UnsafeBuffer buffer = new UnsafeBuffer(0, 0);
    private final byte[] chunk;
    private final SeenNames names = new SeenNames();
    private Slab current;
    private Slab before;
    private boolean closed;

    /**
     * Makes a parser of a dialect.
     *
     * @param dialect of the texts.
     */
    public TextParser(final Dialect dialect) {
        this(dialect.newParser(), TEXT_CAPACITY);
    }

    /** The parser is transferred: it is closed with this. The capacity is in bytes, a multiple of 64. */
    TextParser(final DialectParser parser, final int textCapacity) {
        this.parser = parser;
        final long length = Slab.length(DialectParser.MAX_TAIL, textCapacity);
        region = Region.allocate(Owner.SCRATCH, 2 * length);
        current = new Slab(region, 0, DialectParser.MAX_TAIL, textCapacity);
        before = new Slab(region, length, DialectParser.MAX_TAIL, textCapacity);
        chunk = new byte[textCapacity];
    }

    /**
     * Reads text from memory.
     *
     * @param text        borrowed.
     * @param diagnostics where rejects and warnings go.
     * @param visitor     is shown each variable.
     */
    public void parse(final byte[] text, final Diagnostics diagnostics, final VariableVisitor visitor) {
        try {
            parse(new ByteArrayInputStream(text), diagnostics, visitor);
        } catch (final IOException e) {
            throw new UncheckedIOException("reading an array cannot fail", e);
        }
    }

    /**
     * Reads text from memory.
     *
     * @param text        from position to limit; borrowed, its position stays.
     * @param diagnostics where rejects and warnings go.
     * @param visitor     is shown each variable.
     */
    public void parse(final ByteBuffer text, final Diagnostics diagnostics, final VariableVisitor visitor) {
        final byte[] bytes = new byte[text.remaining()];
        text.get(text.position(), bytes);
        parse(bytes, diagnostics, visitor);
    }

    /**
     * Reads a file.
     *
     * @param file        to read.
     * @param diagnostics where rejects and warnings go.
     * @param visitor     is shown each variable.
     * @throws IOException if it cannot be read.
     */
    public void parse(final Path file, final Diagnostics diagnostics, final VariableVisitor visitor)
            throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            parse(in, diagnostics, visitor);
        }
    }

    /**
     * Reads a stream to its end.
     *
     * @param text        borrowed; the caller closes it.
     * @param diagnostics where rejects and warnings go.
     * @param visitor     is shown each variable, slab by slab.
     * @throws IOException if it cannot be read.
     */
    public void parse(final InputStream text, final Diagnostics diagnostics, final VariableVisitor visitor)
            throws IOException {
        names.clear();
        parser.begin(diagnostics);
        long tail = 0;
        int tailLength = 0;
        int length = text.readNBytes(chunk, 0, chunk.length);
        boolean last = false;
        while (!last) {
            current.reset();
            UnsafeApi.copyMemory(chunk, UnsafeApi.arrayBaseOffset(byte[].class), null, current.textAddress(), length);
            current.textLength(length);
            current.prependTail(tail, tailLength);
            length = text.readNBytes(chunk, 0, chunk.length);
            last = length == 0;
            final int left = parser.parse(current, last);
            tail = current.address() + left;
            tailLength = current.textOffset() + current.textLength() - left;
            names.flagDuplicates(current);
            visit(diagnostics, visitor);
            final Slab slab = before;
            before = current;
            current = slab;
        }
    }

    private void visit(final Diagnostics diagnostics, final VariableVisitor visitor) {
        final VariableTable table = current.table();
        buffer.wrap(current.address(), current.textOffset() + current.textLength());
        for (int row = 0; row < current.rowCount(); row++) {
            if ((table.flags(row) & VariableTable.DUPLICATE) != 0) {
                diagnostics.add(Reason.DUPLICATE, table.line(row), 1, 0);
            }
            visitor.onVariable(buffer, table.nameOffset(row), table.nameLength(row), table.valueOffset(row),
                    table.valueLength(row), table.line(row));
        }
    }

    /** Frees the slabs. Idempotent. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        parser.close();
        names.close();
        region.close();
    }
}
