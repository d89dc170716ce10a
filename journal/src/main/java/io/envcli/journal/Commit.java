package io.envcli.journal;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;

import static io.envcli.journal.BlockDescriptor.COMMIT;
import static io.envcli.journal.BlockDescriptor.PREFIX_LENGTH;
import static io.envcli.journal.BlockDescriptor.TAG_LENGTH;

/**
 * A commit as it is read back.
 *
 * @param transaction     that it ends.
 * @param version         that it makes.
 * @param frames          of the transaction that hold changes.
 * @param changes         in them.
 * @param transactionHash over them.
 * @param chainHash       over this and all commits before.
 * @param location        of the commit's frame.
 * @param info            what the writer said.
 */
public record Commit(long transaction, long version, long frames, long changes, Hash transactionHash, Hash chainHash,
        long location, CommitInfo info) {
    private static final int WORDS = 3;

    /** Reads a COMMIT or WHOLE frame whose last block has been opened in place; null if its words cannot be understood. */
    static @Nullable Commit read(final FrameHeader header, final int lastBlock, final long location) {
        final String @Nullable [] words = words(header, lastBlock);
        return words == null ? null : of(header, location, words);
    }

    /** Reads a WHOLE frame of which some block has been opened, but not the last: its words are lost. */
    static Commit wordless(final FrameHeader header, final long location) {
        return of(header, location, "", "", "");
    }

    private static Commit of(final FrameHeader header, final long location, final String... words) {
        final byte[] buffer = header.buffer();
        final int clear = header.clearOffset();
        return new Commit(header.transaction(), LittleEndian.getLong(buffer, clear + CommitDescriptor.VERSION),
                LittleEndian.getLong(buffer, clear + CommitDescriptor.FRAME_COUNT),
                LittleEndian.getLong(buffer, clear + CommitDescriptor.CHANGE_COUNT),
                Hash.of(buffer, clear + CommitDescriptor.TRANSACTION_HASH),
                Hash.of(buffer, clear + CommitDescriptor.CHAIN_HASH), location,
                new CommitInfo(LittleEndian.getLong(buffer, clear + CommitDescriptor.TIME),
                        LittleEndian.getLong(buffer, clear + CommitDescriptor.VARIABLE_COUNT), words[0], words[1],
                        words[2]));
    }

    /** Source, user and host. */
    private static String @Nullable [] words(final FrameHeader header, final int block) {
        final byte[] buffer = header.buffer();
        final int start = block + PREFIX_LENGTH;
        final int end = start + LittleEndian.getInt(buffer, block) - TAG_LENGTH;
        if (header.kind() == FrameDescriptor.COMMIT) {
            return words(buffer, start, end);
        }
        final int stop = end - Integer.BYTES;
        final int length = stop > start ? LittleEndian.getInt(buffer, stop) : -1;
        return length < 0 || length > stop - start - 1 || buffer[stop - length - 1] != (byte) COMMIT ? null
                : words(buffer, stop - length, stop);
    }

    private static String @Nullable [] words(final byte[] buffer, final int start, final int end) {
        final String[] words = new String[WORDS];
        int at = start;
        for (int i = 0; i < words.length; i++) {
            final int length = at + 2 <= end ? LittleEndian.getUnsignedShort(buffer, at) : Integer.MAX_VALUE;
            if (length > end - at - 2) {
                return null;
            }
            words[i] = new String(buffer, at + 2, length, StandardCharsets.UTF_8);
            at += 2 + length;
        }
        return words;
    }
}
