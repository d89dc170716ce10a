package io.envcli.offheap;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * The smallest index that there can be, in memory instead of a file: thousands are made a second, and the garbage collector
 * takes them away.
 */
final class SmallIndex {
    static final int ENVIRONMENT = 1;
    static final long HASH0 = 0x1234_5678_9ABC_DEF0L;
    static final long HASH1 = 0x0F1E_2D3C_4B5A_6978L;
    private static final HashIndexGeometry GEOMETRY = HashIndexGeometry.of(1, 2, 3, 4, 2);
    private static final int ALIGNMENT = 64;

    private final MemorySegment memory = Arena.ofAuto().allocate(GEOMETRY.fileLength(), ALIGNMENT);
    private final MemorySegment fingerprint = Arena.ofAuto().allocate(2 * Long.BYTES, Long.BYTES);
    final HashIndexWalk walk = new HashIndexWalk(new Words(), GEOMETRY);
    final HashIndexEdits edits = new HashIndexEdits(memory.address(), walk);

    SmallIndex() {
        edits.emptyBuckets();
    }

    /** As a mapping has them. */
    private final class Words extends HashIndexWords {
        @Override
        long get(final long offset) {
            return LittleEndian.getLongAcquire(memory.address() + offset);
        }

        @Override
        void refresh() {
            // Memory is never behind itself.
        }

        @Override
        public void close() {
            // The garbage collector does.
        }
    }

    /** Stores an entry of the one variable, made by a transaction, at a location that tells which it is. */
    void entry(final long entry, final int ordinal, final long link) {
        final long first = link == 0 ? HashIndexDescriptor.FIRST : 0;
        edits.entry(entry, HASH0, ((long) ordinal << 32) | ENVIRONMENT, fingerprint.address(),
                (entry << 4) | first | HashIndexDescriptor.ORDERED, link);
    }

    long home() {
        return walk.home(HASH0, ENVIRONMENT);
    }

    /** {@return what a reader finds: number of the variable's newest entry, 0 for none, or DAMAGED} */
    int newest() {
        final long slot = walk.locate(ENVIRONMENT, HASH0, HASH1);
        return (int) (slot > 0 ? walk.words.get(slot) >>> 32 : slot);
    }

    /** {@return what a reader at a version sees of the variable: number of an entry, 0 for none, or DAMAGED} */
    int visible(final long version) {
        final int newest = newest();
        return newest > 0 ? (int) walk.visible(newest, version) : newest;
    }
}
