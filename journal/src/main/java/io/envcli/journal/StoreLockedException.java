package io.envcli.journal;

import java.nio.file.Path;

/** Another writer has the store open. */
public final class StoreLockedException extends JournalException {
    private static final long serialVersionUID = 1L;

    private final long pid;

    StoreLockedException(final Path lock, final long pid) {
        super(lock + ": the store is open for writing in " + (pid == ProcessHandle.current().pid()
                ? "this process"
                : pid > 0 ? "process " + pid : "another process")
                + "; wait for it to end, or stop it");
        this.pid = pid;
    }

    /** {@return process id of the writer; 0 if it is not known} */
    public long pid() {
        return pid;
    }
}
