package io.envcli.scan.internal.rule;

/**
 * A file of definitions that another file names, whatever it is called itself.
 *
 * @param namedBy    the file that names it.
 * @param path       of it, as it is written there: relative to the folder of that file.
 * @param isRequired whether it must be there.
 */
public record EnvFile(String namedBy, String path, boolean isRequired) {}
