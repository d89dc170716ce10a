package io.envcli.engine;

import io.envcli.engine.internal.store.Failures;
import io.envcli.journal.Block;
import io.envcli.journal.Change;
import io.envcli.offheap.HashIndexReader;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Reads from the journal what entries of the view point to, and proves that it is what they say: name and fingerprint in the
 * sealed block are those of the entry. Whatever does not fit is the view's fault.
 *
 * <p>Threading: one thread at a time.
 */
final class ProvedChanges {
    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final Snapshot snapshot;

    ProvedChanges(final Snapshot snapshot) {
        this.snapshot = snapshot;
    }

    private HashIndexReader view() {
        return snapshot.view();
    }

    /** The variable that an entry sets; of the name given, unless that is null. */
    Variable variable(final long entry, final byte @Nullable [] name) {
        final Change change = setting(entry, name);
        return new Variable(change.name(), change.value(), Arrays.copyOfRange(change.buffer(),
                change.fingerprintOffset(), change.fingerprintOffset() + Change.FINGERPRINT_LENGTH), versionOf(entry));
    }

    /** The same without its value. */
    ListedVariable listed(final long entry) {
        final Change change = setting(entry, null);
        return new ListedVariable(
                Arrays.copyOfRange(change.buffer(), change.nameOffset(), change.nameOffset() + change.nameLength()),
                view().fingerprint0(entry), view().fingerprint1(entry), versionOf(entry));
    }

    private Change setting(final long entry, final byte @Nullable [] name) {
        final Change change = blockAt(locationOf(entry)).change();
        if (change.isUnset() || (name != null && !change.isName(name)) || !isFingerprint(entry, change)) {
            throw snapshot.damaged("the view points to another variable in the journal than the one asked for");
        }
        return change;
    }

    /** A change in the history of a variable. */
    VariableChange change(final long entry, final long version, final byte[] name) {
        final Block block = blockAt(locationOf(entry));
        final Change change = block.change();
        final boolean isSet = !change.isUnset();
        if (isSet == view().isUnset(entry) || !change.isName(name) || (isSet && !isFingerprint(entry, change))) {
            throw snapshot.damaged("the view points to another variable in the journal than the one asked for");
        }
        final long time = snapshot.intact(view().timeMillis(view().ordinal(entry)));
        return new VariableChange(version, Instant.ofEpochMilli(time), isSet,
                isSet ? HexFormat.of().formatHex(change.buffer(), change.fingerprintOffset(),
                        change.fingerprintOffset() + Change.FINGERPRINT_LENGTH) : "",
                block.section().source(), change.line());
    }

    private boolean isFingerprint(final long entry, final Change change) {
        final int offset = change.fingerprintOffset();
        return word(change.buffer(), offset) == view().fingerprint0(entry)
                && word(change.buffer(), offset + Long.BYTES) == view().fingerprint1(entry);
    }

    private static long word(final byte[] bytes, final int offset) {
        return (long) WORD.get(bytes, offset);
    }

    /** An entry was whole when it was found; since then its page may have been overwritten. */
    private long locationOf(final long entry) {
        return whole(entry, view().location(entry));
    }

    /** The version that made an entry. */
    long versionOf(final long entry) {
        return whole(entry, snapshot.intact(view().version(view().ordinal(entry))));
    }

    private long whole(final long entry, final long read) {
        if (!view().isIntact(entry)) {
            throw snapshot.damaged("the view fails its checks");
        }
        return read;
    }

    String environmentAt(final long location) {
        return blockAt(location).section().environment();
    }

    String nameAt(final long location) {
        return blockAt(location).change().name();
    }

    private Block blockAt(final long location) {
        try {
            return snapshot.home().blocks().read(location);
        } catch (final IOException e) {
            throw Failures.of(snapshot.config().directory(), e);
        }
    }
}
