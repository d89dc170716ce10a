package io.envcli.scan.internal.walk;

import java.nio.file.Path;

/**
 * A regular file that a walk takes.
 *
 * @param path  to open it by.
 * @param shown to name it by: as the user named the top, then the names below it.
 * @param stat  as it was when it was found.
 */
public record FoundFile(Path path, String shown, FileStat stat) {}
