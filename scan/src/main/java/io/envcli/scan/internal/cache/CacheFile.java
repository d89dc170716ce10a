package io.envcli.scan.internal.cache;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * A file of a cache: what it is, the version of who wrote it, a CRC-32C of the rest, and the rest. It is replaced as a whole,
 * so that of two scans at once the later one's stays.
 */
final class CacheFile {
    /** No larger file is read or written, in bytes. */
    static final long LARGEST = 256 * 1024 * 1024;

    private static final long MAGIC = 0x656E_7663_7363_6E31L; // envcscn1
    private static final int HEADER = 20;
    private static final int KEPT_DAYS = 30;
    private static final String ENDING = ".scan";

    private final Path folder;
    private final Path path;
    private final long version;

    CacheFile(final Path folder, final String name, final long version) {
        this.folder = folder;
        this.path = folder.resolve(name + ENDING);
        this.version = version;
    }

    /** The content; empty if there is none that this version wrote, whole. */
    ByteBuffer read() throws IOException {
        if (!Files.isRegularFile(path)) {
            return ByteBuffer.allocate(0);
        }
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
            final long length = file.length();
            if (length < HEADER || length > LARGEST + HEADER) {
                return ByteBuffer.allocate(0);
            }
            final byte[] bytes = new byte[(int) length];
            file.readFully(bytes);
            final ByteBuffer buffer = ByteBuffer.wrap(bytes);
            final boolean isOurs = buffer.getLong() == MAGIC && buffer.getLong() == version;
            return isOurs && buffer.getInt() == checksum(List.of(buffer.duplicate()))
                    ? buffer
                    : ByteBuffer.allocate(0);
        }
    }

    /** Replaces the content, readable for the user alone. */
    void write(final List<ByteBuffer> content) throws IOException {
        createFolder();
        final Path fresh = Files.createTempFile(folder, "new", ENDING); // rw-------
        try {
            try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
                writeAll(channel, ByteBuffer.allocate(HEADER).putLong(MAGIC).putLong(version).putInt(checksum(content))
                        .flip());
                for (final ByteBuffer part : content) {
                    writeAll(channel, part);
                }
            }
            Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(fresh);
        }
        deleteOld();
    }

    private void createFolder() throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createDirectories(folder,
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } else {
            Files.createDirectories(folder);
        }
    }

    /** Trees come and go; what was not written for long is of one that has gone, or has not changed since. */
    private void deleteOld() throws IOException {
        final Instant oldest = Instant.now().minus(KEPT_DAYS, ChronoUnit.DAYS);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + ENDING)) {
            for (final Path file : files) {
                if (Files.getLastModifiedTime(file).toInstant().isBefore(oldest)) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    private static void writeAll(final FileChannel channel, final ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private static int checksum(final List<ByteBuffer> content) {
        final CRC32C crc = new CRC32C();
        content.forEach(part -> crc.update(part.duplicate()));
        return (int) crc.getValue();
    }
}
