package io.envcli.perf.journal;

import io.envcli.journal.Change;
import io.envcli.journal.Checkpoint;
import io.envcli.journal.Commit;
import io.envcli.journal.CommitInfo;
import io.envcli.journal.JournalReader;
import io.envcli.journal.JournalWriter;
import io.envcli.journal.ReplayHandler;
import io.envcli.journal.UserKey;
import io.envcli.offheap.Owner;
import io.envcli.offheap.Region;
import io.envcli.perf.workload.Profile;
import io.envcli.perf.workload.Variables;
import org.agrona.concurrent.UnsafeBuffer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Variables of a bulk workload outside the heap, to be written again and again. */
final class Changes implements AutoCloseable {
    /** How many there are. */
    static final int COUNT = 4096;
    /** What the commits say. */
    static final CommitInfo INFO = new CommitInfo(0, COUNT, "perf", "perf", "perf");

    private static final int FINGERPRINT = 16;

    private final String[] names = new String[COUNT];
    private final int[] offsets = new int[COUNT + 1];
    private final int[] nameLengths = new int[COUNT];
    private final Region region;

    Changes(final long seed) {
        final Variables variables = new Variables(Profile.BULK, seed);
        final byte[][] values = new byte[COUNT][];
        for (int i = 0; i < COUNT; i++) {
            names[i] = variables.name(i);
            nameLengths[i] = names[i].length();
            values[i] = variables.lastValue(i, COUNT);
            offsets[i + 1] = offsets[i] + nameLengths[i] + values[i].length;
        }
        region = Region.allocate(Owner.SCRATCH, (long) offsets[COUNT] + FINGERPRINT);
        final UnsafeBuffer buffer = region.buffer(0, (int) region.capacity());
        for (int i = 0; i < COUNT; i++) {
            buffer.putBytes(offsets[i], names[i].getBytes(StandardCharsets.US_ASCII));
            buffer.putBytes(offsets[i] + nameLengths[i], values[i]);
        }
    }

    /** Adds a change to the writer's frame; its line is its number, its fingerprint whatever stands behind the last value. */
    long addTo(final JournalWriter writer, final int number) {
        final int i = number % COUNT;
        final long name = region.address() + offsets[i];
        return writer.add(0, number + 1, name, nameLengths[i], name + nameLengths[i],
                offsets[i + 1] - offsets[i] - nameLengths[i], region.address() + offsets[COUNT]);
    }

    /** {@return bytes of all names and values} */
    long bytes() {
        return offsets[COUNT];
    }

    /** Replays a journal and refuses one that has not exactly the changes added, in one commit. */
    void requireReplayed(final Path store, final UserKey key, final int expected) throws IOException {
        final Replay replay = new Replay();
        try (JournalReader reader = JournalReader.open(store, key)) {
            reader.replay(Checkpoint.START, replay);
        }
        if (replay.changes != expected || replay.commits != 1) {
            throw new IllegalStateException("the journal has " + replay.changes + " changes in " + replay.commits
                    + " commits; " + expected + " were written in one");
        }
    }

    private final class Replay implements ReplayHandler {
        private int changes;
        private int commits;

        @Override
        public void onChange(final Change change) {
            if (change.line() != changes + 1 || !change.name().equals(names[changes % COUNT])) {
                throw new IllegalStateException("change " + changes + " is another one than was written");
            }
            changes++;
        }

        @Override
        public void onCommit(final Commit commit) {
            commits++;
        }
    }

    @Override
    public void close() {
        region.close();
    }
}
