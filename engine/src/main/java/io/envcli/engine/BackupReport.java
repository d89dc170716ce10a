package io.envcli.engine;

/**
 * What was copied from or into a backup.
 *
 * @param version      the highest one in it.
 * @param changes      all versions included.
 * @param bytes        of the journal's frames.
 * @param sealsChecked whether a key was at hand, so that every seal was checked, too.
 * @param nanos        that it took.
 */
public record BackupReport(long version, long changes, long bytes, boolean sealsChecked, long nanos) {}
