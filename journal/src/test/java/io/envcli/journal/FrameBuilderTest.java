package io.envcli.journal;

import io.envcli.offheap.Owner;
import io.envcli.offheap.Region;
import org.agrona.UnsafeApi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

class FrameBuilderTest {
    private static final int PAGES = 2 * 4096;
    private static final int LONGEST = 200;

    @TempDir
    private Path folder;

    /** A read past the mapping's end would be the end of this process. */
    @Test
    void copiesNothingPastTheLastPageAndEveryByteBeforeIt() throws IOException {
        final byte[] text = new byte[PAGES];
        for (int i = 0; i < text.length; i++) {
            text[i] = (byte) ('A' + i % 57);
        }
        final Path file = Files.write(folder.resolve("text"), text);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
                Region mapped = Region.map(Owner.TEST, channel, MapMode.READ_ONLY, 0, PAGES)) {
            for (int length = 1; length <= LONGEST; length++) {
                check(text, mapped.address(), PAGES - length, length);
                check(text, mapped.address(), PAGES / 2 - length / 2, length);
                check(text, mapped.address(), length, length);
                empty(mapped.address(), length);
            }
        }
    }

    /** An empty value may stand anywhere, also behind the last page or nowhere. */
    private static void empty(final long address, final int length) {
        final FrameBuilder frame = new FrameBuilder(1024, 4096);
        frame.begin(0);
        frame.section("e".getBytes(StandardCharsets.UTF_8), new byte[0], (byte) 0);
        frame.add(0, 1, address, length, address + PAGES, 0, address);
        frame.add(0, 2, address, length, 0, 0, address);
        assertEquals(2, frame.changeCount());
    }

    private static void check(final byte[] text, final long address, final int offset, final int length) {
        final FrameBuilder frame = new FrameBuilder(1024, 4096);
        frame.begin(0);
        frame.section("e".getBytes(StandardCharsets.UTF_8), new byte[0], (byte) 0);
        final long at = address + offset;
        // Twice, so that what the first copies too much must be written over by the second.
        for (int i = 0; i < 2; i++) {
            frame.add(0, 1, at, length, at, length - 1, address);
        }
        frame.finish();
        final BlockCursor cursor = new BlockCursor();
        cursor.wrap(frame.buffer(), FrameDescriptor.HEADER_LENGTH, 0);
        assertEquals(BlockCursor.SECTION_RECORD, cursor.next());
        for (int i = 0; i < 2; i++) {
            assertEquals(BlockCursor.CHANGE_RECORD, cursor.next());
            final Change change = cursor.change();
            assertArrayEquals(Arrays.copyOfRange(text, offset, offset + length), Arrays.copyOfRange(change.buffer(),
                    change.nameOffset(), change.nameOffset() + change.nameLength()), "length=" + length);
            assertArrayEquals(Arrays.copyOfRange(text, offset, offset + length - 1), Arrays.copyOfRange(change.buffer(),
                    change.valueOffset(), change.valueOffset() + change.valueLength()), "length=" + length);
            assertEquals(UnsafeApi.getLong(address), LittleEndian.getLong(change.buffer(), change.fingerprintOffset()));
        }
        assertEquals(BlockCursor.END, cursor.next());
    }
}
