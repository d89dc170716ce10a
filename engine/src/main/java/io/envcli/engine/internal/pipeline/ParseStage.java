package io.envcli.engine.internal.pipeline;

import io.envcli.engine.dialect.DialectParser;
import io.envcli.offheap.Owner;
import io.envcli.offheap.Region;
import io.envcli.offheap.Slab;
import io.envcli.ringbuffers.Stage;
import org.agrona.CloseHelper;
import org.agrona.UnsafeApi;
import org.jspecify.annotations.Nullable;

import java.util.Objects;

/**
 * Turns text into rows. What a slab's text leaves unfinished is kept here and put in front of the next slab of the same
 * source, because the slab itself may be filled anew before that one comes.
 */
final class ParseStage implements Stage {
    private final Region tail = Region.allocate(Owner.SCRATCH, DialectParser.MAX_TAIL);
    private int tailLength;
    private @Nullable TextSource source;
    private @Nullable DialectParser parser;

    @Override
    public String name() {
        return "parse";
    }

    @Override
    public void onSlab(final Slab slab, final long sequence) {
        if (slab.kind() == SlabKind.TEXT) {
            parse(slab, (TextSource) Objects.requireNonNull(slab.source()));
        }
    }

    private void parse(final Slab slab, final TextSource from) {
        final DialectParser current = parserOf(from);
        if (tailLength > 0) {
            slab.prependTail(tail.address(), tailLength);
        }
        final int rest = current.parse(slab, (slab.flags() & SlabKind.LAST) != 0);
        tailLength = slab.textOffset() + slab.textLength() - rest;
        UnsafeApi.copyMemory(slab.address() + rest, tail.address(), tailLength);
    }

    private DialectParser parserOf(final TextSource from) {
        DialectParser current = parser;
        if (from != source || current == null) {
            if (current == null || source == null || source.dialect != from.dialect) {
                CloseHelper.close(current);
                current = from.dialect.newParser();
                parser = current;
            }
            current.begin(from.diagnostics);
            source = from;
            tailLength = 0;
        }
        return current;
    }

    @Override
    public void onClose() {
        CloseHelper.close(parser);
        tail.close();
    }
}
