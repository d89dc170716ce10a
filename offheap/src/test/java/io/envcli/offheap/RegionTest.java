package io.envcli.offheap;

import io.envcli.offheap.testing.LeakCheck;
import org.agrona.UnsafeApi;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

@ExtendWith(LeakCheck.class)
class RegionTest {
    @TempDir
    private Path folder;

    // Closing twice is what is tested.
    @SuppressWarnings("try")
    @Test
    void isCountedForItsOwnerUntilClosed() {
        final long before = OffHeap.bytes(Owner.SCRATCH);
        final long total = OffHeap.totalBytes();
        try (Region region = Region.allocate(Owner.SCRATCH, 1001)) {
            assertEquals(1001, region.capacity());
            assertEquals(before + 1001, OffHeap.bytes(Owner.SCRATCH));
            assertEquals(total + 1001, OffHeap.totalBytes());
            UnsafeApi.putByte(region.address() + 1000, (byte) 7);
            assertEquals(7, UnsafeApi.getByte(region.address() + 1000));
            region.close();
            assertEquals(before, OffHeap.bytes(Owner.SCRATCH), "closing again counts nothing");
        }
        assertEquals(before, OffHeap.bytes(Owner.SCRATCH));
    }

    @Test
    void refusesWhatCannotBe() {
        assertThrows(IllegalArgumentException.class, () -> Region.allocate(Owner.TEST, 0));
        assertThrows(IllegalArgumentException.class, () -> Region.allocate(Owner.TEST, -1));
    }

    @Test
    void buffersStayWithinIt() {
        try (Region region = Region.allocate(Owner.TEST, 64)) {
            final UnsafeBuffer buffer = region.buffer(8, 56);
            buffer.putInt(0, 42);
            assertEquals(42, UnsafeApi.getInt(region.address() + 8));
            assertEquals(0, region.buffer(64, 0).capacity());
            assertThrows(IndexOutOfBoundsException.class, () -> region.buffer(-1, 1));
            assertThrows(IndexOutOfBoundsException.class, () -> region.buffer(0, -1));
            assertThrows(IndexOutOfBoundsException.class, () -> region.buffer(9, 56));
            assertThrows(IndexOutOfBoundsException.class, () -> region.buffer(Long.MAX_VALUE, 1));
        }
    }

    @Test
    void mapsPartOfAFile() throws IOException {
        final Path file = Files.write(folder.resolve("file"), new byte[]{1, 2, 3, 4, 5});
        try (Region region = map(file, MapMode.READ_WRITE, 1, 3)) {
            assertEquals(3, region.capacity());
            assertEquals(2, UnsafeApi.getByte(region.address()));
            UnsafeApi.putByte(region.address() + 2, (byte) 9);
        }
        assertArrayEquals(new byte[]{1, 2, 3, 9, 5}, Files.readAllBytes(file));
    }

    private static Region map(final Path file, final MapMode mode, final long position, final long length)
            throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return Region.map(Owner.TEST, channel, mode, position, length);
        }
    }

    @Test
    void aRefusedMappingLeavesNothing() throws IOException {
        final Path file = Files.write(folder.resolve("file"), new byte[5]);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            assertThrows(IOException.class, () -> Region.map(Owner.TEST, channel, MapMode.READ_ONLY, 0, 6));
            assertThrows(RuntimeException.class, () -> Region.map(Owner.TEST, channel, MapMode.READ_WRITE, 0, 5));
            assertThrows(RuntimeException.class, () -> Region.map(Owner.TEST, channel, MapMode.READ_ONLY, -1, 5));
        }
    }
}
