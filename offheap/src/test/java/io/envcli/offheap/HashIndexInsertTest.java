package io.envcli.offheap;

import io.envcli.offheap.testing.LeakCheck;
import org.agrona.UnsafeApi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The short way in for new variables, against the long one: the files must be the same to the byte. */
@ExtendWith(LeakCheck.class)
class HashIndexInsertTest {
    private static final int ROWS = 200;
    private static final int FIRST_VERSION = 1;

    @TempDir
    private Path folder;
    private Names names;
    private Region rows;
    private VariableTable table;

    @BeforeEach
    void open() {
        names = new Names();
        rows = Region.allocate(Owner.SCRATCH, (long) ROWS * VariableTableDescriptor.ROW_LENGTH);
        table = new VariableTable(rows.address(), ROWS);
    }

    @AfterEach
    void close() {
        rows.close();
        names.close();
    }

    private HashIndex create(final String name, final long entries) throws IOException {
        return HashIndex.create(folder.resolve(name), 1, HashIndexTest.STORE, HashIndexTest.BOOT, entries, 10);
    }

    private void row(final int row, final long name, final long value, final int flags) {
        table.set(row, 0, 0, 0, 0, row, flags);
        UnsafeApi.copyMemory(names.hash(name), table.nameHashAddress(row), 16);
        UnsafeApi.copyMemory(names.fingerprint(value), table.fingerprintAddress(row), 16);
        table.location(row, 0x1000L + row * 16L);
    }

    private int upsert(final HashIndex index, final int row, final int environment, final int ordinal) {
        return index.upsert(environment, table.nameHashAddress(row), table.fingerprintAddress(row), ordinal,
                table.location(row), table.flags(row));
    }

    /** Enters all rows in groups of some size, as the apply stage does; answers how many went the short way. */
    private int insert(final HashIndex index, final int environment, final int ordinal, final int group) {
        int quick = 0;
        for (int from = 0; from < ROWS; from += group) {
            final int to = Math.min(from + group, ROWS);
            index.touch(table, from, to, environment);
            for (int row = from; row < to; row++) {
                final int next = index.insertNew(table, row, environment, ordinal);
                quick += next - row;
                row = next;
                if (row < to) {
                    assertTrue(upsert(index, row, environment, ordinal) > 0);
                }
            }
        }
        return quick;
    }

    @Test
    void leavesTheSameFileAsUpsert() throws IOException {
        final long seed = Long.getLong("envcli.test.seed", System.nanoTime());
        System.out.println("leavesTheSameFileAsUpsert: -Denvcli.test.seed=" + seed);
        final Random random = new Random(seed);
        int quick = 0;
        for (int round = 0; round < 40; round++) {
            final int distinct = 1 + random.nextInt(2 * ROWS);
            for (int row = 0; row < ROWS; row++) {
                row(row, 100 + random.nextInt(distinct), 3 + random.nextInt(5),
                        random.nextInt(10) == 0 ? VariableTable.UNSET : 0);
            }
            final String name = "same-" + round;
            // As full as it may be, so that buckets overflow.
            try (HashIndex shortly = create(name + "-short", ROWS + 1);
                    HashIndex at = create(name + "-long", ROWS + 1)) {
                final int ordinal = shortly.transaction(7);
                final int environment = shortly.environment(names.hash(1), 0x550);
                quick += insert(shortly, environment, ordinal, 1 + random.nextInt(HashIndex.GROUP));
                shortly.commit(ordinal, FIRST_VERSION, 0x8880, 1_700_000_000_000L);
                assertEquals(ordinal, at.transaction(7));
                assertEquals(environment, at.environment(names.hash(1), 0x550));
                for (int row = 0; row < ROWS; row++) {
                    assertTrue(upsert(at, row, environment, ordinal) > 0);
                }
                at.commit(ordinal, FIRST_VERSION, 0x8880, 1_700_000_000_000L);
                assertEquals(at.variableCount(), shortly.variableCount());
                assertTrue(shortly.reader().verify().isIntact());
            }
            assertArrayEquals(Files.readAllBytes(folder.resolve(name + "-long")),
                    Files.readAllBytes(folder.resolve(name + "-short")));
        }
        assertTrue(quick > 40 * ROWS / 4, quick + " rows went the short way");
    }

    @Test
    void stopsWhereThereIsNoRoom() throws IOException {
        for (int row = 0; row < 20; row++) {
            row(row, 100 + row, 3, 0);
        }
        try (HashIndex index = create("room", 11)) {
            final int environment = index.environment(names.hash(1), 0x550);
            final int ordinal = index.transaction(7);
            index.touch(table, 0, 20, environment);
            assertEquals(10, index.insertNew(table, 0, environment, ordinal));
            assertEquals(10, index.insertNew(table, 10, environment, ordinal));
            assertEquals(HashIndex.FULL, upsert(index, 10, environment, ordinal));
            try (HashIndex grown = index.grow(folder.resolve("2"))) {
                assertEquals(10, grown.insertNew(table, 10, environment, ordinal), "its buckets were not touched");
                grown.touch(table, 10, 20, environment);
                assertEquals(20, grown.insertNew(table, 10, environment, ordinal));
                grown.commit(ordinal, 1, 0x8880, 1);
                assertEquals(20, grown.variableCount());
                assertTrue(grown.reader().verify().isIntact());
            }
        }
    }

    @Test
    void takesNoRowsThatWereNotTouched() throws IOException {
        for (int row = 0; row < 20; row++) {
            row(row, 100 + row, 3, row == 4 ? VariableTable.UNCHANGED : row == 8 ? VariableTable.UNSET : 0);
        }
        try (HashIndex index = create("touched", 100)) {
            final int environment = index.environment(names.hash(1), 0x550);
            final int other = index.environment(names.hash(2), 0x560);
            final int ordinal = index.transaction(7);
            index.touch(table, 2, 10, environment);
            assertEquals(0, index.insertNew(table, 0, environment, ordinal));
            assertEquals(2, index.insertNew(table, 2, other, ordinal));
            assertEquals(2, index.insertNew(new VariableTable(rows.address(), ROWS), 2, environment, ordinal));
            assertEquals(4, index.insertNew(table, 2, environment, ordinal));
            assertEquals(4, index.insertNew(table, 4, environment, ordinal));
            assertEquals(8, index.insertNew(table, 5, environment, ordinal));
            assertEquals(10, index.insertNew(table, 9, environment, ordinal));
            assertEquals(2 + 2 + 3 + 1, index.entryCount());
            for (final int none : new int[]{0, 99}) {
                index.touch(table, 10, 20, none);
                assertEquals(10, index.insertNew(table, 10, none, ordinal), "environment " + none);
            }
            assertEquals(HashIndex.DAMAGED, upsert(index, 10, 0, ordinal));
        }
    }

    /** Any bit that a bucket holds when a new variable goes into it: whoever looks afterwards notices. */
    @Test
    void leavesADamagedBucketDamaged() throws IOException {
        for (int row = 0; row < 4; row++) {
            row(row, 100 + row, 3, row == 2 ? VariableTable.UNCHANGED : 0);
        }
        // Header, the environment's slot, and two more.
        int entered = 0;
        for (int bit = -1; bit < 4 * Long.SIZE; bit++) {
            try (HashIndex index = create("bit-" + bit, 4)) { // One bucket.
                final int environment = index.environment(names.hash(1), 0x550);
                final int ordinal = index.transaction(7);
                index.touch(table, 0, 4, environment);
                assertEquals(2, index.insertNew(table, 0, environment, ordinal));
                if (bit >= 0) {
                    final long at = index.edits().address() + index.walk().bucketOffset(0) + bit / 8;
                    UnsafeApi.putByte(at, (byte) (UnsafeApi.getByte(at) ^ 1 << bit % 8));
                }
                entered += index.insertNew(table, 3, environment, ordinal) - 3;
                index.commit(ordinal, FIRST_VERSION, 0x8880, 1);
                assertEquals(bit < 0, index.reader().verify().isIntact(), "bit " + bit);
                index.closeDirty();
            }
        }
        assertTrue(entered > 3 * Long.SIZE, entered + " rows went into a damaged bucket");
    }
}
