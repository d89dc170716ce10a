package io.envcli.journal;

import io.envcli.journal.JournalReport.Finding;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads what is whole of a damaged journal, in order: blocks that pass their seals, of transactions whose commits do.
 *
 * <p>A transaction is whole if the frames that are there are as many as its commit says, hash to what it says, and every
 * block passes its seal; where other transactions are damaged does not matter to it. A transaction of which blocks are
 * lost is handed out with the blocks that are left. One whose commit is lost is not: nothing proves that it was ever
 * committed. Opens no Chronicle Queue, takes no lock, changes nothing.
 *
 * <p>Threading: one thread.
 */
public final class JournalSalvage implements AutoCloseable {
    private final Path store;
    private final StoreKeys keys;
    private final BlockCipher cipher = new BlockCipher();
    private final SalvagedBlocks blocks = new SalvagedBlocks(cipher);
    private final MessageDigest digest = JdkAlgorithms.sha256();
    private final byte[] scratch = new byte[Hash.LENGTH];

    private final Map<Long, Progress> open = new HashMap<>();
    private final Map<Long, Long> transactions = new HashMap<>();
    private final List<SalvageReport.Loss> losses = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();
    private FrameOrder order = new FrameOrder();
    private Hash salt = Hash.ZERO;
    private Hash chainHash = Hash.ZERO;
    /** Version whose commit the chain hash is of. */
    private long chained;
    private long lastVersion;
    private boolean damagedSinceCommit;

    /** What is there of a transaction: what counts, and how many changes were handed out. */
    private record Progress(OpenTransaction counted, long changes) {}

    private JournalSalvage(final Path store, final StoreKeys keys) {
        this.store = store;
        this.keys = keys;
        cipher.keys(keys);
    }

    /**
     * Opens a store's journal, however damaged.
     *
     * @param store the store's folder.
     * @param key   borrowed; may be closed afterwards.
     * @return the salvage; the caller closes it.
     * @throws NotAJournalException if there is no frame at all.
     * @throws WrongKeyException    if no block can be opened with the key.
     * @throws IOException          if it cannot be read.
     */
    public static JournalSalvage open(final Path store, final UserKey key) throws IOException {
        return new JournalSalvage(store, StoreKeys.derive(key, SalvagedStoreId.of(store, key)));
    }

    /** {@return the store's keys; owned by this} */
    public StoreKeys keys() {
        return keys;
    }

    /**
     * Hands out what is whole.
     *
     * @param handler takes it; a commit it is told of is right, though changes of it may be lost.
     * @return what was lost.
     * @throws IOException if the journal cannot be read, or from the handler.
     */
    public SalvageReport read(final ReplayHandler handler) throws IOException {
        begin();
        try (FrameScan scan = new FrameScan(store, keys.storeId(), this::found)) {
            while (scan.next()) {
                final @Nullable String problem = order.accept(scan);
                if (problem != null) {
                    found(scan.file(), order.problemAt(), problem);
                }
                if (order.isTaken()) {
                    take(scan, handler);
                }
            }
            return end(scan.lock());
        }
    }

    private void begin() {
        order = new FrameOrder();
        salt = Hash.ZERO;
        chainHash = Hash.ZERO;
        chained = 0;
        lastVersion = 0;
        damagedSinceCommit = false;
        open.clear();
        transactions.clear();
        losses.clear();
        findings.clear();
    }

    private SalvageReport end(final LockContent lock) {
        final boolean known = lock.isTrustedEnd();
        if (known) {
            lostUpTo(lock.end().lastVersion());
        }
        return new SalvageReport(lastVersion, damagedSinceCommit && !known, Map.copyOf(transactions), losses, findings);
    }

    private void take(final FrameScan scan, final ReplayHandler handler) throws IOException {
        final FrameHeader header = scan.header();
        if (!salt.equalTo(header.buffer(), header.offset() + FrameDescriptor.SALT)) {
            salt = Hash.of(header.buffer(), header.offset() + FrameDescriptor.SALT);
            for (final Long ended : open.keySet()) {
                handler.onNeverCommitted(ended);
            }
            open.clear();
        }
        switch (header.kind()) {
            case FrameDescriptor.CHANGES -> changes(scan, handler);
            case FrameDescriptor.COMMIT -> commit(scan, handler);
            case FrameDescriptor.WHOLE -> whole(scan, handler);
            default -> segment(scan);
        }
    }

    private void segment(final FrameScan scan) throws IOException {
        final FrameHeader header = scan.header();
        if (!scan.isWhole() || !opens(header)) {
            found(scan.file(), scan.position(), "the frame that begins the segment is damaged");
            return;
        }
        lostUpTo(LittleEndian.getLong(header.buffer(), header.clearOffset() + SegmentDescriptor.LAST_VERSION));
        damagedSinceCommit = false; // Which versions there were before is known now.
    }

    private void changes(final FrameScan scan, final ReplayHandler handler) throws IOException {
        final FrameHeader header = scan.header();
        final long number = header.transaction();
        final Progress known = open.get(number);
        final OpenTransaction before = known == null ? OpenTransaction.empty(number) : known.counted;
        OpenTransaction counted = before;
        if (scan.isWhole()) {
            FrameSealer.transactionHash(digest, before.hash(), header.buffer(), header.offset(), scratch);
            counted = before.with(header.changeCount(), Hash.of(scratch, 0));
        }
        final int rows = blocks(scan, handler);
        if (rows < header.changeCount()) {
            counted = before; // The commit counts more than there is.
        }
        open.put(number, new Progress(counted, (known == null ? 0 : known.changes) + rows));
    }

    /** Hands out a frame's changes; answers how many there are. */
    private int blocks(final FrameScan scan, final ReplayHandler handler) throws IOException {
        final int changes = scan.header().changeCount();
        final int rows = blocks.read(scan, handler);
        if (rows < changes) {
            found(scan.file(), scan.position(),
                    "the frame is damaged: " + (changes - rows) + " of its " + changes + " changes are lost");
        }
        return rows;
    }

    /** Any block proves the commit's numbers by its seal; the last one has its words, without which it is worth as much. */
    private void whole(final FrameScan scan, final ReplayHandler handler) throws IOException {
        final FrameHeader header = scan.header();
        final int rows = blocks(scan, handler);
        final OpenTransaction counted = scan.isWhole() && rows == header.changeCount()
                ? OpenTransaction.whole(header.transaction(), rows)
                : OpenTransaction.empty(header.transaction());
        open.put(header.transaction(), new Progress(counted, rows));
        final Commit wordless = rows == 0 ? null
                : Commit.wordless(header, Location.of(scan.segment(), scan.position(), 0));
        commit(scan, blocks.lastBlockOffset() < 0 ? wordless : read(scan, blocks.lastBlockOffset()), handler);
    }

    private void commit(final FrameScan scan, final ReplayHandler handler) throws IOException {
        final FrameHeader header = scan.header();
        commit(scan, scan.isWhole() && opens(header) ? read(scan, header.lastBlockOffset()) : null, handler);
    }

    private static @Nullable Commit read(final FrameScan scan, final int lastBlock) {
        return Commit.read(scan.header(), lastBlock, Location.of(scan.segment(), scan.position(), 0));
    }

    private void commit(final FrameScan scan, final @Nullable Commit commit, final ReplayHandler handler)
            throws IOException {
        if (commit == null) {
            found(scan.file(), scan.position(), "the commit is damaged");
            return;
        }
        if (!follows(scan.header(), commit)) {
            found(scan.file(), scan.position(), "the commit does not follow those before it");
            return;
        }
        lostUpTo(commit.version() - 1);
        lastVersion = commit.version();
        chained = lastVersion;
        chainHash = commit.chainHash();
        damagedSinceCommit = false;
        final Progress progress = open.remove(commit.transaction());
        final long there = progress == null ? 0 : progress.changes;
        final OpenTransaction counted = progress == null ? OpenTransaction.empty(commit.transaction())
                : progress.counted;
        final boolean whole = counted.frames() == commit.frames() && counted.changes() == commit.changes()
                && counted.hash().equals(commit.transactionHash());
        // What does not hash to what it should has lost something, even if its changes are all there.
        final long lost = whole ? 0 : Math.max(1, commit.changes() - there);
        transactions.put(commit.transaction(), lost);
        if (!whole) {
            losses.add(new SalvageReport.Loss(lastVersion, lastVersion, lost, commit.changes()));
        }
        handler.onCommit(commit);
    }

    /** Whether a commit may stand here: a higher version than before and, where that is the next, the same chain. */
    private boolean follows(final FrameHeader header, final Commit commit) {
        if (commit.version() <= lastVersion) {
            return false;
        }
        if (commit.version() != chained + 1) {
            return true;
        }
        FrameSealer.chainHash(digest, chainHash, header.buffer(), header.offset(), scratch);
        return Hash.of(scratch, 0).equals(commit.chainHash());
    }

    private boolean opens(final FrameHeader header) {
        return cipher.open(header.buffer(), header.offset(), header.buffer(), header.blocksOffset());
    }

    private void lostUpTo(final long version) {
        if (version > lastVersion) {
            losses.add(new SalvageReport.Loss(lastVersion + 1, version, SalvageReport.Loss.ALL, 0));
            lastVersion = version;
        }
    }

    private void found(final Path file, final long position, final String what) {
        damagedSinceCommit = true;
        if (findings.size() < JournalVerifier.MAX_FINDINGS) {
            findings.add(new Finding(file, position, what));
        }
    }

    /** Wipes the keys. Idempotent. */
    @Override
    public void close() {
        cipher.close();
        keys.close();
    }
}
