package io.envcli.journal;

/**
 * What a commit says about its transaction besides what the journal counts itself.
 *
 * @param timeMs        milliseconds since 1970.
 * @param variableCount distinct variables that the transaction set or unset.
 * @param source        where they came from, in words; sealed.
 * @param user          who; sealed.
 * @param host          where; sealed.
 */
public record CommitInfo(long timeMs, long variableCount, String source, String user, String host) {}
