package io.envcli.journal;

import org.jspecify.annotations.Nullable;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is known between two frames: numbers, the chain, open transactions; and whether the next frame fits.
 *
 * <p>The writer moves it on with what it appends, everybody else with what they read. Threading: one thread.
 */
final class JournalState {
    private final MessageDigest digest = JdkAlgorithms.sha256();
    private final byte[] scratch = new byte[Hash.LENGTH];
    private final Map<Long, OpenTransaction> open = new TreeMap<>();
    private long nextChange;
    private long lastVersion;
    private Hash chainHash;
    private long nextTransaction;
    private Hash salt;
    /** Transactions below this number may have frames that were not seen. */
    private long trustedFrom;
    /** The next frame is taken as it is: what was before it is not known. */
    private boolean adopting;

    /** At a segment's start, frames of transactions that were open then may lie before it, unseen. */
    JournalState(final Checkpoint from) {
        nextChange = from.nextChange();
        lastVersion = from.lastVersion();
        chainHash = from.chainHash();
        nextTransaction = from.nextTransaction();
        salt = from.salt();
        trustedFrom = from.position() == 0 ? from.nextTransaction() : 0;
        for (final OpenTransaction transaction : from.openTransactions()) {
            open.put(transaction.number(), transaction);
        }
    }

    Checkpoint checkpoint(final int segment, final long position) {
        return new Checkpoint(segment, position, nextChange, lastVersion, chainHash, nextTransaction, salt,
                List.copyOf(open.values()));
    }

    long nextChange() {
        return nextChange;
    }

    long lastVersion() {
        return lastVersion;
    }

    Hash chainHash() {
        return chainHash;
    }

    long nextTransaction() {
        return nextTransaction;
    }

    long takeTransaction() {
        return nextTransaction++;
    }

    @Nullable
    OpenTransaction open(final long transaction) {
        return open.get(transaction);
    }

    void abandon(final long transaction) {
        open.remove(transaction);
    }

    /** Something was lost: the next frame is believed, and transactions that may have been touched are not checked. */
    void lost() {
        adopting = true;
        trustedFrom = Long.MAX_VALUE;
        open.clear();
    }

    /** If the frame was written by another opening than the one before it: the transactions that can commit no more. */
    List<Long> endedBy(final FrameHeader header) {
        if (salt.equalTo(header.buffer(), header.offset() + FrameDescriptor.SALT)) {
            return List.of();
        }
        salt = Hash.of(header.buffer(), header.offset() + FrameDescriptor.SALT);
        final List<Long> ended = new ArrayList<>(open.keySet());
        open.clear();
        return ended;
    }

    /** Takes in a whole frame; answers what is wrong with its place in the journal, or null. */
    @Nullable
    String accept(final FrameHeader header) {
        final boolean believed = adopting;
        adopting = false;
        if (believed) {
            nextChange = header.firstChange();
        } else if (header.firstChange() != nextChange) {
            return "the frame starts with change " + header.firstChange() + " where change " + nextChange
                    + " is expected";
        }
        return switch (header.kind()) {
            case FrameDescriptor.SEGMENT -> acceptSegment(header, believed);
            case FrameDescriptor.CHANGES -> acceptChanges(header);
            default -> acceptCommit(header, believed);
        };
    }

    private @Nullable String acceptSegment(final FrameHeader header, final boolean believed) {
        final byte[] buffer = header.buffer();
        final int clear = header.clearOffset();
        final long version = LittleEndian.getLong(buffer, clear + SegmentDescriptor.LAST_VERSION);
        final long transaction = LittleEndian.getLong(buffer, clear + SegmentDescriptor.NEXT_TRANSACTION);
        if (believed) {
            lastVersion = version;
            chainHash = Hash.of(buffer, clear + SegmentDescriptor.CHAIN_HASH);
            nextTransaction = transaction;
            trustedFrom = transaction;
            return null;
        }
        if (version != lastVersion) {
            return "the segment continues version " + version + " where version " + lastVersion + " came before";
        }
        if (!chainHash.equalTo(buffer, clear + SegmentDescriptor.CHAIN_HASH)) {
            return "the segment continues another chain of commits";
        }
        nextTransaction = Math.max(nextTransaction, transaction);
        if (trustedFrom == Long.MAX_VALUE) {
            trustedFrom = nextTransaction;
        }
        return null;
    }

    private @Nullable String acceptChanges(final FrameHeader header) {
        final long number = header.transaction();
        final @Nullable OpenTransaction known = open.get(number);
        final OpenTransaction before = known == null ? new OpenTransaction(number, 0, 0, Hash.ZERO) : known;
        FrameSealer.transactionHash(digest, before.hash(), header.buffer(), header.offset(), scratch);
        open.put(number, before.with(header.changeCount(), Hash.of(scratch, 0)));
        nextChange += header.changeCount();
        nextTransaction = Math.max(nextTransaction, number + 1);
        return null;
    }

    private @Nullable String acceptCommit(final FrameHeader header, final boolean believed) {
        final byte[] buffer = header.buffer();
        final int clear = header.clearOffset();
        final long version = LittleEndian.getLong(buffer, clear + CommitDescriptor.VERSION);
        final long number = header.transaction();
        final @Nullable OpenTransaction known = open.remove(number);
        nextTransaction = Math.max(nextTransaction, number + 1);
        if (!believed && version != lastVersion + 1) {
            return "the commit makes version " + version + " where version " + (lastVersion + 1) + " is expected";
        }
        if (number >= trustedFrom) {
            final OpenTransaction counted = known == null ? new OpenTransaction(number, 0, 0, Hash.ZERO) : known;
            if (counted.frames() != LittleEndian.getLong(buffer, clear + CommitDescriptor.FRAME_COUNT)
                    || counted.changes() != LittleEndian.getLong(buffer, clear + CommitDescriptor.CHANGE_COUNT)) {
                return "the commit of transaction " + number + " counts other frames or changes than there are";
            }
            if (!counted.hash().equalTo(buffer, clear + CommitDescriptor.TRANSACTION_HASH)) {
                return "the commit of transaction " + number + " has another hash than its frames";
            }
        }
        if (!believed) {
            FrameSealer.chainHash(digest, chainHash, buffer, header.offset(), scratch);
            if (!Hash.of(scratch, 0).equalTo(buffer, clear + CommitDescriptor.CHAIN_HASH)) {
                return "the commit does not continue the chain of commits";
            }
        }
        lastVersion = version;
        chainHash = Hash.of(buffer, clear + CommitDescriptor.CHAIN_HASH);
        return null;
    }

    /** The chain hash that a commit frame under construction must carry. */
    void putChainHash(final byte[] frame) {
        FrameSealer.chainHash(digest, chainHash, frame, 0, scratch);
        System.arraycopy(scratch, 0, frame, FrameDescriptor.HEADER_LENGTH + CommitDescriptor.CHAIN_HASH, Hash.LENGTH);
    }
}
