package io.envcli.engine.internal.files;

import java.nio.file.Path;

/**
 * A file to import.
 *
 * @param path        to open.
 * @param shown       how messages name it: as given by the user, or below the folder given.
 * @param environment it goes into.
 * @param size        in bytes when it was found; 0 if it has none to tell.
 */
public record SourceFile(Path path, String shown, String environment, long size) {}
