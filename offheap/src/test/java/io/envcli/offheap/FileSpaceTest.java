package io.envcli.offheap;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

class FileSpaceTest {
    private static final int MEBIBYTE = 1 << 20;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"0,1", "0,4096", "1,4095", "4095,2", "100,70000", "1048577,3"})
    void growsAFileToTheEndOfTheRange(final long from, final long length) throws IOException {
        final Path file = folder.resolve("new");
        FileSpace.allocate(file, from, length);
        assertEquals(from + length, Files.size(file));
        assertArrayEquals(new byte[(int) (from + length)], Files.readAllBytes(file));
    }

    @Test
    void takesBlocksNotOnlyLength() throws IOException {
        final Path file = folder.resolve("blocks");
        FileSpace.allocate(file, 0, MEBIBYTE);
        assertTrue(blocks(file) >= MEBIBYTE / 512, "blocks=" + blocks(file));
    }

    @Test
    void keepsWhatTheFileHas() throws IOException {
        final Path file = folder.resolve("kept");
        Files.writeString(file, "already here");
        FileSpace.allocate(file, 0, 5000);
        assertEquals("already here", Files.readString(file).substring(0, 12));
        assertEquals(5000, Files.size(file));
        FileSpace.allocate(file, 0, 7);
        assertEquals(5000, Files.size(file), "a range within the file does not shorten it");
    }

    @Test
    void findsFilesWhoseNamesNeedEscapes() throws IOException {
        for (final String name : new String[]{"with space", "per%cent", "hash#mark", "semi;colon?"}) {
            FileSpace.allocate(folder.resolve(name), 0, 10);
            assertEquals(10, Files.size(folder.resolve(name)), name);
        }
    }

    @Test
    void writesZerosOnlyWhereTheFileHasNone() throws IOException {
        final Path file = folder.resolve("zeros");
        final byte[] data = new byte[9000];
        Arrays.fill(data, 4000, 4200, (byte) 7);
        Files.write(file, data);
        FileSpace.writeZeros(file, 100, 20000);
        assertEquals(20100, Files.size(file));
        final byte[] after = Files.readAllBytes(file);
        assertArrayEquals(Arrays.copyOf(data, 20100), after);
    }

    @Test
    void refusesWhatIsNoRange() {
        final Path file = folder.resolve("none");
        assertThrows(IllegalArgumentException.class, () -> FileSpace.allocate(file, -1, 1));
        assertThrows(IllegalArgumentException.class, () -> FileSpace.allocate(file, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> FileSpace.allocate(file, 2, Long.MAX_VALUE));
        assertTrue(Files.notExists(file));
    }

    @Test
    void saysWhyAFileCannotBeAllocated() {
        assertThrows(IOException.class, () -> FileSpace.allocate(folder.resolve("no/such/folder"), 0, 1));
        assertThrows(IOException.class, () -> FileSpace.allocate(folder, 0, 1));
    }

    @Test
    void syncsFilesAndFolders() throws IOException {
        final Path file = Files.writeString(folder.resolve("synced"), "x", StandardCharsets.US_ASCII);
        FileSpace.sync(file);
        FileSpace.syncDirectory(folder);
        assertThrows(IOException.class, () -> FileSpace.syncDirectory(folder.resolve("missing")));
        assertThrows(IOException.class, () -> FileSpace.sync(folder.resolve("missing")));
    }

    @Test
    void aFullDiskIsItsOwnError() throws IOException, InterruptedException {
        final Path mount = Files.createDirectory(folder.resolve("small"));
        assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=1m", "none", mount.toString()),
                "a small file system cannot be mounted here: needs root");
        try {
            final Path file = mount.resolve("file");
            FileSpace.allocate(file, 0, MEBIBYTE / 2);
            final DiskFullException full = assertThrows(DiskFullException.class,
                    () -> FileSpace.allocate(file, 0, 4 * MEBIBYTE));
            assertEquals(file.toString(), full.file());
            assertEquals(4 * MEBIBYTE, full.bytes());
            final String message = String.valueOf(full.getMessage());
            assertTrue(message.startsWith("disk full: " + file + " needs 4194304 more bytes"), message);
            assertThrows(DiskFullException.class,
                    () -> FileSpace.writeZeros(mount.resolve("zeros"), 0, 4 * MEBIBYTE));
        } finally {
            assertTrue(run("umount", mount.toString()), "left mounted: " + mount);
        }
    }

    private static long blocks(final Path file) throws IOException {
        // Unix only, as the product is; 512-byte units as stat has them are not offered, so ask the shell.
        final Process stat = new ProcessBuilder("stat", "-c", "%b", file.toString()).start();
        return Long.parseLong(new String(stat.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip());
    }

    private static boolean run(final String... command) throws IOException, InterruptedException {
        try {
            final Process process = new ProcessBuilder(command).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (final IOException notInstalled) {
            return false;
        }
    }
}
