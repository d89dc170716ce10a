package io.envcli.perf.stages;

import io.envcli.engine.dialect.Diagnostics;
import io.envcli.engine.dialect.Dialect;
import io.envcli.engine.dialect.DialectParser;
import io.envcli.journal.CommitInfo;
import io.envcli.journal.JournalWriter;
import io.envcli.offheap.HashIndex;
import io.envcli.offheap.Owner;
import io.envcli.offheap.Region;
import io.envcli.offheap.Slab;
import io.envcli.offheap.VariableTable;
import io.envcli.simd.Blake3;
import io.envcli.simd.Blake3Lanes;
import io.envcli.simd.SipHash;
import io.envcli.simd.SipHashLanes;
import org.agrona.UnsafeApi;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Takes a text, slab by slab, through every stage on this thread, as the pipeline's stages do it, with a clock between.
 *
 * <p>Threading: one thread. Ownership: closes its own memory; borrows text and sinks.
 */
final class StagePass implements AutoCloseable {
    /** Keys of the two keyed hashes. */
    static final long NAME_KEY_0 = 0x0706050403020100L;
    static final long NAME_KEY_1 = 0x0F0E0D0C0B0A0908L;
    /** The size of the pipeline's slabs. */
    private static final int TEXT_CAPACITY = 131_136;
    private static final byte[] VALUE_KEY = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ENVIRONMENT = {'p', 'e', 'r', 'f'};

    private final Region region = Region.allocate(Owner.SLABS, Slab.length(DialectParser.MAX_TAIL, TEXT_CAPACITY));
    private final Slab slab = new Slab(region, 0, DialectParser.MAX_TAIL, TEXT_CAPACITY);
    private final Region tail = Region.allocate(Owner.SCRATCH, DialectParser.MAX_TAIL);
    private final Region twin = Region.allocate(Owner.SCRATCH, (long) slab.table().capacity() * Blake3.HASH_LENGTH);
    private final DialectParser parser = Dialect.DOTENV.newParser();
    private final SipHashLanes names = new SipHashLanes(new SipHash(NAME_KEY_0, NAME_KEY_1));
    private final Blake3Lanes lanes = new Blake3Lanes(VALUE_KEY);
    private final Blake3 scalar = new Blake3(VALUE_KEY);

    /** Looks at each slab once all stages have done with it, while no clock runs. */
    @FunctionalInterface
    interface Check {
        /**
         * Looks.
         *
         * @param done slab with rows, hashes and fingerprints.
         */
        void accept(Slab done);
    }

    /**
     * One pass.
     *
     * @param text  to take through.
     * @param sinks new ones.
     * @param check looks at each slab.
     * @return what the stages took.
     * @throws IOException if the journal cannot be written.
     */
    StageTimes run(final LoadedText text, final Sinks sinks, final Check check) throws IOException {
        final StageTimes times = new StageTimes();
        final long transaction = sinks.journal.nextTransaction();
        final int ordinal = sinks.index.transaction(transaction);
        final int environment = environment(sinks);
        parser.begin(new Diagnostics(1));
        int tailLength = 0;
        for (long at = 0; at < text.length();) {
            final int length = (int) Math.min(TEXT_CAPACITY, text.length() - at);
            final boolean last = at + length == text.length();
            times.begin();
            slab.reset();
            UnsafeApi.copyMemory(text.address() + at, slab.textAddress(), length);
            slab.textLength(length);
            times.end(Stage.COPY);
            if (tailLength > 0) {
                slab.prependTail(tail.address(), tailLength);
            }
            final int rest = parser.parse(slab, last);
            times.end(Stage.PARSE);
            tailLength = slab.textOffset() + slab.textLength() - rest;
            UnsafeApi.copyMemory(slab.address() + rest, tail.address(), tailLength);
            hash(times);
            write(times, sinks, transaction, environment, ordinal);
            requireTwin();
            check.accept(slab);
            at += length;
        }
        sinks.index.commit(ordinal, sinks.journal.commit(transaction, new CommitInfo(0, 0, "perf", "perf", "perf")),
                sinks.journal.lastFrameLocation(), 0);
        return times;
    }

    private int environment(final Sinks sinks) {
        UnsafeApi.putLong(twin.address(), 1);
        UnsafeApi.putLong(twin.address() + Long.BYTES, 2);
        return sinks.index.environment(twin.address(), 0);
    }

    private void hash(final StageTimes times) {
        final VariableTable table = slab.table();
        final long address = slab.address();
        final int rows = slab.rowCount();
        times.begin();
        for (int row = 0; row < rows; row++) {
            names.add(address + table.nameOffset(row), table.nameLength(row), table.nameHashAddress(row));
        }
        names.flush();
        times.end(Stage.NAME_HASH);
        for (int row = 0; row < rows; row++) {
            lanes.add(address + table.valueOffset(row), table.valueLength(row), table.fingerprintAddress(row));
        }
        lanes.flush();
        times.end(Stage.FINGERPRINT);
        for (int row = 0; row < rows; row++) {
            scalar.hash(address + table.valueOffset(row), table.valueLength(row), twinAddress(row));
        }
        times.end(Stage.FINGERPRINT_SCALAR);
    }

    private void write(final StageTimes times, final Sinks sinks, final long transaction, final int environment,
            final int ordinal) throws IOException {
        final VariableTable table = slab.table();
        final int rows = slab.rowCount();
        final JournalWriter journal = sinks.journal;
        times.begin();
        journal.beginFrame(transaction);
        journal.section(ENVIRONMENT, ENVIRONMENT, Dialect.DOTENV.code());
        for (int row = 0; row < rows; row++) {
            add(journal, table, row);
        }
        times.end(Stage.FRAME);
        final long base = journal.append();
        times.end(Stage.APPEND);
        for (int row = 0; row < rows; row++) {
            table.location(row, table.location(row) + base);
        }
        for (int row = 0; row < rows; row += HashIndex.GROUP) {
            enter(sinks.index, row, Math.min(row + HashIndex.GROUP, rows), environment, ordinal);
        }
        times.end(Stage.INDEX);
    }

    /** As the apply stage does: the short way as far as it goes, then one row the long way. */
    private void enter(final HashIndex index, final int from, final int to, final int environment, final int ordinal) {
        final VariableTable table = slab.table();
        index.touch(table, from, to, environment);
        for (int row = from; row < to; row++) {
            row = index.insertNew(table, row, environment, ordinal);
            final int code = row == to ? HashIndex.INSERTED
                    : index.upsert(environment, table.nameHashAddress(row), table.fingerprintAddress(row), ordinal,
                            table.location(row), 0);
            if (code != HashIndex.INSERTED) {
                throw new IllegalStateException("the index answers " + code + " to a new variable");
            }
        }
    }

    private void add(final JournalWriter journal, final VariableTable table, final int row) {
        final long location = journal.add(0, table.line(row), slab.address() + table.nameOffset(row),
                table.nameLength(row), slab.address() + table.valueOffset(row), table.valueLength(row),
                table.fingerprintAddress(row));
        if (location == JournalWriter.FRAME_FULL) {
            throw new IllegalStateException("a slab's rows do not fit one frame");
        }
        table.location(row, location);
    }

    private void requireTwin() {
        for (int row = 0; row < slab.rowCount(); row++) {
            final long address = slab.table().fingerprintAddress(row);
            if (UnsafeApi.getLong(address) != UnsafeApi.getLong(twinAddress(row))
                    || UnsafeApi.getLong(address + Long.BYTES) != UnsafeApi.getLong(twinAddress(row) + Long.BYTES)) {
                throw new IllegalStateException("BLAKE3 in lanes differs from its scalar twin");
            }
        }
    }

    private long twinAddress(final int row) {
        return twin.address() + (long) row * Blake3.HASH_LENGTH;
    }

    @Override
    public void close() {
        lanes.close();
        parser.close();
        twin.close();
        tail.close();
        region.close();
    }
}
