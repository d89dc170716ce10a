package io.envcli.engine;

import io.envcli.engine.internal.store.Hashers;
import io.envcli.journal.StoreKeys;
import io.envcli.offheap.Owner;
import io.envcli.offheap.Region;
import io.envcli.simd.Blake3Lanes;
import io.envcli.simd.Kernels;
import org.agrona.UnsafeApi;
import org.agrona.collections.Long2LongHashMap;
import org.agrona.concurrent.UnsafeBuffer;

import java.util.function.LongFunction;

/**
 * Tells whether bytes from elsewhere are the value of a variable, by their fingerprints. It holds no value and reads none;
 * the key stays inside. A variable is told by a handle, of which {@link #holder} says the name.
 *
 * <p>It belongs to the {@link StoreReader} that made it and sees the same version; close it first. Takes about 70 bytes
 * for each variable. Threading: each thread has its own {@link Search}; the rest is for the thread of the reader.
 */
public final class KnownValues implements AutoCloseable {
    private static final long NONE = -1;

    private final StoreKeys keys;
    private final LongFunction<Holder> holders;
    private final Long2LongHashMap secondWords = new Long2LongHashMap(NONE);
    private final Long2LongHashMap handles = new Long2LongHashMap(NONE);

    /**
     * A variable that has a value.
     *
     * @param environment of it.
     * @param name        of it.
     */
    public record Holder(String environment, String name) {}

    /** Takes what was found. */
    @FunctionalInterface
    public interface Visitor {
        /**
         * Bytes that are a value.
         *
         * @param tag    with which they were added.
         * @param handle of a variable that has this value, the first of several.
         */
        void found(long tag, long handle);
    }

    /**
     * Nothing known yet.
     *
     * @param keys    of the store; transferred to this object.
     * @param holders reads who is behind a handle.
     */
    KnownValues(final StoreKeys keys, final LongFunction<Holder> holders) {
        this.keys = keys;
        this.holders = holders;
    }

    /** Takes the fingerprint of one variable, whose handle is at least 0. */
    void add(final long fingerprint0, final long fingerprint1, final long handle) {
        if (!handles.containsKey(fingerprint0)) {
            secondWords.put(fingerprint0, fingerprint1);
            handles.put(fingerprint0, handle);
        }
    }

    /**
     * Says who is behind a handle.
     *
     * @param handle as a search has told it.
     * @return the variable.
     * @throws StoreException if the journal cannot prove it.
     */
    public Holder holder(final long handle) {
        return holders.apply(handle);
    }

    /**
     * A search for one thread.
     *
     * @return a new one; the caller closes it.
     */
    public Search search() {
        return new Search(Hashers.fingerprints(keys));
    }

    /** Wipes the key. Idempotent. */
    @Override
    public void close() {
        keys.close();
    }

    /**
     * Looks up candidates, many at a time, hashed in the lanes of a vector.
     *
     * <p>Threading: one thread at a time.
     */
    public final class Search implements AutoCloseable {
        /** The longest candidate; longer ones are no value found here. */
        public static final int LONGEST = 4_096;
        private static final int INPUT_CAPACITY = 256 * 1024;
        private static final int MOST = 4_096;
        private static final int HASH_LENGTH = 16;
        /** From here on vector kernels are worth their compilation. */
        private static final int BATCHES_TO_WARM_UP = 16;

        private final Blake3Lanes hashes;
        private final Region region = Region.allocate(Owner.SCRATCH, INPUT_CAPACITY + (long) MOST * HASH_LENGTH);
        private final UnsafeBuffer input = region.buffer(0, INPUT_CAPACITY);
        private final long outputs = region.address() + INPUT_CAPACITY;
        private final long[] tags = new long[MOST];
        private int used;
        private int count;
        private int batches;
        private boolean closed;

        private Search(final Blake3Lanes hashes) {
            this.hashes = hashes;
        }

        /**
         * Adds a candidate. What it is may be told here, or at a later call.
         *
         * @param bytes   borrowed for this call.
         * @param offset  of the candidate.
         * @param length  of it, 1 to {@value #LONGEST}.
         * @param tag     to tell it by.
         * @param visitor is told what was found.
         */
        public void add(final byte[] bytes, final int offset, final int length, final long tag,
                final Visitor visitor) {
            if (length < 1 || length > LONGEST) {
                throw new IllegalArgumentException("length=" + length + " must be 1 to " + LONGEST);
            }
            if (count == MOST || used + length > INPUT_CAPACITY) {
                flush(visitor);
                if (++batches == BATCHES_TO_WARM_UP) {
                    Kernels.warmUpSearch(); // what is looked through for candidates is searched for more
                }
            }
            input.putBytes(used, bytes, offset, length);
            hashes.add(region.address() + used, length, outputs + (long) count * HASH_LENGTH);
            used += length;
            tags[count++] = tag;
        }

        /**
         * Ends a batch: afterwards everything added has been told.
         *
         * @param visitor is told what was found.
         */
        public void flush(final Visitor visitor) {
            hashes.flush();
            for (int i = 0; i < count; i++) {
                final long output = outputs + (long) i * HASH_LENGTH;
                final long handle = handles.get(UnsafeApi.getLong(output));
                if (handle != NONE && secondWords.get(UnsafeApi.getLong(output)) == UnsafeApi
                        .getLong(output + Long.BYTES)) {
                    visitor.found(tags[i], handle);
                }
            }
            used = 0;
            count = 0;
        }

        /** Frees and wipes its memory; what was not flushed is forgotten. Idempotent. */
        @Override
        public void close() {
            if (!closed) {
                closed = true;
                input.setMemory(0, INPUT_CAPACITY, (byte) 0);
                hashes.close();
                region.close();
            }
        }
    }
}
