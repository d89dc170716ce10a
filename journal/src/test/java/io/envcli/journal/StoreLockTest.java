package io.envcli.journal;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32C;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class StoreLockTest {
    @TempDir
    Path store;

    @Test
    void aSecondWriterInTheSameProcessIsRefusedAndTheFirstKeepsItsLock() throws IOException {
        try (StoreLock lock = StoreLock.acquire(store)) {
            final StoreLockedException e = assertThrows(StoreLockedException.class, () -> StoreLock.acquire(store));
            assertEquals(ProcessHandle.current().pid(), e.pid());
            assertTrue(e.toString().contains("in this process"), e.toString());
            lock.write(LockContent.open(1));
            assertEquals(new StoreState(true, e.pid(), false), StoreLock.state(store));
            assertTrue(isLocked(store.resolve("lock")), "looking at it did not drop it");
        }
        assertFalse(isLocked(store.resolve("lock")));
        StoreLock.acquire(store).close();
    }

    /** The kernel's own list of locks, by inode. */
    private static boolean isLocked(final Path file) throws IOException {
        final String inode = ":" + Files.getAttribute(file, "unix:ino") + " ";
        return Files.readAllLines(Path.of("/proc/locks")).stream().anyMatch(line -> line.contains(inode));
    }

    @Test
    void aStoreThatIsNotThereHasNoState() throws IOException {
        assertEquals(new StoreState(false, 0, false), StoreLock.state(store.resolve("none")));
        assertFalse(Files.exists(store.resolve("none")));
    }

    @Test
    void unreadableContentIsAnUncleanEnd() throws IOException {
        for (final byte[] content : List.of(new byte[0], new byte[LockDescriptor.LENGTH], new byte[]{1, 2, 3})) {
            Files.write(store.resolve("lock"), content);
            try (StoreLock lock = StoreLock.acquire(store)) {
                assertEquals(LockContent.UNREADABLE, lock.previous().state());
            }
        }
        final byte[] newer = LockContent.open(5).encode();
        newer[LockDescriptor.VERSION] = 2;
        Files.write(store.resolve("lock"), newer);
        assertFalse(StoreLock.state(store).clean(), "a flipped bit, as the checksum tells");
        final CRC32C crc = new CRC32C();
        crc.update(newer, 0, LockDescriptor.CRC);
        LittleEndian.putInt(newer, LockDescriptor.CRC, (int) crc.getValue());
        Files.write(store.resolve("lock"), newer);
        assertThrows(UnsupportedFormatException.class, () -> StoreLock.acquire(store));
    }

    @Test
    void anUncleanEndStartsANewSegment() throws IOException {
        for (int i = 0; i < 3; i++) {
            try (TestJournal journal = new TestJournal(store, TestJournal.SMALL)) {
                journal.put("e", 1);
                assertEquals(i + 1, journal.writer().checkpoint().segment());
            }
            final byte[] flipped = Files.readAllBytes(store.resolve("lock"));
            flipped[LockDescriptor.TIME] ^= 1;
            Files.write(store.resolve("lock"), flipped);
        }
        assertTrue(JournalVerifier.verify(store, TestJournal.key(1)).isIntact());
    }

    @Test
    void aCleanEndThatWasNotSyncedIsNotBelievedAfterAnotherBoot() {
        final LockContent clean = LockContent.clean(1, false, Checkpoint.START, 0, 0);
        final LockContent other = new LockContent(LockDescriptor.CLEAN, false, 1, 1, "ab".repeat(16), Checkpoint.START,
                0, 0);
        assertTrue(clean.isTrustedEnd());
        assertFalse(other.isTrustedEnd());
        assertTrue(new LockContent(LockDescriptor.CLEAN, true, 1, 1, "ab".repeat(16), Checkpoint.START, 0, 0)
                .isTrustedEnd());
    }

    @Test
    void goldenBytes() throws IOException {
        final byte[] chain = new byte[Hash.LENGTH];
        chain[0] = 0x0C;
        chain[31] = 0x1C;
        final Checkpoint end = new Checkpoint(3, 0x0405, 6, 7, Hash.of(chain, 0), 8, Hash.ZERO, List.of());
        final LockContent content = new LockContent(LockDescriptor.CLEAN, true, 0x0102, 0x0A0B, "0f".repeat(16), end,
                0x2000, 0x0D0E);
        final String expected = "45434c4b" + "0100" + "02" + "01" + "0201000000000000" + "0b0a000000000000"
                + "0f".repeat(16) + "03000000" + "0e0d0000" + "0504000000000000" + "0020000000000000"
                + "0600000000000000" + "0700000000000000" + "0800000000000000" + "0c" + "00".repeat(30) + "1c";
        final byte[] encoded = content.encode();
        assertEquals(expected, HexFormat.of().formatHex(encoded, 0, LockDescriptor.CRC));
        assertEquals(124, encoded.length);
        assertEquals(content, LockContent.decode(Path.of("lock"), encoded, encoded.length));
    }
}
