package io.envcli.scan;

import java.util.List;

/**
 * What a scan found: the same for any number of threads.
 *
 * @param uses     by file in byte order of the paths, then by place.
 * @param problems what could not be read or was left out, by file.
 * @param files    how many files were read.
 * @param bytes    how many bytes they had.
 */
public record ScanReport(List<Use> uses, List<Problem> problems, long files, long bytes) {
    /**
     * Something that could not be read, or was left out for what it is.
     *
     * @param file   its path as shown.
     * @param reason for a person.
     */
    public record Problem(String file, String reason) {}
}
