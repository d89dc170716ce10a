package io.envcli.scan;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A scan with a cache says what one without says, whatever has happened to the tree and to the cache. */
class CacheTest {
    private static final Duration LATER = Duration.ofHours(1);
    private static final String[] TEXTS = {"process.env.A_ONE || 'x1'",
        "function need(name) { return process.env[name] }",
        "need('CALLED_BY'); need(\"TOO\")", "const {B = '\ud83d\ude00', C: d} = process.env", "nothing",
        "process.env[computed + 1]", "", "const k = process.env.K || 'ghp_" + "A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q7r8'"};
    private static final String[] NAMES = {"a.js", "b.ts", "sub/a.js", "sub/c.js", "d.py", ".env", "script"};

    @TempDir
    Path folder;
    private Path tree;
    private Path cache;
    private final Scanner plain = new Scanner();

    @BeforeEach
    void tree() throws IOException {
        tree = Files.createDirectories(folder.resolve("tree"));
        cache = folder.resolve("cache");
        Assumptions.assumeTrue(tree.getFileSystem().supportedFileAttributeViews().contains("unix"),
                "no cache here: files have no inodes");
    }

    private void write(final String name, final String text) throws IOException {
        final Path file = tree.resolve(name);
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, text);
    }

    private ScanRequest request() {
        return new ScanRequest(List.of(tree), tree, true, false, false, List.of(), List.of(), 2);
    }

    /** With files that are an hour old: a scan an hour from now. */
    private ScanReport cached(final boolean secrets) throws IOException {
        return new Scanner(cache, InstantSource.offset(InstantSource.system(), LATER)).scan(request(),
                new SecretSearch(secrets, null));
    }

    private ScanReport uncached(final boolean secrets) throws IOException {
        return plain.scan(request(), new SecretSearch(secrets, null));
    }

    private List<Path> cacheFiles() throws IOException {
        try (Stream<Path> files = Files.list(cache)) {
            return files.toList();
        }
    }

    private void assertSame() throws IOException {
        assertEquals(uncached(false), cached(false));
    }

    /** Written behind the back of the clock: only with the old result in the cache can the new text not be found. */
    @Test
    void aFileThatIsAsItWasIsNotRead() throws Exception {
        write("a.js", "process.env.A_ONE");
        assertSame();
        final byte[] content = Files.readAllBytes(cacheFiles().getFirst());
        final byte[] other = new String(content, StandardCharsets.ISO_8859_1)
                .replace("\0A\0_\0O\0N\0E", "\0B\0_\0O\0N\0E")
                .getBytes(StandardCharsets.ISO_8859_1);
        assertFalse(Arrays.equals(content, other));
        final CRC32C crc = new CRC32C();
        crc.update(other, 20, other.length - 20);
        ByteBuffer.wrap(other).putInt(16, (int) crc.getValue());
        Files.write(cacheFiles().getFirst(), other);
        assertEquals("B_ONE", cached(false).uses().getFirst().name());
        final FileTime written = Files.getLastModifiedTime(cacheFiles().getFirst());
        assertEquals("B_ONE", cached(false).uses().getFirst().name());
        assertEquals(written, Files.getLastModifiedTime(cacheFiles().getFirst()), "nothing has changed");
        Files.writeString(tree.resolve("a.js"), "process.env.A_TWO");
        assertEquals("A_TWO", cached(false).uses().getFirst().name());
    }

    @Test
    void aFileAsNewAsTheScanIsReadAgain() throws Exception {
        write("a.js", "process.env.A_ONE");
        new Scanner(cache).scan(request());
        final Path file = cacheFiles().getFirst();
        assertEquals(20 + 12, Files.size(file), "a header alone");
    }

    @Test
    void oldDatesAndSwappedFilesDoNotDeceive() throws Exception {
        write("a.js", "process.env.A_ONE");
        write("b.js", "process.env.B_ONE");
        assertSame();
        final FileTime time = Files.getLastModifiedTime(tree.resolve("a.js"));
        write("a.js", "process.env.A_TWO");
        Files.setLastModifiedTime(tree.resolve("a.js"), time);
        assertSame();
        assertEquals("A_TWO", cached(false).uses().getFirst().name());
        Files.move(tree.resolve("a.js"), tree.resolve("c.js"));
        Files.move(tree.resolve("b.js"), tree.resolve("a.js"));
        Files.move(tree.resolve("c.js"), tree.resolve("b.js"));
        assertSame();
        assertEquals(List.of("B_ONE", "A_TWO"), cached(false).uses().stream().map(Use::name).toList());
    }

    /** Files come, go, change, are renamed and touched, with and without secrets looked for. */
    @Test
    void saysWhatAScanWithoutSaysWhateverHappens() throws Exception {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        int uses = 0;
        for (int round = 0; round < 60; round++) {
            for (int change = random.nextInt(4); change >= 0; change--) {
                change(random);
            }
            final boolean secrets = random.nextInt(3) == 0;
            final ScanReport expected = uncached(secrets);
            assertEquals(expected, cached(secrets), "seed " + seed + ", round " + round);
            uses += expected.uses().size();
        }
        assertTrue(uses > 60, "seed " + seed);
    }

    private void change(final Random random) throws IOException {
        final Path file = tree.resolve(NAMES[random.nextInt(NAMES.length)]);
        final Path other = tree.resolve(NAMES[random.nextInt(NAMES.length)]);
        if (!Files.exists(file) || random.nextInt(3) == 0) {
            write(tree.relativize(file).toString(), TEXTS[random.nextInt(TEXTS.length)]);
        } else {
            switch (random.nextInt(3)) {
                case 0 -> Files.delete(file);
                case 1 -> Files.setLastModifiedTime(file, FileTime.fromMillis(random.nextInt(1_000)));
                default -> {
                    Files.createDirectories(other.resolveSibling("."));
                    Files.move(file, other, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }

    @Test
    void aDamagedOrForeignCacheCountsAsNone() throws Exception {
        write("a.js", "process.env.A_ONE; need('X_Y'); function need(n) { return process.env[n] }");
        assertSame();
        final Path file = cacheFiles().getFirst();
        final byte[] whole = Files.readAllBytes(file);
        for (int at = 0; at < whole.length; at += 7) {
            final byte[] damaged = whole.clone();
            damaged[at] ^= 0x10;
            Files.write(file, damaged);
            assertSame();
            assertArrayEquals(whole, Files.readAllBytes(file), "written anew");
        }
        for (final int length : new int[]{0, 1, 19, 20, 31, whole.length - 1}) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertSame();
        }
        Files.writeString(file, "something else of some length, which is no cache at all");
        assertSame();
    }

    @Test
    void noSecretAndNothingLikeOneIsKept() throws Exception {
        final String token = "ghp_" + "A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q7r8";
        write("a.js", "process.env.A || '" + token + "'");
        write("b.js", "process.env.B || 'zq81-Lm4x-97pw-Kd'");
        write("c.js", "process.env.C_IS_KEPT");
        write(".env", "D_NAME=hunter2-very-secret-8431\n");
        cached(true);
        cached(false);
        for (final Path file : cacheFiles()) {
            final String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).replace("\0", "");
            assertTrue(content.contains("C_IS_KEPT") && content.contains("D_NAME"));
            assertFalse(content.contains("ghp_") || content.contains("zq81") || content.contains("hunter2"));
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        }
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(cache)));
    }

    @Test
    void aFolderThatCannotBeWrittenToDoesNotMatter() throws Exception {
        write("a.js", "process.env.A_ONE");
        Files.writeString(cache, "a file");
        assertSame();
        assertEquals("a file", Files.readString(cache));
    }

    @Test
    void scansAtOnceDoNotDisturbEachOther() throws Exception {
        for (int i = 0; i < 50; i++) {
            write("f" + i + ".js", "process.env.V_" + i + "; need('W_" + i + "'); function need(n) { process.env[n] }");
        }
        final ScanReport expected = uncached(false);
        try (var pool = Executors.newFixedThreadPool(4)) {
            final List<Future<ScanReport>> scans = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                scans.add(pool.submit(() -> cached(false)));
            }
            for (final Future<ScanReport> scan : scans) {
                assertEquals(expected, scan.get());
            }
        }
        assertEquals(1, cacheFiles().size(), "no temporary file is left");
    }

    @Test
    void otherRequestsHaveOtherResults() throws Exception {
        write("a.js", "process.env.A_ONE");
        cached(false);
        cached(true);
        assertEquals(2, cacheFiles().size());
        assertNotEquals(cacheFiles().get(0), cacheFiles().get(1));
    }
}
