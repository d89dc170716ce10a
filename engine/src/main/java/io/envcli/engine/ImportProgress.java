package io.envcli.engine;

/** Told now and then how far an import is. Called on the importing thread, at most once per slab; must return soon. */
@FunctionalInterface
public interface ImportProgress {
    /** Tells nobody. */
    ImportProgress NONE = (files, bytes, totalBytes) -> {};

    /**
     * Some more has been read.
     *
     * @param files      read to their end.
     * @param bytes      read.
     * @param totalBytes of all files, as far as known when the import began; 0 if unknown.
     */
    void onProgress(int files, long bytes, long totalBytes);
}
