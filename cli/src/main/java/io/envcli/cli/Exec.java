package io.envcli.cli;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Makes this process another program, as execve(2) does: same process, no JVM any more. Threads of the JVM end, its signal
 * handlers with them; the launcher starts it with {@code -Xrs}, so that no signal is blocked in what follows.
 */
final class Exec {
    /** No such file. */
    static final int ENOENT = 2;
    /** Arguments and environment are too long. */
    static final int E2BIG = 7;
    /** A file that is no program. */
    static final int ENOEXEC = 8;
    /** Not executable. */
    static final int EACCES = 13;
    private static final int ENOTDIR = 20;

    private static final int FIRST_OWN_DESCRIPTOR = 3;
    private static final int F_SETFD = 2;
    private static final int FD_CLOEXEC = 1;
    private static final Path COMMAND_LINE = Path.of("/proc/self/cmdline");
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    private static final String SHELL = "/bin/sh";

    private final List<byte[]> arguments;
    private final List<byte[]> environment;

    /**
     * A program to be.
     *
     * @param arguments   its name first.
     * @param environment {@code NAME=VALUE} each.
     */
    Exec(final List<byte[]> arguments, final List<byte[]> environment) {
        this.arguments = arguments;
        this.environment = environment;
    }

    /**
     * Arguments as they were typed: text loses what is not UTF-8, so their bytes are taken from the system where it tells.
     *
     * @param text the last arguments of this process.
     * @return their bytes.
     */
    static List<byte[]> arguments(final List<String> text) {
        final List<byte[]> decoded = text.stream().map(it -> it.getBytes(StandardCharsets.UTF_8)).toList();
        try {
            final List<byte[]> all = split(Files.readAllBytes(COMMAND_LINE));
            final List<byte[]> last = all.subList(Math.max(0, all.size() - text.size()), all.size());
            final List<String> shown = last.stream().map(it -> new String(it, StandardCharsets.UTF_8)).toList();
            return shown.equals(text) ? last : decoded;
        } catch (final IOException e) {
            return decoded; // No such file but on Linux.
        }
    }

    private static List<byte[]> split(final byte[] line) {
        final List<byte[]> arguments = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < line.length; i++) {
            if (line[i] == 0) {
                arguments.add(Arrays.copyOfRange(line, start, i));
                start = i + 1;
            }
        }
        return arguments;
    }

    /**
     * Finds a program as a shell does, and becomes it. Returns only if that failed.
     *
     * @param command a path, if it has a slash, or a name to look for.
     * @param path    folders to look in, with colons between.
     * @return the error's number.
     */
    int search(final String command, final String path) {
        if (command.indexOf('/') >= 0) {
            return replaceOrInterpret(command);
        }
        int error = ENOENT;
        for (final String folder : path.split(":", -1)) {
            final int failed = command.isEmpty() ? ENOENT
                    : replaceOrInterpret((folder.isEmpty() ? "." : folder) + "/" + command);
            if (failed != ENOENT && failed != ENOTDIR && failed != EACCES) {
                return failed;
            }
            error = failed == EACCES ? EACCES : error; // One in a later folder may do.
        }
        return error;
    }

    /** A text without a first line that names its interpreter is one for the shell. */
    private int replaceOrInterpret(final String file) {
        final int error = replace(file, arguments);
        if (error != ENOEXEC) {
            return error;
        }
        final List<byte[]> interpreted = new ArrayList<>(arguments);
        interpreted.set(0, file.getBytes(StandardCharsets.UTF_8));
        interpreted.addFirst(SHELL.getBytes(StandardCharsets.UTF_8));
        return replace(SHELL, interpreted);
    }

    @SuppressWarnings("restricted") // Linking by hand; the descriptors are those of the C library's manual pages.
    private int replace(final String file, final List<byte[]> with) {
        final Linker linker = Linker.nativeLinker();
        final MemoryLayout state = Linker.Option.captureStateLayout();
        final MethodHandle execve = linker.downcallHandle(linker.defaultLookup().findOrThrow("execve"),
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS,
                        ValueLayout.ADDRESS),
                Linker.Option.captureCallState("errno"));
        if (!Files.exists(Path.of(file))) {
            return ENOENT;
        }
        closeOwn(linker);
        try (Arena arena = Arena.ofConfined()) {
            final MemorySegment error = arena.allocate(state);
            final MemorySegment name = arena.allocateFrom(file);
            final int result = (int) execve.invokeExact(error, name, vector(arena, with),
                    vector(arena, environment));
            return result == 0 ? 0
                    : error.get(ValueLayout.JAVA_INT, state.byteOffset(MemoryLayout.PathElement.groupElement("errno")));
        } catch (final Throwable e) {
            throw new LinkageError("execve", e);
        }
    }

    private static MemorySegment vector(final Arena arena, final List<byte[]> strings) {
        final MemorySegment vector = arena.allocate(ValueLayout.ADDRESS, strings.size() + 1L);
        for (int i = 0; i < strings.size(); i++) {
            final byte[] bytes = strings.get(i);
            final MemorySegment copy = arena.allocate(bytes.length + 1L);
            MemorySegment.copy(bytes, 0, copy, ValueLayout.JAVA_BYTE, 0, bytes.length);
            vector.setAtIndex(ValueLayout.ADDRESS, i, copy);
        }
        return vector;
    }

    /** The JVM leaves its jars open to whatever comes after it; what the caller has opened is the command's. */
    @SuppressWarnings("restricted") // as above
    private static void closeOwn(final Linker linker) {
        final MethodHandle fcntl = linker.downcallHandle(linker.defaultLookup().findOrThrow("fcntl"),
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT,
                        ValueLayout.JAVA_INT),
                Linker.Option.firstVariadicArg(2));
        try (Stream<Path> descriptors = Files.list(DESCRIPTORS)) {
            for (final Path descriptor : descriptors.toList()) {
                final int number = Integer.parseInt(String.valueOf(descriptor.getFileName()));
                if (number >= FIRST_OWN_DESCRIPTOR && isOwn(descriptor)) {
                    final int ignored = (int) fcntl.invokeExact(number, F_SETFD, FD_CLOEXEC);
                    assert ignored >= -1; // A descriptor that is gone needs no mark.
                }
            }
        } catch (final IOException e) {
            return; // Not on Linux: a jar that stays open harms nobody.
        } catch (final Throwable e) {
            throw new LinkageError("fcntl", e);
        }
    }

    private static boolean isOwn(final Path descriptor) {
        try {
            final String target = Files.readSymbolicLink(descriptor).toString();
            return target.endsWith(".jar") || target.startsWith(System.getProperty("java.home", "/none") + "/");
        } catch (final IOException e) {
            return false; // It is the one that listed the folder.
        }
    }
}
