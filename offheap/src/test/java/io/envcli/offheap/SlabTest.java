package io.envcli.offheap;

import io.envcli.offheap.testing.LeakCheck;
import org.agrona.UnsafeApi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

@ExtendWith(LeakCheck.class)
class SlabTest {
    @ParameterizedTest
    @CsvSource({"0,64", "64,64", "64,128", "128,65536"})
    void everyPartHasItsPlace(final int headroom, final int textCapacity) {
        final long length = Slab.length(headroom, textCapacity);
        assertEquals(0, length % 64);
        try (Region region = Region.allocate(Owner.SLABS, length + 8)) {
            final Slab slab = new Slab(region, 8, headroom, textCapacity);
            assertEquals(region.address() + 8, slab.address());
            assertEquals(headroom, slab.headroom());
            assertEquals(textCapacity, slab.textCapacity());
            assertEquals(slab.address() + 64 + headroom, slab.textAddress());
            assertTrue(slab.table().capacity() > (headroom + textCapacity) / 3);
            final int last = slab.table().capacity() - 1;
            assertTrue(slab.table().fingerprintAddress(0) >= slab.textAddress() + textCapacity + 64);
            final long end = slab.table().nameHashAddress(last) + 16 + Long.BYTES;
            assertTrue(end <= slab.address() + length, "the last row ends in the slab");
        }
    }

    @Test
    void refusesWhatDoesNotFit() {
        try (Region region = Region.allocate(Owner.SLABS, Slab.length(64, 64))) {
            assertThrows(IllegalArgumentException.class, () -> new Slab(region, 8, 64, 64));
            assertThrows(IllegalArgumentException.class, () -> new Slab(region, -8, 64, 64));
            assertThrows(IllegalArgumentException.class, () -> new Slab(region, 4, 64, 64));
            assertThrows(IllegalArgumentException.class, () -> Slab.length(63, 64));
            assertThrows(IllegalArgumentException.class, () -> Slab.length(-64, 64));
            assertThrows(IllegalArgumentException.class, () -> Slab.length(64, 0));
            assertThrows(IllegalArgumentException.class, () -> Slab.length(64, 65));
        }
    }

    @Test
    void remembersAndForgets() {
        try (Region region = Region.allocate(Owner.SLABS, Slab.length(64, 64))) {
            final Slab slab = new Slab(region, 0, 64, 64);
            final Object source = new Object();
            slab.kind(1);
            slab.flags(2);
            slab.transaction(3L << 40);
            slab.version(4L << 40);
            slab.location(-5L << 40);
            slab.rowCount(6);
            slab.textLength(7);
            slab.source(source);
            assertEquals(1, slab.kind());
            assertEquals(2, slab.flags());
            assertEquals(3L << 40, slab.transaction());
            assertEquals(4L << 40, slab.version());
            assertEquals(-5L << 40, slab.location());
            assertEquals(6, slab.rowCount());
            assertEquals(7, slab.textLength());
            assertSame(source, slab.source());
            slab.reset();
            assertEquals(0, slab.kind());
            assertEquals(0, slab.flags());
            assertEquals(0, slab.transaction());
            assertEquals(0, slab.version());
            assertEquals(0, slab.location());
            assertEquals(0, slab.rowCount());
            assertEquals(0, slab.textLength());
            assertEquals(128, slab.textOffset());
            assertNull(slab.source());
        }
    }

    @Test
    void putsATailInFrontOfTheText() {
        try (Region region = Region.allocate(Owner.SLABS, 2 * Slab.length(64, 64))) {
            final Slab slab = new Slab(region, 0, 64, 64);
            final Slab before = new Slab(region, Slab.length(64, 64), 64, 64);
            UnsafeApi.putInt(before.textAddress() + 8, 0x41424344);
            UnsafeApi.putInt(slab.textAddress(), 0x45464748);
            slab.textLength(4);
            slab.prependTail(before.textAddress() + 8, 4);
            assertEquals(8, slab.textLength());
            assertEquals(slab.textAddress() - 4, slab.address() + slab.textOffset());
            assertEquals(0x41424344, UnsafeApi.getInt(slab.textAddress() - 4));
            assertEquals(0x45464748, UnsafeApi.getInt(slab.textAddress()));
            slab.prependTail(before.address(), 60);
            assertEquals(64, slab.textOffset());
            assertThrows(IllegalArgumentException.class, () -> slab.prependTail(before.address(), 1));
        }
    }

    @Test
    void rowsDoNotTouchEachOther() {
        try (Region region = Region.allocate(Owner.SLABS, Slab.length(0, 64))) {
            final VariableTable table = new Slab(region, 0, 0, 64).table();
            for (int row = 0; row < table.capacity(); row++) {
                final int base = row * 10;
                table.set(row, base, base + 1, base + 2, base + 3, base + 4, VariableTable.UNSET);
                table.location(row, base + 5L);
                UnsafeApi.putLong(table.fingerprintAddress(row), base + 6);
                UnsafeApi.putLong(table.fingerprintAddress(row) + 8, base + 7);
                UnsafeApi.putLong(table.nameHashAddress(row), base + 8);
                UnsafeApi.putLong(table.nameHashAddress(row) + 8, base + 9);
                table.addFlags(row, VariableTable.DUPLICATE);
            }
            for (int row = 0; row < table.capacity(); row++) {
                final int base = row * 10;
                assertEquals(base, table.nameOffset(row));
                assertEquals(base + 1, table.nameLength(row));
                assertEquals(base + 2, table.valueOffset(row));
                assertEquals(base + 3, table.valueLength(row));
                assertEquals(base + 4, table.line(row));
                assertEquals(VariableTable.UNSET | VariableTable.DUPLICATE, table.flags(row));
                assertEquals(base + 5, table.location(row));
                assertEquals(base + 6, UnsafeApi.getLong(table.fingerprintAddress(row)));
                assertEquals(base + 7, UnsafeApi.getLong(table.fingerprintAddress(row) + 8));
                assertEquals(base + 8, UnsafeApi.getLong(table.nameHashAddress(row)));
                assertEquals(base + 9, UnsafeApi.getLong(table.nameHashAddress(row) + 8));
            }
        }
    }
}
