package io.envcli.scan.internal.walk;

import java.util.List;
import java.util.function.Predicate;

/**
 * What a walk takes and leaves.
 *
 * @param obeysIgnoreFiles whether ignore files count.
 * @param hidden           whether hidden files and folders are taken.
 * @param follows          whether symbolic links are followed.
 * @param globs            of files to take, or with {@code !} to leave out.
 * @param exactly          whether each file's identity is asked for.
 * @param isWanted         asked with the path of each file as shown.
 * @param isNeverHidden    asked with the name of each hidden file or folder: true takes it nevertheless.
 */
public record WalkOptions(boolean obeysIgnoreFiles, boolean hidden, boolean follows, List<String> globs,
        boolean exactly, Predicate<String> isWanted, Predicate<String> isNeverHidden) {}
