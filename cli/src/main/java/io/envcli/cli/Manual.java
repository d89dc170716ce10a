package io.envcli.cli;

/**
 * What a verb's help says beside the options.
 *
 * @param arguments the synopsis after the options, such as {@code NAME}; may be empty.
 * @param examples  two lines or more, each a command that works as it stands.
 * @param purpose   what it does, in wrapped lines.
 */
record Manual(String arguments, String examples, String purpose) {}
