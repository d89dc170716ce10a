package io.envcli.scan.internal.walk;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What the JDK's own class tells of a file is what its map tells: whether a cached result is trusted depends on it. */
@DisabledOnOs(OS.WINDOWS)
class FileStatTest {
    @TempDir
    Path folder;
    private List<Path> paths = List.of();

    @BeforeEach
    void paths() throws IOException {
        final Path file = Files.writeString(folder.resolve("file"), "text");
        final Path inner = Files.createDirectory(folder.resolve("inner"));
        // The two times of a file must not be taken for each other, nor be cut to less than nanoseconds.
        Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(1_000_000_000, 123_456_789)));
        paths = List.of(file, inner, Files.createSymbolicLink(folder.resolve("toFile"), file),
                Files.createSymbolicLink(folder.resolve("toInner"), inner));
    }

    @Test
    void bothWaysTellTheSame() throws Exception {
        assertTrue(UnixAttributes.ARE_OPEN, "--add-opens=java.base/sun.nio.fs=ALL-UNNAMED is among the flags of tests");
        final Set<FileStat> all = new HashSet<>();
        for (final Path path : paths) {
            for (final boolean follows : new boolean[]{false, true}) {
                final FileStat stat = FileStat.of(path, follows, true);
                assertEquals(FileStat.byMap(path, follows), stat, path + " " + follows);
                assertNotNull(stat.identity());
                all.add(stat);
            }
        }
        assertEquals(paths.size(), all.size());
        final FileStat.Identity identity = FileStat.of(paths.getFirst(), false, true).identity();
        assertEquals(1_000_000_000_123_456_789L, identity == null ? 0 : identity.modified());
    }

    @Test
    void onlyFoldersHaveKeysWhicheverWayTheyAreAsked() throws Exception {
        for (final boolean exactly : new boolean[]{false, true}) {
            assertNull(FileStat.of(paths.getFirst(), true, exactly).key());
            assertNull(FileStat.of(paths.get(3), false, exactly).key());
            final Object key = FileStat.of(paths.get(1), true, exactly).key();
            assertNotNull(key);
            assertEquals(key, FileStat.of(paths.get(3), true, exactly).key());
            assertNotEquals(key, FileStat.of(folder, true, exactly).key());
        }
    }
}
