package io.envcli.engine;

import io.envcli.engine.internal.store.Failures;
import io.envcli.engine.internal.store.JvmFlags;
import io.envcli.engine.internal.store.Rekeying;

import java.io.IOException;

/**
 * Changes the key that a store is sealed with.
 *
 * <p>Threading: any thread; no writer may have the store open, readers may.
 */
public final class StoreRekey {
    private StoreRekey() {}

    /**
     * Writes a store anew, sealed with the current key of its key file; where that is the one that it has, a new key is made
     * first. Versions, history, times and authors stay; fingerprints become others. The key file keeps the older keys until
     * {@link #retire}. Readers go on, and find their way to what the store is then. Needs as much space as the store has.
     *
     * @param config where it is.
     * @return its newest version, the same as before.
     * @throws StoreException if it cannot be; then it is as it was, and opens with the key file as that is now, unless the
     *                        message says that it was rekeyed and only what it replaced is still there.
     */
    public static long rekey(final StoreConfig config) {
        return rekey(config, RekeyProgress.NONE);
    }

    /**
     * Rekeys as {@link #rekey(StoreConfig)} does.
     *
     * @param config   where the store is.
     * @param progress told while it is sealed anew.
     * @return as there.
     * @throws StoreException as there.
     */
    public static long rekey(final StoreConfig config, final RekeyProgress progress) {
        JvmFlags.require();
        try {
            return Rekeying.rekey(config, progress);
        } catch (final IOException | RuntimeException e) {
            throw Failures.of(config, e);
        }
    }

    /**
     * Drops the older keys of a key file: from then on they open nothing that is kept here, and copies of stores from before
     * their rekeying cannot be read any more.
     *
     * @param config of a store that has the current key.
     * @return how many were dropped.
     * @throws StoreException if this store, or another that was opened for writing with this key file, still needs one; then
     *                        nothing was dropped. A store that was only read with it, or where the folder of the key could
     *                        not be written to, is not known.
     */
    public static int retire(final StoreConfig config) {
        JvmFlags.require();
        try {
            return Rekeying.retire(config);
        } catch (final IOException | RuntimeException e) {
            throw Failures.of(config, e);
        }
    }
}
