package io.envcli.offheap;

import io.envcli.offheap.testing.LeakCheck;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

@ExtendWith(LeakCheck.class)
class HashIndexFolderTest {
    @TempDir
    private Path top;
    private Path path;
    private HashIndexFolder folder;
    private Names names;

    @BeforeEach
    void open() {
        path = top.resolve("view");
        folder = new HashIndexFolder(path, HashIndexTest.STORE, HashIndexTest.BOOT);
        names = new Names();
    }

    @AfterEach
    void close() {
        names.close();
    }

    @Test
    void beginsWithNothing() throws IOException {
        assertEquals(0, folder.newestGeneration());
        assertNull(folder.openNewest());
        assertNull(folder.openNewestOnce());
        assertNull(folder.openForWriting());
        assertFalse(Files.exists(path));
    }

    @Test
    void keepsOneGeneration() throws IOException {
        HashIndex index = folder.create(10, 10);
        try (HashIndexReader first = requireNonNull(folder.openNewest())) {
            assertEquals(path.resolve("0000000001"), index.file());
            index = folder.grow(index);
            assertEquals(2, index.generation());
            assertEquals(20, index.room());
            assertTrue(first.isSuperseded());
            assertSame(index, folder.reserve(index, 20, 20));
            index = folder.reserve(index, 21, 5);
            assertEquals(40, index.room());
            index = folder.reserve(index, 1000, 5);
            assertEquals(1000, index.room());
            assertEquals(20, index.transactionRoom());
            assertArrayEquals(new String[]{"0000000004"}, path.toFile().list());
            assertEquals(HashIndexReader.NOT_FOUND, first.findEnvironment(names.hash(1)), "it still answers");
        } finally {
            index.close();
        }
    }

    @Test
    void aNewIndexReplacesOnesInAnyState() throws IOException {
        folder.create(10, 10).closeDirty();
        assertThrows(IndexDamagedException.class, () -> folder.openForWriting());
        try (HashIndexReader reader = requireNonNull(folder.openNewest())) {
            assertTrue(reader.isDirty());
            Files.write(path.resolve("0000000002"), new byte[10]);
            Files.write(path.resolve("0000000007.new"), new byte[10]);
            Files.write(path.resolve("note"), new byte[10]);
            assertThrows(IndexDamagedException.class, () -> folder.openNewest());
            folder.create(10, 10).close();
            assertTrue(reader.isSuperseded());
        }
        final String[] left = requireNonNull(path.toFile().list());
        Arrays.sort(left);
        assertArrayEquals(new String[]{"0000000003", "note"}, left);
        try (HashIndex index = requireNonNull(folder.openForWriting())) {
            assertEquals(3, index.generation());
        }
    }

    @Test
    void anotherStoresIndexIsRefused() throws IOException {
        folder.create(10, 10).close();
        final HashIndexFolder other = new HashIndexFolder(path, HashIndexTest.BOOT, HashIndexTest.BOOT);
        assertThrows(IndexDamagedException.class, other::openNewest);
        assertThrows(IndexDamagedException.class, other::openForWriting);
        Files.move(path.resolve("0000000001"), path.resolve("0000000005"));
        assertThrows(IndexDamagedException.class, folder::openForWriting, "renamed");
        assertThrows(IllegalArgumentException.class, () -> new HashIndexFolder(path, new byte[3], new byte[16]));
    }
}
