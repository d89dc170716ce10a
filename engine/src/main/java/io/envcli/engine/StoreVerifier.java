package io.envcli.engine;

import io.envcli.engine.internal.store.Failures;
import io.envcli.engine.internal.store.StoreFiles;
import io.envcli.engine.internal.store.StoreHead;
import io.envcli.engine.internal.view.ViewDamagedException;
import io.envcli.engine.internal.view.ViewFolder;
import io.envcli.journal.JournalDamagedException;
import io.envcli.journal.JournalReader;
import io.envcli.journal.JournalReport;
import io.envcli.journal.JournalVerifier;
import io.envcli.journal.StoreLock;
import io.envcli.journal.UserKey;
import io.envcli.offheap.HashIndexReader;
import io.envcli.offheap.HashIndexReport;
import io.envcli.offheap.IndexDamagedException;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads all of a store and says what is wrong with it. Takes no lock, and changes nothing: it does not heal the view.
 *
 * <p>Threading: any thread.
 */
public final class StoreVerifier {
    private StoreVerifier() {}

    /**
     * Verifies a store: every frame's numbering, checksum, seals and hashes, and every entry of the view. The view is left
     * out while a writer is at work on it.
     *
     * @param config where it is.
     * @return what was read and found.
     * @throws StoreException if there is no store, the key is not its key, or it cannot be read at all.
     */
    public static VerifyReport verify(final StoreConfig config) {
        final long start = System.nanoTime();
        try {
            StoreFiles.require(config.directory());
            final Path store = StoreFiles.home(config.directory());
            try (UserKey key = StoreFiles.existingKey(config.keyFile())) {
                final JournalReport journal = JournalVerifier.verify(store, key);
                final List<String> findings = new ArrayList<>();
                journal.findings().forEach(finding -> findings.add(finding.toString()));
                final long entries = StoreLock.state(store).writerActive() || !findings.isEmpty() ? 0
                        : verifyView(store, key, journal.versions(), findings);
                if (findings.isEmpty()) {
                    verifyHead(config, store, key, journal.versions(), findings);
                }
                return new VerifyReport(journal.segments(), journal.frames(), journal.changes(), journal.versions(),
                        journal.bytes(), entries, System.nanoTime() - start, findings);
            }
        } catch (final JournalDamagedException e) {
            // The journal's very beginning is damaged, so that nothing else of it can be judged.
            return new VerifyReport(0, 0, 0, 0, 0, 0, System.nanoTime() - start,
                    List.of(String.valueOf(e.getMessage())));
        } catch (final IOException | RuntimeException e) {
            throw Failures.of(config, e);
        }
    }

    private static void verifyHead(final StoreConfig config, final Path home, final UserKey key, final long versions,
            final List<String> findings) throws IOException {
        final byte[] storeId = storeId(home, key);
        final StoreHead head = StoreHead.of(config, storeId);
        final String behind = head.behind(versions);
        if (behind != null) {
            findings.add(behind);
            return;
        }
        final ViewFolder folder = new ViewFolder(home, storeId);
        try (HashIndexReader view = folder.openNewest()) {
            if (view != null && folder.isWhole(view)) {
                head.check(home, key, view);
            } // else only a reader, which makes a view, can find the commit that the record is about
        } catch (final IndexDamagedException _) {
            return; // As there.
        } catch (final StoreException | ViewDamagedException | JournalDamagedException e) {
            findings.add(String.valueOf(e.getMessage()));
        }
    }

    /**
     * Accepts that a store is in an older state than it was, or in another one: it was restored from a copy. It must be
     * intact.
     *
     * @param config where it is.
     * @return as {@link #verify} would answer now; nothing was accepted if that has findings.
     * @throws StoreException as there, or if the record beside the key cannot be written.
     */
    public static VerifyReport acceptOlder(final StoreConfig config) {
        final VerifyReport before = verify(config);
        try (StoreReader reader = StoreReader.openOlder(config)) {
            final String older = reader.older();
            if (older == null || !before.findings().equals(List.of(older))) {
                return before;
            }
            reader.recordHead();
            return new VerifyReport(before.segments(), before.frames(), before.changes(), before.versions(),
                    before.bytes(), before.entries(), before.nanos(), List.of());
        }
    }

    private static byte[] storeId(final Path home, final UserKey key) throws IOException {
        try (JournalReader journal = JournalReader.open(home, key)) {
            return journal.keys().storeId();
        }
    }

    private static long verifyView(final Path store, final UserKey key, final long versions,
            final List<String> findings) throws IOException {
        final ViewFolder folder = new ViewFolder(store, storeId(store, key));
        try (HashIndexReader view = folder.openNewest()) {
            if (view == null || !folder.isWhole(view)) {
                return 0; // Rebuilt by the next writer; what a reader answers from it is proved by the journal.
            }
            if (view.version() != versions) {
                findings.add(folder.newestFile() + ":0: the view is at version " + view.version() + ", the journal at "
                        + versions + rebuilt());
            }
            final HashIndexReport report = view.verify();
            for (final HashIndexReport.Finding finding : report.findings()) {
                findings.add(folder.newestFile() + ":" + finding.position() + ": " + finding.code() + rebuilt());
            }
            return report.entries();
        } catch (final IndexDamagedException e) {
            if (!StoreLock.state(store).clean()) {
                return 0; // As above: its writer, or power, ended before it was whole.
            }
            findings.add(e.getMessage() + rebuilt());
            return 0;
        }
    }

    private static String rebuilt() {
        return " (the journal is whole: delete the folder 'view' of the store and it is rebuilt)";
    }
}
