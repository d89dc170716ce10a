package io.envcli.offheap;

import java.io.IOException;
import java.nio.file.Path;

/** The file system, or the user's quota on it, has no room for bytes that are about to be written. */
public final class DiskFullException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Kept as text: a {@link Path} is not serializable. */
    private final String file;
    private final long bytes;

    /**
     * Room was refused.
     *
     * @param file  that needs the room.
     * @param bytes wanted.
     * @param cause what the platform said.
     */
    public DiskFullException(final Path file, final long bytes, final String cause) {
        super("disk full: " + file + " needs " + bytes + " more bytes (" + cause
                + "); free space or move the store");
        this.file = file.toString();
        this.bytes = bytes;
    }

    /** {@return the file that needs room, as text} */
    public String file() {
        return file;
    }

    /** {@return bytes wanted} */
    public long bytes() {
        return bytes;
    }
}
