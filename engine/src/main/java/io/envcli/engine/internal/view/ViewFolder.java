package io.envcli.engine.internal.view;

import io.envcli.journal.Checkpoint;
import io.envcli.journal.JournalReader;
import io.envcli.journal.JournalSalvage;
import io.envcli.journal.JournalSurvey;
import io.envcli.journal.SalvageReport;
import io.envcli.journal.UserKey;
import io.envcli.offheap.FileSpace;
import io.envcli.offheap.HashIndex;
import io.envcli.offheap.HashIndexFolder;
import io.envcli.offheap.HashIndexReader;
import io.envcli.offheap.IndexDamagedException;
import io.envcli.simd.SipHash;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * The folder {@code view} of a store: decides whether the view in it can be trusted, and rebuilds it from the journal when it
 * cannot be.
 *
 * <p>A rebuild goes on in a folder of its own below; when it is whole, its file is renamed into place. What was not trusted
 * is deleted before, so a reader finds either a view that is whole or none.
 */
public final class ViewFolder {
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY = PosixFilePermissions
            .asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final String REBUILD = "rebuild";
    private static final long FIRST_ENTRIES = 4_096;
    private static final long FIRST_VERSIONS = 1_024;

    private final Path store;
    private final Path folder;
    private final byte[] storeId;
    private final byte[] bootId;
    private final HashIndexFolder files;
    /** Of the view that is being made in the workshop. */
    private long nextGeneration;

    /**
     * The view of a store.
     *
     * @param store   its folder.
     * @param storeId its id.
     */
    public ViewFolder(final Path store, final byte[] storeId) {
        this(store, store.resolve("view"), storeId);
    }

    /**
     * A view that lies elsewhere: of a store that cannot be written.
     *
     * @param store   its folder.
     * @param folder  of the view.
     * @param storeId its id.
     */
    public ViewFolder(final Path store, final Path folder, final byte[] storeId) {
        final BootId boot = BootId.current();
        this.store = store;
        this.folder = folder;
        this.storeId = storeId.clone();
        this.bootId = ByteBuffer.allocate(16).putLong(boot.high()).putLong(boot.low()).array();
        this.files = new HashIndexFolder(folder, storeId, bootId);
    }

    /** {@return the folder of the journal that this is the view of} */
    public Path store() {
        return store;
    }

    /**
     * Maps the newest view for reading, without judging it.
     *
     * @return the reader, which the caller closes; null if there is none.
     * @throws IndexDamagedException if it is damaged.
     * @throws IOException           if it cannot be read.
     */
    public @Nullable HashIndexReader openNewest() throws IOException {
        return files.openNewest();
    }

    /**
     * {@return number of the newest generation; 0 if there is none}
     *
     * @throws IOException if the folder cannot be listed.
     */
    public long newestGeneration() throws IOException {
        return files.newestGeneration();
    }

    /**
     * {@return the file of the newest generation}
     *
     * @throws IOException if the folder cannot be listed.
     */
    public Path newestFile() throws IOException {
        return files.file(files.newestGeneration());
    }

    /**
     * Whether a view that no writer has open can be trusted: it was closed, in this boot of the machine, at the very end of
     * the journal.
     *
     * @param reader of it.
     * @return true to trust it.
     * @throws IOException if the journal cannot be read.
     */
    public boolean isWhole(final HashIndexReader reader) throws IOException {
        final long[] applied = new long[2];
        return !reader.isDirty() && reader.isOfBoot(bootId) && reader.applied(applied)
                && JournalReader.endsAt(store, (int) applied[0], applied[1]);
    }

    /**
     * Whether a view can be read that was not closed, since its writer was killed: it is of this boot of the machine, and
     * nothing is committed in the journal that is not in the view. Every single store of a writer leaves the view as readers
     * can use it, so one that stops for ever has left it so, too. To be written to it must be made anew.
     *
     * @param reader of it, at the newest version.
     * @return true to read it.
     * @throws IOException if the journal cannot be looked at.
     */
    public boolean isReadable(final HashIndexReader reader) throws IOException {
        if (!reader.isDirty() || !reader.isOfBoot(bootId) || reader.isSuperseded()) {
            return false;
        }
        final JournalSurvey survey = JournalSurvey.of(store);
        return survey.complete() && survey.commits() == reader.version();
    }

    /**
     * Whether there is a view, no writer has it open, and it can be trusted. The caller holds the store's lock.
     *
     * @return true to open it; false to rebuild it.
     * @throws IOException if the journal cannot be read.
     */
    public boolean isWhole() throws IOException {
        try (HashIndexReader reader = files.openNewest()) {
            return reader != null && isWhole(reader);
        } catch (final IndexDamagedException e) {
            return false;
        }
    }

    /**
     * Opens a view for writing that {@link #isWhole()}.
     *
     * @return the view, which the caller closes.
     * @throws IOException if it cannot be opened.
     */
    public LiveView openForWriting() throws IOException {
        final HashIndex index = files.openForWriting();
        if (index == null) {
            throw new IOException(folder + ": the view has vanished");
        }
        return new LiveView(files, index);
    }

    /**
     * Opens a view for writing that {@link #isWhole()}, if its counters are so too.
     *
     * @return the view, which the caller closes; null if it must be rebuilt.
     * @throws IOException if it cannot be opened.
     */
    public @Nullable LiveView tryOpenForWriting() throws IOException {
        try {
            return openForWriting();
        } catch (final IndexDamagedException e) {
            return null;
        }
    }

    /**
     * Whether a view was written in this boot of the machine.
     *
     * @param reader of it.
     * @return true if so.
     */
    public boolean isOfThisBoot(final HashIndexReader reader) {
        return reader.isOfBoot(bootId);
    }

    /**
     * Makes the view of a journal that has no change yet. The caller holds the store's lock.
     *
     * @param end of the journal.
     * @return the view, which the caller closes.
     * @throws IOException if it cannot be written.
     */
    public LiveView create(final Checkpoint end) throws IOException {
        final long generation = files.newestGeneration() + 1;
        deleteAll();
        Files.createDirectories(folder, OWNER_ONLY);
        final LiveView view = new LiveView(files, HashIndex.create(files.file(generation), generation, storeId, bootId,
                FIRST_ENTRIES, FIRST_VERSIONS));
        view.applied(end.segment(), end.position());
        return view;
    }

    /**
     * Rebuilds the view from the journal. The caller holds the store's lock, or owns the folder.
     *
     * @param key   of the user.
     * @param names hasher of names.
     * @return the view, which the caller closes.
     * @throws IOException if the journal is damaged, or the view cannot be written.
     */
    public LiveView rebuild(final UserKey key, final SipHash names) throws IOException {
        return rebuild(key, names, JournalSurvey.of(store));
    }

    /**
     * Rebuilds the view as {@link #rebuild(UserKey, SipHash)} does, of a journal that was looked at.
     *
     * @param key    of the user.
     * @param names  hasher of names.
     * @param survey of the journal; {@link JournalSurvey#whileWritten()} if a writer may be at work: then the view goes up to
     *               where the journal ends by then.
     * @return the view, which the caller closes.
     * @throws IOException if the journal is damaged, or the view cannot be written.
     */
    public LiveView rebuild(final UserKey key, final SipHash names, final JournalSurvey survey) throws IOException {
        final HashIndexFolder rebuilt = workshop();
        try (JournalReader journal = JournalReader.open(store, key);
                RebuildPipe pipe = new RebuildPipe(journal, survey, names)) {
            pipe.start(); // It reads ahead while the view's file is made.
            enter(pipe, begin(rebuilt, survey));
        }
        publish(rebuilt);
        return openForWriting();
    }

    private static void enter(final RebuildPipe pipe, final LiveView view) throws IOException {
        try {
            final Checkpoint end = pipe.run(new Rebuild(view));
            view.abandonAll();
            view.applied(end.segment(), end.position());
        } catch (final IOException | RuntimeException | Error e) {
            view.closeDirty();
            throw e;
        }
        view.close();
    }

    /**
     * Builds a view of what is whole of a damaged journal, and notes what is not. It stays marked as one that was not
     * closed, so that nobody takes it for a whole one. The caller holds the store's lock, or owns the folder.
     *
     * @param key   of the user.
     * @param names hasher of names.
     * @throws IOException if nothing of the journal can be read, or the view cannot be written.
     */
    public void salvage(final UserKey key, final SipHash names) throws IOException {
        final HashIndexFolder rebuilt = workshop();
        final LiveView view = begin(rebuilt, JournalSurvey.of(store));
        final Rebuild rebuild = new Rebuild(view);
        try (JournalSalvage journal = JournalSalvage.open(store, key);
                ReplayBatch batch = new ReplayBatch();
                ReplayRows rows = new ReplayRows(batch, names, filled -> {
                    rebuild.enter(filled);
                    return filled;
                })) {
            final long stamp = SalvageNote.stampOf(store);
            final SalvageReport report = journal.read(rows);
            rows.handOver();
            view.abandonAll();
            new SalvageNote(stamp, report).write(store, folder, rebuilt.newestGeneration());
        } finally {
            view.closeDirty();
        }
        publish(rebuilt);
    }

    /**
     * What is lost to a view that was salvaged from a damaged journal.
     *
     * @param reader of the view.
     * @return the note; null if it is another view, or the journal has changed since.
     * @throws IOException if the journal cannot be looked at.
     */
    public @Nullable SalvageNote salvaged(final HashIndexReader reader) throws IOException {
        final SalvageNote note = reader.isOfBoot(bootId) ? SalvageNote.read(store, folder, reader.generation()) : null;
        return note == null || !note.isOf(store) ? null : note;
    }

    /**
     * Whether a view is one that was salvaged, so that nobody may take it for a whole one.
     *
     * @param reader of it.
     * @return true if so.
     */
    public boolean isSalvaged(final HashIndexReader reader) {
        return SalvageNote.exists(folder, reader.generation());
    }

    /**
     * Deletes a view that cannot be trusted, before anything else is done about it: readers trust the view of a store that
     * somebody has locked. The next one still has a higher number. The caller holds the store's lock, or owns the folder.
     *
     * @throws IOException if it cannot be deleted.
     */
    public void discard() throws IOException {
        nextGeneration = Math.max(nextGeneration, files.newestGeneration() + 1);
        deleteAll();
    }

    /** Where a new view is made: nobody looks there for one. */
    private HashIndexFolder workshop() throws IOException {
        discard();
        return new HashIndexFolder(Files.createDirectories(folder.resolve(REBUILD), OWNER_ONLY), storeId, bootId);
    }

    /** With room for what the survey has found, so that it need not grow unless there are very many environments. */
    private LiveView begin(final HashIndexFolder rebuilt, final JournalSurvey survey) throws IOException {
        FileSpace.startPretouching();
        return new LiveView(rebuilt, HashIndex.create(rebuilt.file(nextGeneration), nextGeneration, storeId, bootId,
                FIRST_ENTRIES + survey.changes(), FIRST_VERSIONS + survey.commits()));
    }

    private void publish(final HashIndexFolder rebuilt) throws IOException {
        final Path file = rebuilt.file(rebuilt.newestGeneration());
        Files.move(file, folder.resolve(file.getFileName()), StandardCopyOption.ATOMIC_MOVE);
        delete(folder.resolve(REBUILD));
    }

    /**
     * Deletes whatever view there is. The caller holds the store's lock, or owns the folder.
     *
     * @throws IOException if it cannot be deleted.
     */
    public void deleteAll() throws IOException {
        files.deleteAll();
        SalvageNote.deleteAll(folder);
        delete(folder.resolve(REBUILD));
    }

    private static void delete(final Path workshop) throws IOException {
        if (Files.isDirectory(workshop)) {
            try (DirectoryStream<Path> left = Files.newDirectoryStream(workshop)) {
                for (final Path file : left) {
                    Files.delete(file);
                }
            }
            Files.delete(workshop);
        }
    }
}
