package io.envcli.journal;

import io.envcli.offheap.DiskFullException;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

/**
 * The first failure of a writer, after which it takes no more: what is on disk then is not known until it is read.
 *
 * <p>Threading: one thread.
 */
final class WriterFailure {
    private final SegmentChain segments;
    private @Nullable Throwable cause;

    WriterFailure(final SegmentChain segments) {
        this.segments = segments;
    }

    /** What may fail. */
    interface Action {
        long run() throws IOException;
    }

    /** Whatever goes wrong in it, the writer takes no more. */
    long guarded(final Action action) throws IOException {
        try {
            return action.run();
        } catch (final DiskFullException e) {
            cause = e;
            throw new JournalFullException(e);
        } catch (final IOException | RuntimeException | Error e) {
            // An InternalError is a page of the file that could not be had.
            cause = e;
            throw new JournalFailedException(segments.file() + ": the journal could not be written" + reason(e), e);
        }
    }

    /** What the system says; other messages are for whoever reads the stack trace. */
    private static String reason(final Throwable thrown) {
        return switch (thrown) {
            case AccessDeniedException e -> " (" + e.getFile() + ": permission denied)"; // The message is the file alone.
            case NoSuchFileException e -> " (" + e.getFile() + ": no such file)";
            case IOException e -> " (" + e.getMessage() + ")";
            case InternalError _ -> " (a page of it could not be had: the disk fails, or the file was cut)";
            default -> "";
        };
    }

    void set(final Throwable failure) {
        cause = failure;
    }

    boolean isSet() {
        return cause != null;
    }

    /** Throws if there was one. */
    void check() throws JournalFailedException {
        if (cause != null) {
            throw new JournalFailedException(segments.file() + ": the journal failed before", cause);
        }
    }
}
