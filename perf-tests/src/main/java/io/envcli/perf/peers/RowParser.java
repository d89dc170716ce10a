package io.envcli.perf.peers;

import io.envcli.engine.dialect.Diagnostics;
import io.envcli.engine.dialect.Dialect;
import io.envcli.engine.dialect.DialectParser;
import io.envcli.offheap.Owner;
import io.envcli.offheap.Region;
import io.envcli.offheap.Slab;
import org.agrona.UnsafeApi;

/**
 * The parser as an import uses it: text goes into a slab and becomes rows there, decoded and validated; no object is made of
 * a variable, and duplicates are left to the index. Threading: one thread.
 */
final class RowParser implements AutoCloseable {
    private static final int TEXT_CAPACITY = 131_136;

    private final Region region = Region.allocate(Owner.SLABS, Slab.length(DialectParser.MAX_TAIL, TEXT_CAPACITY));
    private final Region tail = Region.allocate(Owner.SCRATCH, DialectParser.MAX_TAIL);
    private final Slab slab = new Slab(region, 0, DialectParser.MAX_TAIL, TEXT_CAPACITY);
    private final DialectParser parser = Dialect.DOTENV.newParser();
    private final byte[] text;

    /**
     * A parser.
     *
     * @param text to parse; borrowed.
     */
    RowParser(final byte[] text) {
        this.text = text;
    }

    /** {@return what a parse finds and takes} */
    Answer parse() {
        final long start = System.nanoTime();
        parser.begin(new Diagnostics(1));
        long variables = 0;
        int tailLength = 0;
        for (int at = 0; at < text.length;) {
            final int length = Math.min(TEXT_CAPACITY, text.length - at);
            slab.reset();
            UnsafeApi.copyMemory(text, UnsafeApi.arrayBaseOffset(byte[].class) + (long) at, null, slab.textAddress(),
                    length);
            slab.textLength(length);
            if (tailLength > 0) {
                slab.prependTail(tail.address(), tailLength);
            }
            at += length;
            final int rest = parser.parse(slab, at == text.length);
            tailLength = slab.textOffset() + slab.textLength() - rest;
            UnsafeApi.copyMemory(slab.address() + rest, tail.address(), tailLength);
            variables += slab.rowCount();
        }
        return new Answer(variables, System.nanoTime() - start);
    }

    @Override
    public void close() {
        parser.close();
        tail.close();
        region.close();
    }
}
