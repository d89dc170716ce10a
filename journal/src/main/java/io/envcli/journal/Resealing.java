package io.envcli.journal;

import io.envcli.offheap.Owner;
import io.envcli.offheap.Region;
import org.agrona.concurrent.UnsafeBuffer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Writes a store's whole journal once more, sealed with another key: the same commits, with their versions, times, authors
 * and sources, and the same changes in the same order, each with its new fingerprint. What was never committed is left out.
 *
 * <p>Threading: one thread, once.
 */
public final class Resealing implements ReplayHandler, AutoCloseable {
    /** Name and value of one variable are shorter together; their environment and source stand in the section. */
    private static final int CHANGE_CAPACITY = 1 << 18;
    private static final int FINGERPRINT = CHANGE_CAPACITY;

    private final JournalWriter to;
    private final Fingerprints fingerprints;
    private final Survey survey;
    private final Progress progress;
    private long bytes;
    /** Numbers in the new journal of transactions that are not committed yet, by those in the old one. */
    private final Map<Long, Long> transactions = new HashMap<>();
    private final Region region = Region.allocate(Owner.SCRATCH, FINGERPRINT + Change.FINGERPRINT_LENGTH);
    private final UnsafeBuffer scratch = region.buffer(0, FINGERPRINT + Change.FINGERPRINT_LENGTH);
    private boolean skipping;
    private long transaction;
    private byte[] environment = {};
    private byte[] source = {};
    private byte dialect;
    /** Whether the frame being built knows the section that is being read. */
    private boolean sectionWritten;

    /** Makes fingerprints under the store's new keys. */
    public interface Fingerprints {
        /**
         * Fingerprints a value.
         *
         * @param address       of the value.
         * @param length        in bytes.
         * @param outputAddress of 16 bytes that it is written to.
         */
        void of(long address, int length, long outputAddress);
    }

    /** Told how far a resealing is. */
    public interface Progress {
        /**
         * One more frame has been read.
         *
         * @param bytes      of frames so far.
         * @param totalBytes of all frames.
         */
        void onProgress(long bytes, long totalBytes);
    }

    /** What is known of a journal before it is read: its frames' bytes, and transactions with frames and without a commit. */
    private record Survey(long bytes, Set<Long> uncommitted) {}

    private Resealing(final JournalWriter to, final Fingerprints fingerprints, final Survey survey,
            final Progress progress) {
        this.to = to;
        this.fingerprints = fingerprints;
        this.survey = survey;
        this.progress = progress;
    }

    /** Makes the fingerprints for a store's new keys. */
    public interface FingerprintsMaker {
        /**
         * Makes them.
         *
         * @param keys of the store under its new user's key; borrowed.
         * @return what fingerprints with them.
         */
        Fingerprints make(StoreKeys keys);
    }

    /**
     * Writes the journal of one folder into another, which has none, and syncs it. Nobody writes to the first meanwhile: the
     * caller holds its lock.
     *
     * @param from         folder of the store as it is.
     * @param key          of it; borrowed.
     * @param lock         of the other folder; borrowed.
     * @param newKey       to seal with; borrowed.
     * @param config       how to write.
     * @param fingerprints makes those of the new keys.
     * @param progress     told of each frame.
     * @return where the new journal ends.
     * @throws JournalDamagedException if the journal is damaged: nothing is resealed that is not proved.
     * @throws JournalFullException    if there is no space.
     * @throws IOException             if something cannot be read or written.
     */
    public static Checkpoint reseal(final Path from, final UserKey key, final StoreLock lock, final UserKey newKey,
            final JournalConfig config, final FingerprintsMaker fingerprints, final Progress progress)
            throws IOException {
        final Survey survey = survey(from);
        try (JournalReader reader = JournalReader.open(from, key);
                JournalWriter writer = JournalWriter.create(lock, newKey, config, reader.keys().storeId());
                Resealing resealing = new Resealing(writer, fingerprints.make(writer.keys()), survey,
                        progress)) {
            final Checkpoint end = reader.replay(Checkpoint.START, resealing);
            if (end.lastVersion() != writer.lastVersion()) {
                throw new JournalException(from + ": version " + end.lastVersion() + " was resealed as "
                        + writer.lastVersion() + "; nothing was changed; run verify");
            }
            writer.sync();
            return writer.checkpoint();
        }
    }

    /** An import that was given up, or whose process was killed, has left frames and no commit. */
    private static Survey survey(final Path store) throws IOException {
        final Set<Long> open = new HashSet<>();
        long bytes = 0;
        try (JournalWalk walk = new JournalWalk(store, Checkpoint.START, DamageSink.THROW)) {
            while (walk.next()) {
                final FrameHeader header = walk.header();
                if (header.kind() == FrameDescriptor.CHANGES) {
                    open.add(header.transaction());
                } else if (header.isCommit()) {
                    open.remove(header.transaction());
                }
                bytes += header.kind() == FrameDescriptor.CHANGES || header.kind() == FrameDescriptor.WHOLE
                        ? header.frameLength()
                        : 0;
            }
            return new Survey(bytes, open);
        }
    }

    @Override
    public void onFrame(final FrameInfo frame) throws IOException {
        appendFrame();
        bytes += frame.length();
        progress.onProgress(bytes, survey.bytes);
        skipping = survey.uncommitted.contains(frame.transaction());
        if (!skipping) {
            transaction = number(frame.transaction());
            begin();
        }
    }

    private long number(final long old) {
        return transactions.computeIfAbsent(old, _ -> to.nextTransaction());
    }

    private void begin() {
        to.beginFrame(transaction);
        sectionWritten = false;
    }

    private void appendFrame() throws IOException {
        if (to.isBuilding()) {
            to.append();
        }
    }

    @Override
    public void onSection(final Section section) {
        final byte[] newEnvironment = copy(section.buffer(), section.environmentOffset(), section.environmentLength());
        final byte[] newSource = copy(section.buffer(), section.sourceOffset(), section.sourceLength());
        // Said again at the start of each block.
        sectionWritten &= Arrays.equals(newEnvironment, environment) && Arrays.equals(newSource, source)
                && section.dialect() == dialect;
        environment = newEnvironment;
        source = newSource;
        dialect = section.dialect();
    }

    private static byte[] copy(final byte[] from, final int offset, final int length) {
        return Arrays.copyOfRange(from, offset, offset + length);
    }

    @Override
    public void onChange(final Change change) throws IOException {
        if (skipping) {
            return;
        }
        final int valueAt = change.nameLength();
        if (valueAt + change.valueLength() > CHANGE_CAPACITY) {
            throw new IllegalStateException("a change is longer than any can be");
        }
        scratch.putBytes(0, change.buffer(), change.nameOffset(), change.nameLength());
        scratch.putBytes(valueAt, change.buffer(), change.valueOffset(), change.valueLength());
        if (!change.isUnset()) {
            fingerprints.of(region.address() + valueAt, change.valueLength(), region.address() + FINGERPRINT);
        }
        if (add(change) == JournalWriter.FRAME_FULL) {
            appendFrame();
            begin();
            if (add(change) == JournalWriter.FRAME_FULL) {
                throw new IllegalStateException("a change does not fit into an empty frame");
            }
        }
    }

    private long add(final Change change) {
        if (!sectionWritten) {
            to.section(environment, source, dialect);
            sectionWritten = true;
        }
        final long value = region.address() + change.nameLength();
        return to.add(change.flags(), change.line(), region.address(), change.nameLength(), value,
                change.valueLength(), region.address() + FINGERPRINT);
    }

    @Override
    public void onCommit(final Commit commit) throws IOException {
        appendFrame();
        final long number = number(commit.transaction());
        transactions.remove(commit.transaction());
        final long version = to.commit(number, commit.info());
        if (version != commit.version()) {
            throw new IllegalStateException("version " + commit.version() + " became " + version);
        }
    }

    /** Wipes what was read. Idempotent. */
    @Override
    public void close() {
        scratch.setMemory(0, FINGERPRINT, (byte) 0);
        region.close();
    }
}
