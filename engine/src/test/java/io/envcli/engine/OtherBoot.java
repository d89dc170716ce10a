package io.envcli.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/** Makes a store look as if the machine had been started again since: lock and view name the boot they were written in. */
final class OtherBoot {
    /** Of LockDescriptor: boot id and checksum. */
    private static final int LOCK_BOOT = 24;
    private static final int LOCK_CRC = 120;
    /** Of HashIndexDescriptor. */
    private static final int VIEW_BOOT = 224;
    /** Half of a boot id that no kernel draws. */
    private static final long OTHER = 0x5A5A5A5A5A5A5A5AL;

    private OtherBoot() {}

    static void of(final Path store) throws IOException {
        final Path lock = store.resolve("lock");
        if (Files.exists(lock)) {
            patchLock(lock);
        }
        final Path view = store.resolve("view");
        if (Files.isDirectory(view)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(view, Files::isRegularFile)) {
                for (final Path file : files) {
                    patchView(file);
                }
            }
        }
    }

    private static void patchLock(final Path file) throws IOException {
        final byte[] lock = Files.readAllBytes(file);
        final ByteBuffer fields = ByteBuffer.wrap(lock).order(ByteOrder.LITTLE_ENDIAN);
        if (lock.length >= LOCK_CRC + Integer.BYTES && fields.getInt(LOCK_CRC) == crc(lock)) {
            fields.putLong(LOCK_BOOT, OTHER);
            fields.putInt(LOCK_CRC, crc(lock));
            Files.write(file, lock);
        }
    }

    private static int crc(final byte[] lock) {
        final CRC32C crc = new CRC32C();
        crc.update(lock, 0, LOCK_CRC);
        return (int) crc.getValue();
    }

    private static void patchView(final Path file) throws IOException {
        final byte[] view = Files.readAllBytes(file);
        if (view.length >= VIEW_BOOT + Long.BYTES) {
            ByteBuffer.wrap(view).putLong(VIEW_BOOT, OTHER);
            Files.write(file, view);
        }
    }
}
