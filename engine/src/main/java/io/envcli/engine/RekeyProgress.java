package io.envcli.engine;

/** Told how far a rekeying is, once a frame of the journal. Called on the thread that rekeys; must return soon. */
@FunctionalInterface
public interface RekeyProgress {
    /** Tells nobody. */
    RekeyProgress NONE = (bytes, totalBytes) -> {};

    /**
     * Some more has been sealed anew.
     *
     * @param bytes      of the journal so far.
     * @param totalBytes of the journal.
     */
    void onProgress(long bytes, long totalBytes);
}
