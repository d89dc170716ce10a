package io.envcli.cli;

import io.envcli.engine.Store;
import io.envcli.engine.StoreConfig;
import io.envcli.engine.StoreException;
import io.envcli.engine.StoreException.Kind;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Takes a store for writing, and waits for another writer as long as the user wants to. */
final class Waiting {
    private static final long NAP_NS = TimeUnit.MILLISECONDS.toNanos(20);
    /** A year: more is a slip, and would overflow. */
    private static final long LONGEST_S = 31_536_000;

    private Waiting() {}

    /**
     * Opens the store.
     *
     * @param call   the command, with its {@code --wait}.
     * @param config of the store.
     * @return the store; the caller closes it.
     * @throws CommandException as {@link #forStore}.
     */
    static Store open(final Call call, final StoreConfig config) throws CommandException {
        return forStore(call, () -> Store.open(config));
    }

    /**
     * Does what needs the store for itself.
     *
     * @param call   the command, with its {@code --wait}.
     * @param use    of the store; tried again while another writer has it.
     * @return what that returns.
     * @throws CommandException if the time to wait is no number, or another writer still has the store after it.
     */
    static <T> T forStore(final Call call, final Supplier<T> use) throws CommandException {
        final long seconds = Math.min(LONGEST_S, call.count(CommonOptions.WAIT, 0));
        final long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        boolean told = false;
        while (true) {
            try {
                return use.get();
            } catch (final StoreException e) {
                if (e.kind() != Kind.LOCKED) {
                    throw e;
                }
                if (System.nanoTime() - deadline >= 0) {
                    throw CommandException.failed(e.getMessage() + (seconds == 0
                            ? "; " + CommonOptions.WAIT + " SECONDS waits for it"
                            : "; waited " + seconds + " s"));
                }
            }
            if (!told) {
                call.out().remark("waiting for another writer ...");
                told = true;
            }
            LockSupport.parkNanos(NAP_NS);
        }
    }
}
