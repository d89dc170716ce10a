package io.envcli.scan.internal.rule;

/**
 * A function of the tree that reads the variable which its first argument names.
 *
 * @param language    of it.
 * @param name        of the function.
 * @param file        that has it.
 * @param hasDefault  whether its second parameter is, by its name, a default.
 */
public record Wrapper(String language, String name, String file, boolean hasDefault) {}
