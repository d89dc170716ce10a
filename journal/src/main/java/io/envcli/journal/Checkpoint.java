package io.envcli.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

import static io.envcli.journal.CheckpointDescriptor.*;

/**
 * A place between two frames of the journal, and what must be known there to go on reading and checking.
 *
 * @param segment          from 1; 0 before the first.
 * @param position         byte position in the segment's file behind the last frame read.
 * @param nextChange       number of the next change.
 * @param lastVersion      of the last commit; 0 if there was none.
 * @param chainHash        of the last commit.
 * @param nextTransaction  higher than every transaction number seen.
 * @param salt             of the opening that wrote the last frame: a change of it ends all open transactions.
 * @param openTransactions that may still commit, by number.
 */
public record Checkpoint(int segment, long position, long nextChange, long lastVersion, Hash chainHash,
        long nextTransaction, Hash salt, List<OpenTransaction> openTransactions) {
    /** Before the first frame of a store. */
    public static final Checkpoint START = new Checkpoint(0, 0, 0, 0, Hash.ZERO, 1, Hash.ZERO, List.of());

    /** Copies the list. */
    public Checkpoint {
        openTransactions = List.copyOf(openTransactions);
    }

    /** {@return this as bytes, to keep beside what was derived from the journal; {@link #decode} reads them} */
    public byte[] encode() {
        final int crcOffset = OPEN + openTransactions.size() * OPEN_LENGTH;
        final byte[] to = new byte[crcOffset + CRC_LENGTH];
        LittleEndian.putInt(to, VERSION, VERSION_VALUE);
        LittleEndian.putInt(to, SEGMENT, segment);
        LittleEndian.putLong(to, POSITION, position);
        LittleEndian.putLong(to, NEXT_CHANGE, nextChange);
        LittleEndian.putLong(to, LAST_VERSION, lastVersion);
        LittleEndian.putLong(to, NEXT_TRANSACTION, nextTransaction);
        chainHash.copyTo(to, CHAIN_HASH);
        salt.copyTo(to, SALT);
        LittleEndian.putInt(to, OPEN_COUNT, openTransactions.size());
        int at = OPEN;
        for (final OpenTransaction open : openTransactions) {
            LittleEndian.putLong(to, at + OPEN_NUMBER, open.number());
            LittleEndian.putLong(to, at + OPEN_FRAMES, open.frames());
            LittleEndian.putLong(to, at + OPEN_CHANGES, open.changes());
            open.hash().copyTo(to, at + OPEN_HASH);
            at += OPEN_LENGTH;
        }
        LittleEndian.putInt(to, crcOffset, crc(to, crcOffset));
        return to;
    }

    /**
     * Reads what {@link #encode} wrote.
     *
     * @param from bytes; more may follow.
     * @return the checkpoint; empty if the bytes are damaged or of another version: then replay from {@link #START}.
     */
    public static Optional<Checkpoint> decode(final byte[] from) {
        if (from.length < OPEN + CRC_LENGTH || LittleEndian.getInt(from, VERSION) != VERSION_VALUE) {
            return Optional.empty();
        }
        final int count = LittleEndian.getInt(from, OPEN_COUNT);
        if (count < 0 || count > (from.length - OPEN - CRC_LENGTH) / OPEN_LENGTH) {
            return Optional.empty();
        }
        final int crcOffset = OPEN + count * OPEN_LENGTH;
        if (LittleEndian.getInt(from, crcOffset) != crc(from, crcOffset)) {
            return Optional.empty();
        }
        final List<OpenTransaction> open = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            final int at = OPEN + i * OPEN_LENGTH;
            open.add(new OpenTransaction(LittleEndian.getLong(from, at + OPEN_NUMBER),
                    LittleEndian.getLong(from, at + OPEN_FRAMES), LittleEndian.getLong(from, at + OPEN_CHANGES),
                    Hash.of(from, at + OPEN_HASH)));
        }
        return Optional.of(new Checkpoint(LittleEndian.getInt(from, SEGMENT), LittleEndian.getLong(from, POSITION),
                LittleEndian.getLong(from, NEXT_CHANGE), LittleEndian.getLong(from, LAST_VERSION),
                Hash.of(from, CHAIN_HASH), LittleEndian.getLong(from, NEXT_TRANSACTION), Hash.of(from, SALT), open));
    }

    private static int crc(final byte[] bytes, final int length) {
        final CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }
}
