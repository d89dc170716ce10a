package io.envcli.scan;

import java.nio.file.Path;
import java.util.List;

/**
 * What to scan. Immutable.
 *
 * @param paths            files and folders; a file named outright is taken whatever the rest says.
 * @param base             the folder that globs are relative to.
 * @param obeysIgnoreFiles whether {@code .gitignore}, {@code .ignore} and {@code .git/info/exclude} count.
 * @param hidden           whether hidden files and folders are taken; {@code .env} files and {@code .github} always are.
 * @param follows          whether symbolic links are followed.
 * @param globs            of files to take, or with {@code !} to leave out, as ripgrep's.
 * @param types            of files to take, as {@link Scanner#types()} has them; all if empty.
 * @param threads          to use, at least 1.
 */
public record ScanRequest(List<Path> paths, Path base, boolean obeysIgnoreFiles, boolean hidden, boolean follows,
        List<String> globs, List<String> types, int threads) {
    /** Checks what can be checked without reading a file. */
    public ScanRequest {
        paths = List.copyOf(paths);
        globs = List.copyOf(globs);
        types = List.copyOf(types);
        if (threads < 1) {
            throw new IllegalArgumentException("threads=" + threads + " is none; use 1 or more");
        }
    }

    /**
     * A scan as a person means it: ignore files count, hidden files and links are left, every CPU is used.
     *
     * @param paths files and folders.
     * @return the request.
     */
    public static ScanRequest of(final List<Path> paths) {
        return new ScanRequest(paths, Path.of(""), true, false, false, List.of(), List.of(),
                Runtime.getRuntime().availableProcessors());
    }
}
