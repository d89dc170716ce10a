package io.envcli.journal;

import org.jspecify.annotations.Nullable;

import java.io.IOException;

/**
 * Appends frames to a store's journal: the one writer, holding the store's lock.
 *
 * <pre>
 * writer.beginFrame(transaction);
 * writer.section(environment, source, dialect);
 * relative = writer.add(…);                 // as often as wanted, sections too
 * location = writer.append() + relative;
 * version = writer.commit(transaction, info);
 * writer.sync();                           // now it survives the failure of power
 * </pre>
 *
 * A transaction that fits one frame is begun with {@link #beginWhole} and appended by its commit; its changes' locations are
 * relative to {@link #lastFrameLocation()} then.
 *
 * <p>Transactions may alternate from frame to frame. After any failure to append or sync, the writer takes no more: close it,
 * open another, and replay.
 *
 * <p>Threading: one thread at a time; a hand-over to another must publish. Ownership: addresses and arrays given are
 * borrowed for the call. Memory: {@link #add} allocates nothing; a sealed block costs 1.2 KiB of garbage inside the JDK's
 * cipher.
 */
public final class JournalWriter implements AutoCloseable {
    /** Answer of {@link #add}: the frame takes no more; append it and begin another. */
    public static final long FRAME_FULL = FrameBuilder.FULL;

    private final JournalConfig config;
    private final SegmentChain segments;
    private final StoreKeys keys;
    private final FrameSealer sealer;
    private final JournalState state;
    private final FrameBuilder frame;
    private final FrameHeader header = new FrameHeader();
    private final CommitWords words = new CommitWords();
    private final WriterFailure failure;
    private long transaction;
    private boolean building;
    /** Whether the frame being built will carry its transaction's commit. */
    private boolean whole;
    private long lastFrameLocation;
    private int lastFrameLength;
    private boolean closed;

    private JournalWriter(final JournalConfig config, final SegmentChain segments, final StoreKeys keys,
            final FrameSealer sealer, final JournalState state) {
        this.config = config;
        this.segments = segments;
        this.keys = keys;
        this.sealer = sealer;
        this.state = state;
        this.failure = new WriterFailure(segments);
        this.frame = new FrameBuilder(config.blockBytes(), config.frameBytes() + (128 << 10));
    }

    /**
     * Opens a store's journal for writing, or makes it. After an unclean end the last segment is read and checked, and a
     * new one is started.
     *
     * @param lock   of the store; borrowed, and closed after the writer.
     * @param key    borrowed; may be closed afterwards.
     * @param config how to write.
     * @return the writer; the caller closes it.
     * @throws WrongKeyException       if the journal was sealed with another key.
     * @throws JournalDamagedException if its last segment is damaged.
     * @throws JournalFullException    if there is no space.
     * @throws IOException             if it cannot be read or written.
     */
    public static JournalWriter open(final StoreLock lock, final UserKey key, final JournalConfig config)
            throws IOException {
        return JournalOpening.open(lock, key, config, JournalWriter::new);
    }

    /**
     * Makes the journal of a store that has its id already, in an empty folder.
     *
     * @param lock    of the folder; borrowed, and closed after the writer.
     * @param key     borrowed; may be closed afterwards.
     * @param config  how to write.
     * @param storeId 16 bytes; borrowed.
     * @return the writer; the caller closes it.
     * @throws JournalFullException if there is no space.
     * @throws IOException          if it cannot be written.
     */
    static JournalWriter create(final StoreLock lock, final UserKey key, final JournalConfig config,
            final byte[] storeId) throws IOException {
        return JournalOpening.open(lock, key, config, storeId, JournalWriter::new);
    }

    /**
     * Makes sealing fast early. The JDK's cipher runs at a hundredth of its speed until it is compiled, so this seals some
     * blocks of nothing: an import of 67 MB in a new process takes three quarters of the time. To be called once in a
     * process, on a thread that has nothing better to do, before or while the first writer is opened.
     */
    public static void warmUp() {
        SealWarmUp.run();
    }

    /** What {@link JournalOpening} makes the writer of. */
    interface Maker {
        JournalWriter make(JournalConfig config, SegmentChain segments, StoreKeys keys, FrameSealer sealer,
                JournalState state);
    }

    /** {@return the store's keys; owned by this writer} */
    public StoreKeys keys() {
        return keys;
    }

    /** {@return the version that the last commit made; 0 before the first} */
    public long lastVersion() {
        return state.lastVersion();
    }

    /** {@return a transaction number that no frame has ever had} */
    public long nextTransaction() {
        return state.takeTransaction();
    }

    /** {@return where the journal ends now} */
    public Checkpoint checkpoint() {
        return state.checkpoint(segments.number(), segments.end());
    }

    /** {@return bytes of all segments' files up to where the journal ends, as far as this writer has come} */
    public long appendedBytes() {
        return segments.appendedBytes();
    }

    /**
     * Begins a frame.
     *
     * @param transactionNumber of its changes, from {@link #nextTransaction()}.
     */
    public void beginFrame(final long transactionNumber) {
        begin(transactionNumber, 0);
    }

    /**
     * Begins the one frame of a whole transaction: {@link #commit} appends it, and the commit in it. That costs one document
     * and one seal rather than two.
     *
     * @param transactionNumber of its changes, which has no frame yet, from {@link #nextTransaction()}.
     */
    public void beginWhole(final long transactionNumber) {
        if (state.open(transactionNumber) != null) {
            throw new IllegalArgumentException("transaction=" + transactionNumber + " has frames already");
        }
        begin(transactionNumber, CommitDescriptor.LENGTH);
        whole = true;
    }

    private void begin(final long transactionNumber, final int clearLength) {
        if (building) {
            throw new IllegalStateException("the frame before is neither appended nor aborted");
        }
        if (transactionNumber < 1 || transactionNumber >= state.nextTransaction()) {
            throw new IllegalArgumentException("transaction=" + transactionNumber + " was never given out");
        }
        transaction = transactionNumber;
        building = true;
        whole = false;
        frame.begin(clearLength);
    }

    /**
     * Says what the changes to come have in common. A frame may have many sections.
     *
     * @param environment in UTF-8, at most 65,535 bytes.
     * @param source      path or name of where the changes come from, at most 65,535 bytes.
     * @param dialect     the dialect's number.
     */
    public void section(final byte[] environment, final byte[] source, final byte dialect) {
        checkBuilding();
        if (environment.length > 0xFFFF || source.length > 0xFFFF) {
            throw new IllegalArgumentException("environment of " + environment.length + " bytes or source of "
                    + source.length + " bytes is longer than 65535");
        }
        frame.section(environment, source, dialect);
    }

    /**
     * Adds a change to the frame.
     *
     * @param flags              0 to 127; {@link Change#UNSET} has a meaning here, the others are kept as they are.
     * @param line               of the assignment in its source.
     * @param nameAddress        absolute; bytes of the same 4 KiB page may be read past the end, as for the value.
     * @param nameLength         in bytes.
     * @param valueAddress       absolute; ignored if unset.
     * @param valueLength        in bytes; ignored if unset.
     * @param fingerprintAddress absolute, of 16 bytes; ignored if unset.
     * @return the change's location relative to the frame, or {@link #FRAME_FULL}: then it was not added.
     */
    public long add(final int flags, final int line, final long nameAddress, final int nameLength,
            final long valueAddress, final int valueLength, final long fingerprintAddress) {
        checkBuilding();
        return frame.add(flags, line, nameAddress, nameLength, valueAddress, valueLength, fingerprintAddress);
    }

    /** {@return whether the frame is long enough to be appended; it still takes changes} */
    public boolean isFrameFull() {
        return frame.length() >= config.frameBytes();
    }

    /** {@return whether a frame was begun and is neither appended nor aborted} */
    public boolean isBuilding() {
        return building;
    }

    /** {@return location of the last frame appended, a commit's included} */
    public long lastFrameLocation() {
        return lastFrameLocation;
    }

    /** {@return length of that frame in bytes} */
    public int lastFrameLength() {
        return lastFrameLength;
    }

    /** {@return changes added to the frame so far} */
    public int changeCount() {
        return frame.changeCount();
    }

    /**
     * Seals the frame and appends it. It then survives the end of the process.
     *
     * @return the frame's location, to which its changes' relative ones are added; {@link Location#NONE} if it had no
     *         change: then nothing is appended.
     * @throws JournalFullException   if there is no space; nothing was appended.
     * @throws JournalFailedException if the writer failed, now or before.
     */
    public long append() throws IOException {
        checkBuilding();
        checkUsable();
        if (whole) {
            throw new IllegalStateException("the frame carries a commit; only commit appends it");
        }
        building = false;
        frame.finish();
        if (frame.changeCount() == 0) {
            return Location.NONE;
        }
        return failure.guarded(() -> {
            rollIfDue();
            sealer.header(frame, FrameDescriptor.CHANGES, segments.number(), transaction, state.nextChange());
            sealer.seal(frame);
            return appendSealed();
        });
    }

    /** Drops the frame that was begun. */
    public void abort() {
        building = false;
    }

    /**
     * Commits a transaction: with the frame that {@link #beginWhole} began, or by a frame of its own.
     *
     * @param transactionNumber whose frames are all appended, or of the one that is being built.
     * @param info              what to say of it.
     * @return the version that it makes.
     * @throws JournalFullException   if there is no space; nothing was appended.
     * @throws JournalFailedException if the writer failed, now or before.
     */
    public long commit(final long transactionNumber, final CommitInfo info) throws IOException {
        final boolean carried = building && whole && transaction == transactionNumber;
        if (!carried) {
            begin(transactionNumber, CommitDescriptor.LENGTH);
        }
        building = false;
        checkUsable();
        return failure.guarded(() -> {
            final int length = words.encode(info);
            if (carried) {
                frame.addCommit(words.bytes(), length);
                appendCommit(FrameDescriptor.WHOLE, info, OpenTransaction.whole(transaction, frame.changeCount()));
            } else {
                frame.addBlock(words.bytes(), length);
                final @Nullable OpenTransaction open = state.open(transaction);
                appendCommit(FrameDescriptor.COMMIT, info, open == null ? OpenTransaction.empty(transaction) : open);
            }
            return state.lastVersion();
        });
    }

    private void appendCommit(final int kind, final CommitInfo info, final OpenTransaction counted) throws IOException {
        rollIfDue();
        sealer.header(frame, kind, segments.number(), transaction, state.nextChange());
        putCommit(info, counted);
        state.putChainHash(frame.buffer());
        sealer.seal(frame);
        appendSealed();
        segments.requireInPlaceSoon();
    }

    private void putCommit(final CommitInfo info, final OpenTransaction open) {
        final byte[] to = frame.buffer();
        final int clear = FrameDescriptor.HEADER_LENGTH;
        LittleEndian.putLong(to, clear + CommitDescriptor.VERSION, state.lastVersion() + 1);
        LittleEndian.putLong(to, clear + CommitDescriptor.FRAME_COUNT, open.frames());
        LittleEndian.putLong(to, clear + CommitDescriptor.CHANGE_COUNT, open.changes());
        LittleEndian.putLong(to, clear + CommitDescriptor.VARIABLE_COUNT, info.variableCount());
        LittleEndian.putLong(to, clear + CommitDescriptor.TIME, info.timeMs());
        LittleEndian.putLong(to, clear + CommitDescriptor.SYNCED_END, segments.syncedEnd());
        open.hash().copyTo(to, clear + CommitDescriptor.TRANSACTION_HASH);
    }

    /**
     * Forgets a transaction: it will never be committed. Its frames stay where they are and mean nothing.
     *
     * @param transactionNumber of the transaction.
     */
    public void abandon(final long transactionNumber) {
        state.abandon(transactionNumber);
    }

    /**
     * Syncs everything appended so far, folders included: it then survives the failure of power.
     *
     * @throws JournalFailedException if the writer failed, now or before.
     */
    public void sync() throws IOException {
        checkUsable();
        failure.guarded(() -> {
            segments.sync();
            segments.requireInPlace();
            return 0;
        });
    }

    /** Starts the journal's first segment, or the next one. */
    void startSegment() throws IOException {
        failure.guarded(() -> {
            segments.start(frame, sealer, state);
            return 0;
        });
    }

    /** Takes no more writes, and says so when asked for one. */
    void fail(final Throwable cause) {
        failure.set(cause);
    }

    /** Goes on in the journal's last segment. */
    void reopenSegment() throws IOException {
        failure.guarded(() -> {
            segments.reopen();
            return 0;
        });
    }

    private void rollIfDue() throws IOException {
        if (segments.isRollDue(frame.length() + CommitDescriptor.LENGTH)) {
            final FrameBuilder first = new FrameBuilder(config.blockBytes(), 1024);
            segments.start(first, sealer, state);
        }
    }

    private long appendSealed() throws IOException {
        final long position = segments.append(frame);
        header.wrap(frame.buffer(), 0);
        state.endedBy(header);
        final @Nullable String problem = state.accept(header);
        if (problem != null) {
            throw new IllegalStateException(problem);
        }
        lastFrameLength = frame.length();
        lastFrameLocation = Location.of(segments.number(), position, 0);
        return lastFrameLocation;
    }

    private void checkBuilding() {
        if (!building) {
            throw new IllegalStateException("no frame was begun");
        }
    }

    private void checkUsable() throws JournalFailedException {
        if (closed) {
            throw new IllegalStateException("the writer is closed");
        }
        failure.check();
    }

    /**
     * Closes the journal. If nothing failed, the store's lock file says afterwards that it was left clean, and space
     * allocated ahead is given back. Open transactions are abandoned. Idempotent.
     *
     * @throws IOException if it cannot be closed; it is closed nevertheless.
     */
    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        building = false;
        frame.wipe();
        words.wipe();
        sealer.close();
        keys.close();
        segments.close(failure.isSet() ? null : state);
    }
}
