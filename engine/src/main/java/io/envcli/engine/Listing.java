package io.envcli.engine;

import io.envcli.offheap.HashIndexReader;
import org.jspecify.annotations.Nullable;

/**
 * What is in an environment, in an order that stays the same when the store is rekeyed meanwhile, or its view healed.
 *
 * <p>Threading: one thread at a time.
 */
final class Listing {
    private final Snapshot snapshot;
    private final Answers answers;
    private final ProvedChanges changes;
    private final String environment;
    private final long version;
    private long[] entries;
    /** That numbers the entries. */
    private HashIndexReader listed;

    Listing(final Snapshot snapshot, final Answers answers, final ProvedChanges changes, final String environment) {
        this.snapshot = snapshot;
        this.answers = answers;
        this.changes = changes;
        this.environment = environment;
        this.entries = snapshot.healed(() -> answers.entries(environment));
        this.listed = snapshot.home().view();
        this.version = snapshot.view().version();
    }

    int size() {
        return entries.length;
    }

    /** Null if it is left out. */
    @Nullable
    Variable read(final int i) {
        snapshot.checkOpen();
        if (snapshot.view().version() != version) {
            throw new IllegalStateException("the visitor has moved the reader to another version");
        }
        return snapshot.healed(() -> {
            if (listed != snapshot.home().view()) {
                listAgain();
            }
            return snapshot.orLeftOut(() -> changes.variable(entries[i], null));
        });
    }

    private void listAgain() {
        final long[] again = answers.entries(environment);
        if (again.length != entries.length) {
            throw snapshot.damaged("it lists other variables than the one before it");
        }
        entries = again;
        listed = snapshot.home().view();
    }
}
