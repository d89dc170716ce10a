package io.envcli.engine.internal.view;

import io.envcli.journal.Change;
import io.envcli.journal.Commit;
import io.envcli.journal.FrameInfo;
import io.envcli.journal.ReplayHandler;
import io.envcli.journal.Section;
import io.envcli.offheap.Owner;
import io.envcli.offheap.Region;
import io.envcli.simd.SipHash;
import org.agrona.UnsafeApi;
import org.agrona.concurrent.UnsafeBuffer;

import java.io.IOException;
import java.util.Arrays;

/**
 * Enters a replayed journal into a view, as the apply stage entered it when it was written.
 *
 * <p>Threading: one thread.
 */
final class Rebuild implements ReplayHandler, AutoCloseable {
    private static final int NAME_CAPACITY = 1 << 16;
    private static final int HASH = NAME_CAPACITY;
    private static final int FINGERPRINT = HASH + 16;
    private static final int CAPACITY = FINGERPRINT + 16;

    private final LiveView view;
    private final SipHash names;
    private final Region region = Region.allocate(Owner.SCRATCH, CAPACITY);
    private final UnsafeBuffer scratch = region.buffer(0, CAPACITY);
    private long transaction;
    private byte[] environmentName = {};
    private long environmentHash0;
    private long environmentHash1;
    /** Number of the section's environment; 0 until its first change tells where its name stands. */
    private int environment;

    Rebuild(final LiveView view, final SipHash names) {
        this.view = view;
        this.names = names;
    }

    @Override
    public void onFrame(final FrameInfo frame) {
        transaction = frame.transaction();
    }

    @Override
    public void onSection(final Section section) {
        if (section.isEnvironment(environmentName)) {
            return; // Said again at the start of each block.
        }
        environmentName = Arrays.copyOfRange(section.buffer(), section.environmentOffset(),
                section.environmentOffset() + section.environmentLength());
        hash(section.buffer(), section.environmentOffset(), section.environmentLength());
        environmentHash0 = UnsafeApi.getLong(region.address() + HASH);
        environmentHash1 = UnsafeApi.getLong(region.address() + HASH + Long.BYTES);
        environment = 0;
    }

    @Override
    public void onChange(final Change change) throws IOException {
        if (environment == 0) {
            environment = view.openEnvironment(environmentHash0, environmentHash1, change.location());
        }
        hash(change.buffer(), change.nameOffset(), change.nameLength());
        if (!change.isUnset()) {
            scratch.putBytes(FINGERPRINT, change.buffer(), change.fingerprintOffset(), Change.FINGERPRINT_LENGTH);
        }
        view.apply(environment, region.address() + HASH, region.address() + FINGERPRINT, transaction,
                change.location(), change.isUnset());
    }

    @Override
    public void onCommit(final Commit commit) throws IOException {
        view.commit(commit.transaction(), commit.version(), commit.location(), commit.info().timeMs());
    }

    @Override
    public void onNeverCommitted(final long abandoned) {
        view.abandon(abandoned);
    }

    private void hash(final byte[] buffer, final int offset, final int length) {
        scratch.putBytes(0, buffer, offset, length);
        names.hash(region.address(), length, region.address() + HASH);
    }

    @Override
    public void close() {
        region.close();
    }
}
