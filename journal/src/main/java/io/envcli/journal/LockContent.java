package io.envcli.journal;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32C;

import static io.envcli.journal.LockDescriptor.*;

/**
 * What a store's lock file says.
 *
 * @param state      of {@link LockDescriptor}; {@link #UNREADABLE} when the file says nothing that can be trusted.
 * @param synced     whether everything was synced when the writer left.
 * @param pid        of the writer.
 * @param timeMs     when it was written, in milliseconds since 1970.
 * @param bootId     of the machine then, 32 hexadecimal digits; zeros if it was not known.
 * @param end        of the journal, if the state is {@link LockDescriptor#CLEAN}.
 * @param fileLength of the last segment's file, if the state is {@link LockDescriptor#CLEAN}.
 * @param queuePages checksum of its own pages of the queue, in that state.
 */
record LockContent(int state, boolean synced, long pid, long timeMs, String bootId, Checkpoint end, long fileLength,
        int queuePages) {
    /** State: no content, or none that can be trusted. */
    static final int UNREADABLE = 0;

    private static final Path BOOT_ID_FILE = Path.of("/proc/sys/kernel/random/boot_id");
    private static final String NO_BOOT_ID = "0".repeat(2 * BOOT_ID_LENGTH);

    static LockContent open(final long timeMs) {
        return new LockContent(OPEN, false, ProcessHandle.current().pid(), timeMs, currentBootId(), Checkpoint.START,
                0, 0);
    }

    static LockContent clean(final long timeMs, final boolean synced, final Checkpoint end, final long fileLength,
            final int queuePages) {
        return new LockContent(CLEAN, synced, ProcessHandle.current().pid(), timeMs, currentBootId(), end, fileLength,
                queuePages);
    }

    /** Whether power may have failed since it was written. */
    boolean isOtherBoot() {
        return bootId.equals(NO_BOOT_ID) || !bootId.equals(currentBootId());
    }

    /** Whether the last writer closed properly, after a sync of all that there was. */
    boolean isCleanAndSynced() {
        return state == CLEAN && synced;
    }

    /** Whether the journal ends where this says, with everything before it on disk. */
    boolean isTrustedEnd() {
        return state == CLEAN && (synced || !isOtherBoot());
    }

    byte[] encode() {
        final byte[] to = new byte[LENGTH];
        LittleEndian.putInt(to, MAGIC, MAGIC_VALUE);
        LittleEndian.putShort(to, VERSION, VERSION_VALUE);
        to[STATE] = (byte) state;
        to[SYNCED] = (byte) (synced ? 1 : 0);
        LittleEndian.putLong(to, PID, pid);
        LittleEndian.putLong(to, TIME, timeMs);
        System.arraycopy(HexFormat.of().parseHex(bootId), 0, to, BOOT_ID, BOOT_ID_LENGTH);
        if (state == CLEAN) {
            LittleEndian.putInt(to, SEGMENT, end.segment());
            LittleEndian.putInt(to, QUEUE_PAGES, queuePages);
            LittleEndian.putLong(to, END_POSITION, end.position());
            LittleEndian.putLong(to, FILE_LENGTH, fileLength);
            LittleEndian.putLong(to, NEXT_CHANGE, end.nextChange());
            LittleEndian.putLong(to, LAST_VERSION, end.lastVersion());
            LittleEndian.putLong(to, NEXT_TRANSACTION, end.nextTransaction());
            end.chainHash().copyTo(to, CHAIN_HASH);
        }
        LittleEndian.putInt(to, CRC, crc(to));
        return to;
    }

    static LockContent decode(final Path file, final byte[] from, final int length)
            throws UnsupportedFormatException {
        if (length < LENGTH || LittleEndian.getInt(from, MAGIC) != MAGIC_VALUE) {
            return unreadable();
        }
        final int version = LittleEndian.getUnsignedShort(from, VERSION);
        if (LittleEndian.getInt(from, CRC) != crc(from)) {
            return unreadable();
        }
        if (version > VERSION_VALUE) {
            throw new UnsupportedFormatException(file, VERSION, version);
        }
        if (version != VERSION_VALUE) {
            return unreadable();
        }
        final Checkpoint end = new Checkpoint(LittleEndian.getInt(from, SEGMENT),
                LittleEndian.getLong(from, END_POSITION), LittleEndian.getLong(from, NEXT_CHANGE),
                LittleEndian.getLong(from, LAST_VERSION), Hash.of(from, CHAIN_HASH),
                LittleEndian.getLong(from, NEXT_TRANSACTION), Hash.ZERO, List.of());
        return new LockContent(from[STATE], from[SYNCED] == 1, LittleEndian.getLong(from, PID),
                LittleEndian.getLong(from, TIME),
                HexFormat.of().formatHex(Arrays.copyOfRange(from, BOOT_ID, BOOT_ID + BOOT_ID_LENGTH)), end,
                LittleEndian.getLong(from, FILE_LENGTH), LittleEndian.getInt(from, QUEUE_PAGES));
    }

    static LockContent unreadable() {
        return new LockContent(UNREADABLE, false, 0, 0, NO_BOOT_ID, Checkpoint.START, 0, 0);
    }

    private static int crc(final byte[] content) {
        final CRC32C crc = new CRC32C();
        crc.update(content, 0, CRC);
        return (int) crc.getValue();
    }

    private static String currentBootId() {
        final @Nullable String id = readBootId();
        return id == null || id.length() != 2 * BOOT_ID_LENGTH ? NO_BOOT_ID : id;
    }

    private static @Nullable String readBootId() {
        try {
            return new String(Files.readAllBytes(BOOT_ID_FILE), StandardCharsets.US_ASCII).strip().replace("-", "");
        } catch (final IOException e) {
            // Not on Linux: then no boot is known to be the same as another, and the journal is checked more often.
            return null;
        }
    }
}
