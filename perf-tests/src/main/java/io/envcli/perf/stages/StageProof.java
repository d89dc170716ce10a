package io.envcli.perf.stages;

import io.envcli.journal.Change;
import io.envcli.journal.Checkpoint;
import io.envcli.journal.Commit;
import io.envcli.journal.JournalReader;
import io.envcli.journal.ReplayHandler;
import io.envcli.journal.Section;
import io.envcli.journal.UserKey;
import io.envcli.offheap.HashIndex;
import io.envcli.offheap.Slab;
import io.envcli.offheap.VariableTable;
import io.envcli.perf.simd.PaperSipHash;
import io.envcli.perf.workload.Checksum;
import io.envcli.perf.workload.Truth;
import org.agrona.UnsafeApi;
import org.agrona.concurrent.UnsafeBuffer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/** Proves the work of one pass: what was parsed, hashed, journaled and entered is what was generated. */
final class StageProof implements StagePass.Check {
    private final Truth truth;
    private final UnsafeBuffer buffer = new UnsafeBuffer(0, 0);
    private long rows;
    private long checksum;
    private long hashes;

    /**
     * A proof that is about to begin.
     *
     * @param truth about the text, whose names are all distinct.
     */
    StageProof(final Truth truth) {
        this.truth = truth;
    }

    @Override
    public void accept(final Slab done) {
        final VariableTable table = done.table();
        for (int row = 0; row < done.rowCount(); row++) {
            final byte[] name = bytes(done.address() + table.nameOffset(row), table.nameLength(row));
            final byte[] value = bytes(done.address() + table.valueOffset(row), table.valueLength(row));
            checksum += Checksum.of(name, name.length, value, value.length);
            final long[] hash = PaperSipHash.hash(StagePass.NAME_KEY_0, StagePass.NAME_KEY_1, name, name.length);
            final long address = table.nameHashAddress(row);
            require(hash[0], UnsafeApi.getLong(address), "first half of a name's hash");
            require(hash[1], UnsafeApi.getLong(address + Long.BYTES), "second half of a name's hash");
            hashes += hash[0] ^ hash[1];
        }
        rows += done.rowCount();
    }

    private byte[] bytes(final long address, final int length) {
        final byte[] bytes = new byte[length];
        buffer.wrap(address, length);
        buffer.getBytes(0, bytes);
        return bytes;
    }

    /** {@return the sum over all names' hashes, for passes whose names are not looked at one by one} */
    long hashes() {
        return hashes;
    }

    /**
     * Looks at the whole.
     *
     * @param index that the pass filled.
     */
    void requireParsedAndEntered(final HashIndex index) {
        require(truth.assignments(), rows, "variables parsed");
        require(truth.checksum(), checksum, "checksum of names and values parsed");
        require(truth.variables(), index.variableCount(), "variables in the index");
        if (!index.reader().verify().isIntact()) { // Looks each entry up by its hash.
            throw new IllegalStateException("the index does not find all that was put in");
        }
    }

    /**
     * Replays the journal that the pass wrote.
     *
     * @param store of the journal, closed.
     * @return sealed blocks in it.
     * @throws IOException if it cannot be read.
     */
    long requireJournaled(final Path store) throws IOException {
        final Replay replay = new Replay();
        try (UserKey key = Sinks.key(); JournalReader reader = JournalReader.open(store, key)) {
            reader.replay(Checkpoint.START, replay);
        }
        require(truth.assignments(), replay.changes, "variables in the journal");
        require(truth.checksum(), replay.checksum, "checksum of names and values in the journal");
        return replay.blocks;
    }

    private static final class Replay implements ReplayHandler {
        private long changes;
        private long checksum;
        private long blocks;

        @Override
        public void onSection(final Section section) {
            blocks++; // Said again at the start of each block; there is one section.
        }

        @Override
        public void onChange(final Change change) {
            final byte[] buffer = change.buffer();
            final byte[] name = Arrays.copyOfRange(buffer, change.nameOffset(),
                    change.nameOffset() + change.nameLength());
            final byte[] value = change.value();
            checksum += Checksum.of(name, name.length, value, value.length);
            changes++;
        }

        @Override
        public void onCommit(final Commit commit) {
            require(changes, commit.changes(), "variables in the commit");
        }
    }

    static void require(final long expected, final long actual, final String what) {
        if (expected != actual) {
            throw new IllegalStateException(what + " must be " + expected + " but is " + actual);
        }
    }
}
