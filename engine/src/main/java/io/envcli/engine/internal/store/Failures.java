package io.envcli.engine.internal.store;

import io.envcli.engine.StoreConfig;
import io.envcli.engine.StoreException;
import io.envcli.engine.StoreException.Kind;
import io.envcli.engine.internal.view.ViewDamagedException;
import io.envcli.journal.JournalDamagedException;
import io.envcli.journal.JournalFullException;
import io.envcli.journal.NotAJournalException;
import io.envcli.journal.SegmentMissingException;
import io.envcli.journal.StoreLockedException;
import io.envcli.journal.UnsupportedFormatException;
import io.envcli.journal.WrongKeyException;
import io.envcli.offheap.DiskFullException;
import io.envcli.offheap.IndexDamagedException;
import io.envcli.ringbuffers.PipelineFailedException;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;

/** Puts the failures of the modules below into the words of the API. */
public final class Failures {
    private Failures() {}

    /**
     * The API's exception for a failure below.
     *
     * @param store  the store's folder.
     * @param thrown what was thrown; its messages hold no value.
     * @return the exception to throw.
     */
    public static StoreException of(final Path store, final Throwable thrown) {
        return switch (thrown) {
            case StoreException e -> e;
            case ViewDamagedException e -> damagedView(e);
            case PipelineFailedException e when e.getCause() != null -> stopped(store, e.getCause());
            case PipelineFailedException e -> new StoreException(Kind.CLOSED, store + ": the store is closed", e);
            case AccessDeniedException e -> new StoreException(Kind.IO,
                    e.getFile() + ": permission denied; check owner and mode of the store", e);
            case NoSuchFileException e -> new StoreException(Kind.IO, e.getFile() + ": no such file", e);
            case ReadOnlyFileSystemException e -> readOnly(store, e);
            case FileSystemException e when isReadOnly(e) -> readOnly(store, e);
            case InternalError e -> new StoreException(Kind.IO, store + ": a mapped page of the view or the journal"
                    + " could not be had; the disk fails, or a file was cut; check both, and run verify", e);
            default -> new StoreException(kind(thrown), message(store, thrown), thrown);
        };
    }

    /**
     * The same for what opens a store with its key.
     *
     * @param config of the store.
     * @param thrown what was thrown.
     * @return the exception to throw; it names the key file where the key is to blame.
     */
    public static StoreException of(final StoreConfig config, final Throwable thrown) {
        return thrown instanceof WrongKeyException ? new StoreException(Kind.KEY,
                config.keyFile() + ": wrong key: the store " + config.directory()
                        + " was made with another; restore that"
                        + " one from a copy, or name its file",
                thrown) : of(config.directory(), thrown);
    }

    private static StoreException readOnly(final Path store, final Throwable thrown) {
        return new StoreException(Kind.IO, store + ": the disk is read-only; mount it for writing, or name"
                + " another folder", thrown);
    }

    /** The JDK has an exception of its own for this, but throws it for archives alone. */
    private static boolean isReadOnly(final FileSystemException e) {
        return String.valueOf(e.getReason()).contains("Read-only file system");
    }

    private static StoreException damagedView(final ViewDamagedException damaged) {
        return new StoreException(Kind.DAMAGED, damaged.store().resolve("view") + ": " + damaged.getMessage()
                + "; delete that folder to have it rebuilt from the journal, and run verify", damaged);
    }

    private static StoreException stopped(final Path store, final Throwable cause) {
        final StoreException first = of(store, cause);
        return new StoreException(first.kind(),
                first.getMessage() + "; nothing unacknowledged is certain, close the store and open it again", cause);
    }

    private static String message(final Path store, final Throwable thrown) {
        final String message = thrown.getMessage();
        if (message == null) {
            return store + ": " + thrown.getClass().getSimpleName();
        }
        // The system's own words name no file.
        return thrown.getClass() == IOException.class && !message.contains(": ")
                ? store + ": cannot be read or written: " + message
                : message;
    }

    private static Kind kind(final Throwable thrown) {
        return switch (thrown) {
            case WrongKeyException _ -> Kind.KEY;
            case StoreLockedException _ -> Kind.LOCKED;
            case NotAJournalException _ -> Kind.NOT_A_STORE;
            case UnsupportedFormatException _ -> Kind.NOT_A_STORE;
            case JournalDamagedException _ -> Kind.DAMAGED;
            case SegmentMissingException _ -> Kind.DAMAGED;
            case IndexDamagedException _ -> Kind.DAMAGED;
            case JournalFullException _ -> Kind.DISK_FULL;
            case DiskFullException _ -> Kind.DISK_FULL;
            case IOException e when isFull(e) -> Kind.DISK_FULL;
            default -> Kind.IO;
        };
    }

    private static boolean isFull(final IOException e) {
        return String.valueOf(e.getMessage()).contains("No space left on device");
    }
}
