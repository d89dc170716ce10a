package io.envcli.journal;

import io.envcli.offheap.testing.Edits;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.zip.CRC32C;

/** The key's file, the lock file's content and a checkpoint, of any bytes: understood, or refused in words. */
public final class SmallFilesFuzz {
    private static final Path FILE = file();
    private static final byte[] LOCK = LockContent.clean(1, true, Checkpoint.START, 4096, 7).encode();
    private static final byte[] CHECKPOINT = new Checkpoint(1, 4096, 3, 2, Hash.ZERO, 5, Hash.ZERO, List.of()).encode();

    private SmallFilesFuzz() {}

    private static Path file() {
        try {
            final Path file = Files.createTempFile("key-fuzz", "",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            file.toFile().deleteOnExit();
            return file;
        } catch (final IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Tries one.
     *
     * @param input a key's file; and {@link Edits} of the others, whose checksums are made right.
     * @throws IOException if files cannot be written.
     */
    public static void fuzzerTestOneInput(final byte[] input) throws IOException {
        Files.write(FILE, input);
        try (UserKey key = UserKey.load(FILE)) {
            check(key.bytes().length == UserKey.LENGTH, "a key of another length");
        } catch (final JournalException refused) {
            check(!String.valueOf(refused.getMessage()).contains("0123456789"), "an error that shows a key");
        }
        LockContent.decode(FILE, input, input.length);
        Checkpoint.decode(input);
        final byte[] lock = Edits.apply(LOCK, input);
        if (lock.length == LOCK.length) {
            LittleEndian.putInt(lock, LockDescriptor.CRC, crc(lock, LockDescriptor.CRC));
        }
        try {
            LockContent.decode(FILE, lock, lock.length);
        } catch (final UnsupportedFormatException _) {
            // Of a newer version.
        }
        Checkpoint.decode(Edits.apply(CHECKPOINT, input));
    }

    private static int crc(final byte[] bytes, final int length) {
        final CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }

    private static void check(final boolean holds, final String what) {
        if (!holds) {
            throw new AssertionError(what);
        }
    }
}
