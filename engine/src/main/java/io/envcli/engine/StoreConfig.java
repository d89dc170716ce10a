package io.envcli.engine;

import io.envcli.ringbuffers.Layout;
import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.Objects;

/**
 * Where a store is and how it is opened. Immutable; made by {@link #builder()}.
 *
 * @param directory    of the store.
 * @param keyFile      that holds the user's key; made when a store is created and there is none.
 * @param durability   class of acknowledgements.
 * @param create       whether a store is made where there is none.
 * @param layout       of the pipeline's threads.
 * @param slots        slabs in the ring, a power of two.
 * @param slabBytes    text of one slab in bytes, a multiple of 64.
 * @param segmentBytes size at which the journal rolls to a new segment.
 * @param expectedBytes of dotenv text that will be imported soon: little is not worth preparing for.
 * @param expectedPuts  for which the view has room from the beginning.
 */
public record StoreConfig(Path directory, Path keyFile, Durability durability, boolean create, Layout layout, int slots,
        int slabBytes, long segmentBytes, long expectedBytes, long expectedPuts) {

    /** The longest variable fits. More only takes the rows of a slab out of the cache before the last stage has them. */
    private static final int MIN_SLAB_BYTES = 131_136;
    private static final long MAX_EXPECTED_PUTS = 1_000_000_000;

    /** Checks what can be checked before anything is opened. */
    public StoreConfig {
        Objects.requireNonNull(directory, "directory");
        Objects.requireNonNull(keyFile, "keyFile");
        Objects.requireNonNull(durability, "durability");
        Objects.requireNonNull(layout, "layout");
        require(slots >= 2 && slots <= 1 << 16 && Integer.bitCount(slots) == 1, "slots=" + slots,
                "a power of two from 2 to 65536");
        require(slabBytes >= MIN_SLAB_BYTES && slabBytes <= 1 << 26 && slabBytes % 64 == 0, "slabBytes=" + slabBytes,
                "a multiple of 64, from 131136 to 67108864");
        require(segmentBytes >= 1 << 20 && segmentBytes <= 1L << 31, "segmentBytes=" + segmentBytes,
                "from 1048576 to 2147483648");
        require(expectedBytes >= 0, "expectedBytes=" + expectedBytes, "at least 0");
        require(expectedPuts >= 0 && expectedPuts <= MAX_EXPECTED_PUTS, "expectedPuts=" + expectedPuts,
                "from 0 to " + MAX_EXPECTED_PUTS);
    }

    private static void require(final boolean holds, final String what, final String must) {
        if (!holds) {
            throw new IllegalArgumentException(what + " must be " + must);
        }
    }

    /** {@return a builder with the defaults: power, create, layout auto} */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects settings; {@link #build()} checks them. */
    public static final class Builder {
        private @Nullable Path directory;
        private @Nullable Path keyFile;
        private Durability durability = Durability.POWER;
        private boolean create = true;
        private Layout layout = Layout.AUTO;
        private int slots = 32;
        private int slabBytes = MIN_SLAB_BYTES;
        private long segmentBytes = 1L << 30;
        private long expectedBytes = Long.MAX_VALUE;
        private long expectedPuts;

        private Builder() {}

        /**
         * Sets the folder of the store.
         *
         * @param path a folder; need not exist.
         * @return this.
         */
        public Builder directory(final Path path) {
            this.directory = path;
            return this;
        }

        /**
         * Sets the file of the user's key.
         *
         * @param path a file; need not exist if a store is created.
         * @return this.
         */
        public Builder keyFile(final Path path) {
            this.keyFile = path;
            return this;
        }

        /**
         * Sets the class of acknowledgements.
         *
         * @param value the class; the default is {@link Durability#POWER}.
         * @return this.
         */
        public Builder durability(final Durability value) {
            this.durability = value;
            return this;
        }

        /**
         * Says whether a store is made where there is none.
         *
         * @param value true, the default, to make it.
         * @return this.
         */
        public Builder create(final boolean value) {
            this.create = value;
            return this;
        }

        /**
         * Sets which stages share a thread.
         *
         * @param value the layout; the default picks one from the CPUs this process may use.
         * @return this.
         */
        public Builder layout(final Layout value) {
            this.layout = value;
            return this;
        }

        /**
         * Sets the number of slabs in the ring.
         *
         * @param value a power of two.
         * @return this.
         */
        public Builder slots(final int value) {
            this.slots = value;
            return this;
        }

        /**
         * Sets the text of one slab.
         *
         * @param value in bytes, a multiple of 64.
         * @return this.
         */
        public Builder slabBytes(final int value) {
            this.slabBytes = value;
            return this;
        }

        /**
         * Sets the size at which the journal rolls to a new segment.
         *
         * @param value in bytes.
         * @return this.
         */
        public Builder segmentBytes(final long value) {
            this.segmentBytes = value;
            return this;
        }

        /**
         * Says how much will be imported soon. For more than a few megabytes, kernels and cipher are made warm while the store
         * is opened, which costs most of a second of processor time in the background; where less is expected, they are when a
         * large import begins. The default is that much will be.
         *
         * @param value in bytes.
         * @return this.
         */
        public Builder expectedBytes(final long value) {
            this.expectedBytes = value;
            return this;
        }

        /**
         * Makes room in the view, while the store is opened, for so many single changes (puts and unsets) as are expected
         * before it is closed, each new environment one more: some 100 bytes of disk for each. A view that has no more room
         * doubles, and changes wait for that, 100 milliseconds for each million that it holds. The default is 0: it grows as
         * it must.
         *
         * @param value changes, up to a thousand million.
         * @return this.
         */
        public Builder expectedPuts(final long value) {
            this.expectedPuts = value;
            return this;
        }

        /**
         * Checks the settings.
         *
         * @return the configuration.
         * @throws IllegalArgumentException if one is out of its range; the message names it.
         */
        public StoreConfig build() {
            return new StoreConfig(Objects.requireNonNull(directory, "directory"),
                    Objects.requireNonNull(keyFile, "keyFile"), durability, create, layout, slots, slabBytes,
                    segmentBytes, expectedBytes, expectedPuts);
        }
    }
}
