package io.envcli.cli;

import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Reads the value of a variable from where nobody else can see it: from stdin, from a file, or typed without an echo.
 * Never from an argument, since every user of the machine can read those.
 */
final class ValueInput {
    /** Name, {@code =} and value together are at most 131,071 bytes; the engine counts exactly. */
    private static final int MAX_VALUE_LENGTH = 131_069;

    private ValueInput() {}

    /**
     * Reads the value.
     *
     * @param call   which says from where.
     * @param file   a path, or {@code -} for stdin.
     * @param prompt shown if somebody types the value.
     * @param raw    keep the line feed at the end; otherwise one is taken off.
     * @return the value's bytes.
     * @throws CommandException if it is too long, or nothing can be typed here.
     * @throws IOException      if it cannot be read.
     */
    static byte[] read(final Call call, final String file, final String prompt, final boolean raw)
            throws CommandException, IOException {
        if (!file.equals("-")) {
            return readFile(Path.of(file), raw);
        }
        return call.shell().stdinIsTerminal() ? typed(call, prompt) : readStdin(call, raw);
    }

    private static byte[] readFile(final Path file, final boolean raw) throws CommandException, IOException {
        if (Files.isDirectory(file)) {
            throw CommandException.failed(file + ": a folder holds no value; name a file");
        }
        try (InputStream in = Files.newInputStream(file)) {
            return read(in, file.toString(), raw);
        } catch (final FileSystemException e) {
            throw e; // It names the file.
        } catch (final IOException e) {
            throw new FileSystemException(file.toString(), null, "cannot be read: " + e.getMessage());
        }
    }

    private static byte[] readStdin(final Call call, final boolean raw) throws CommandException, IOException {
        try {
            return read(call.shell().stdin(), "stdin", raw);
        } catch (final IOException e) { // such as a closed one
            throw call
                    .misuse("stdin cannot be read (" + e.getMessage() + "); pipe the value in or use --from-file FILE");
        }
    }

    private static byte[] read(final InputStream in, final String source, final boolean raw)
            throws CommandException, IOException {
        final byte[] bytes = in.readNBytes(MAX_VALUE_LENGTH + 2);
        final byte[] value = raw ? bytes : withoutLineFeed(bytes);
        if (value.length > MAX_VALUE_LENGTH) {
            throw CommandException.failed(source + ": the value is longer than " + MAX_VALUE_LENGTH
                    + " bytes, more than a process environment takes; keep it in a file and set the file's path");
        }
        return value;
    }

    private static byte[] withoutLineFeed(final byte[] bytes) {
        final int last = bytes.length - 1;
        return last >= 0 && bytes[last] == '\n' ? Arrays.copyOf(bytes, last) : bytes;
    }

    // JDK 25 went back to a console that is null unless stdin and stdout both are terminals; 22 to 24 had one always.
    @SuppressWarnings("SystemConsoleNull")
    private static byte[] typed(final Call call, final String prompt) throws CommandException {
        final Console console = System.console();
        if (console == null || !console.isTerminal()) {
            throw call.misuse("stdin is a terminal, and the value cannot be typed unseen here; pipe it in or use"
                    + " --from-file FILE");
        }
        call.out().progress(prompt);
        final char[] typed = console.readPassword();
        if (typed == null) {
            throw call.misuse("no value was typed; nothing was changed");
        }
        try {
            final String text = new String(typed);
            if (text.indexOf('\uFFFD') >= 0) {
                throw call.misuse("what was typed is not UTF-8; set a UTF-8 locale, or pipe the value in");
            }
            return text.getBytes(StandardCharsets.UTF_8);
        } finally {
            Arrays.fill(typed, '\0');
        }
    }
}
