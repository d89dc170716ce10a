package io.envcli.engine.dialect;

import io.envcli.engine.dialect.Reading.Variable;
import io.envcli.offheap.Owner;
import io.envcli.offheap.Region;
import io.envcli.offheap.Slab;
import io.envcli.offheap.VariableTable;
import org.agrona.UnsafeApi;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

import static org.junit.jupiter.api.Assertions.assertTrue;

/** Feeds text in pieces of random length, none included, by the smallest slabs that there are. */
final class CutParser implements AutoCloseable {
    private static final int TEXT_CAPACITY = 64;
    private static final int HEADROOM = 8_192;

    private final DialectParser parser;
    private final Random random;
    private final Region region = Region.allocate(Owner.TEST, 2 * Slab.length(HEADROOM, TEXT_CAPACITY));
    private final Slab[] slabs = {new Slab(region, 0, HEADROOM, TEXT_CAPACITY),
        new Slab(region, Slab.length(HEADROOM, TEXT_CAPACITY), HEADROOM, TEXT_CAPACITY)};

    CutParser(final DotenvLimits limits, final Random random) {
        this(new DotenvParser(limits), random);
    }

    CutParser(final DialectParser parser, final Random random) {
        this.parser = parser;
        this.random = random;
    }

    Reading read(final byte[] text) {
        final Diagnostics diagnostics = new Diagnostics(10_000);
        final List<Variable> variables = new ArrayList<>();
        final Set<String> names = new HashSet<>();
        parser.begin(diagnostics);
        final int most = 1 + random.nextInt(TEXT_CAPACITY);
        int position = 0;
        int turn = 0;
        long tail = 0;
        int tailLength = 0;
        boolean last = false;
        while (!last) {
            final Slab slab = slabs[turn++ & 1];
            final int length = Math.min(text.length - position, random.nextInt(most + 1));
            slab.reset();
            UnsafeApi.copyMemory(text, UnsafeApi.arrayBaseOffset(byte[].class) + position, null, slab.textAddress(),
                    length);
            slab.textLength(length);
            slab.prependTail(tail, tailLength);
            position += length;
            last = position == text.length && random.nextBoolean();
            final int left = parser.parse(slab, last);
            tail = slab.address() + left;
            tailLength = slab.textOffset() + slab.textLength() - left;
            assertTrue(tailLength >= 0 && (!last || tailLength == 0), "tail of " + tailLength + " bytes");
            take(slab, names, variables, diagnostics);
        }
        return new Reading(variables, diagnostics.toList());
    }

    private static void take(final Slab slab, final Set<String> names, final List<Variable> variables,
            final Diagnostics diagnostics) {
        final VariableTable table = slab.table();
        for (int row = 0; row < slab.rowCount(); row++) {
            final String name = string(slab.address() + table.nameOffset(row), table.nameLength(row));
            final String value = string(slab.address() + table.valueOffset(row), table.valueLength(row));
            variables.add(new Variable(name, value, table.line(row)));
            if (!names.add(name)) {
                diagnostics.add(Reason.DUPLICATE, table.line(row), 1, 0);
            }
        }
    }

    private static String string(final long address, final int length) {
        final byte[] bytes = new byte[length];
        UnsafeApi.copyMemory(null, address, bytes, UnsafeApi.arrayBaseOffset(byte[].class), length);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() {
        parser.close();
        region.close();
    }
}
