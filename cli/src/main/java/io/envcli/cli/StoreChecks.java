package io.envcli.cli;

import io.envcli.engine.StoreCheckup;
import io.envcli.engine.StoreConfig;
import io.envcli.engine.StoreException;
import io.envcli.engine.StoreStatus;

import java.util.List;
import java.util.Map;

/** Checks the state that the store was left in. Opens nothing, so it heals nothing. */
final class StoreChecks {
    private StoreChecks() {}

    /**
     * Examines it.
     *
     * @param call     the command.
     * @param findings to add to.
     */
    static void examine(final Call call, final List<Finding> findings) {
        final StoreConfig config = call.readConfig();
        try {
            final StoreCheckup store = StoreCheckup.of(config);
            if (!store.exists()) {
                findings.add(Finding.ok("store", "there is none yet; the first import makes it"));
                return;
            }
            findings.add(content(config));
            findings.add(key(call, store));
            findings.add(writer(store));
            findings.add(view(store));
        } catch (final StoreException e) {
            findings.add(Finding.fail("store", String.valueOf(e.getMessage()),
                    e.kind() == StoreException.Kind.NOT_A_STORE ? "name the store with --store"
                            : "see what 'env-cli verify' says; keep a copy before anything writes to it"));
        }
    }

    private static Finding content(final StoreConfig config) {
        final StoreStatus status = StoreStatus.withoutKey(config);
        final String size = Amounts.bytes(status.journalBytes()) + " of journal in "
                + Amounts.count(status.segments(), "segment", "segments");
        return status.isCounted()
                ? Finding.ok("store", "version " + Amounts.grouped(status.version()) + ", "
                        + Amounts.count(status.variables(), "variable", "variables") + ", " + size)
                        .with(Map.of("version", status.version(), "journal_bytes", status.journalBytes()))
                : Finding.ok("store", size).with(Map.of("journal_bytes", status.journalBytes()));
    }

    private static Finding key(final Call call, final StoreCheckup store) {
        return switch (store.key()) {
            case FITS -> Finding.ok("key", "it is this store's");
            case UNKNOWN -> Finding.warn("key", "it could not be tried: " + store.keyProblem(),
                    "see what 'env-cli verify' says");
            case REFUSED -> Finding.fail("key", store.keyProblem() + " (key file: " + call.keyFileOrigin() + ")",
                    "without its key nobody reads a name or a value from the store; restore it from a copy, or name it"
                            + " with --key-file or ENV_CLI_KEY_FILE");
        };
    }

    private static Finding writer(final StoreCheckup store) {
        if (store.writerActive()) {
            return Finding
                    .ok("writer", "process " + store.writerPid() + " has the store open for writing; readers go on,"
                            + " another writer needs --wait SECONDS")
                    .with(Map.of("pid", store.writerPid()));
        }
        return store.clean() ? Finding.ok("writer", "none; the last one left everything whole")
                : Finding.warn("writer", "none; the last one"
                        + (store.writerPid() == 0 ? "" : ", process " + store.writerPid() + ",")
                        + " was killed, or the machine has started since",
                        "nothing to do: what was acknowledged is there, and the next writer begins a new segment");
    }

    private static Finding view(final StoreCheckup store) {
        final String heals = "nothing to do: the next command that reads or writes rebuilds it, in about a second for each"
                + " million changes";
        return switch (store.view()) {
            case WHOLE -> Finding.ok("view", "whole, and at the end of the journal");
            case IN_USE -> Finding.ok("view", "kept by the writer");
            case NONE -> Finding.warn("view", "there is none", heals);
            case DIRTY -> Finding.warn("view", "dirty: its writer ended without closing it", heals);
            case OTHER_BOOT -> Finding.warn("view", "written before this machine started", heals);
            case BEHIND -> Finding.warn("view", "it ends elsewhere than the journal", heals);
            case DAMAGED -> Finding.warn("view", "damaged", heals + "; if that happens again, check the disk");
        };
    }
}
