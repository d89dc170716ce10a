package io.envcli.cli;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Refuses what is read to its end and may have none. */
final class Devices {
    private static final int FILE_TYPE = 0xF000;
    private static final int CHARACTER_DEVICE = 0x2000;
    private static final int BLOCK_DEVICE = 0x6000;
    private static final Path EMPTY = Path.of("/dev/null");

    private Devices() {}

    /**
     * Refuses a device, but for the empty one.
     *
     * @param file that is to be read; need not be there.
     * @throws IOException if it is one.
     */
    static void refuse(final Path file) throws IOException {
        if (Files.exists(file) && Files.getAttribute(file, "unix:mode") instanceof final Integer mode) {
            final int type = mode & FILE_TYPE;
            if ((type == CHARACTER_DEVICE || type == BLOCK_DEVICE) && !file.toRealPath().equals(EMPTY)) {
                throw new FileSystemException(file.toString(), null,
                        "a device, which may have no end; name a file or a pipe, or - for stdin");
            }
        }
    }
}
