package io.envcli.offheap;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.file.FileSystems;
import java.nio.file.Path;

/**
 * The few calls of the C library that the JDK does not offer. Constants are those of Linux, on x86-64 and AArch64.
 *
 * <p>Threading: any thread.
 */
final class Posix {
    static final int ENOENT = 2;
    static final int EINTR = 4;
    static final int EINVAL = 22;
    static final int ENFILE = 23;
    static final int EMFILE = 24;
    static final int ENOSPC = 28;
    static final int ENOSYS = 38;
    static final int EOPNOTSUPP = 95;
    static final int EDQUOT = 122;

    private static final int O_RDWR = 2;
    private static final int O_CREAT = 0x40;
    private static final int O_CLOEXEC = 0x80000;
    /** For the owner alone: what is allocated here belongs to a store. */
    private static final int CREATE_MODE = 0600;

    private Posix() {}

    /** {@return whether the calls are there and the file is one that they can name} */
    static boolean isAvailable(final Path file) {
        return file.getFileSystem().equals(FileSystems.getDefault()) && Calls.INSTANCE != null;
    }

    /**
     * Opens a file, creating it if need be, and allocates a range of it.
     *
     * @return 0, or the error's number.
     */
    static int allocate(final Path file, final long from, final long length) {
        final Calls calls = Calls.INSTANCE;
        if (calls == null) {
            return ENOSYS;
        }
        try (Arena arena = Arena.ofConfined()) {
            final MemorySegment state = arena.allocate(Calls.STATE);
            final int descriptor = calls.open(state, arena.allocateFrom(ValueLayout.JAVA_BYTE, name(file)));
            if (descriptor < 0) {
                return -descriptor;
            }
            try {
                int error;
                do {
                    error = calls.allocate(descriptor, from, length);
                } while (error == EINTR);
                return error;
            } finally {
                calls.close(descriptor);
            }
        }
    }

    /** The file's name as the kernel has it: a path's text may have lost bytes that its locale cannot show. */
    private static byte[] name(final Path file) {
        final String uri = file.toAbsolutePath().toUri().getRawPath();
        final ByteArrayOutputStream name = new ByteArrayOutputStream(uri.length() + 1);
        for (int i = 0; i < uri.length(); i++) {
            if (uri.charAt(i) == '%') {
                name.write(Integer.parseInt(uri, i + 1, i + 3, 16));
                i += 2;
            } else {
                name.write(uri.charAt(i));
            }
        }
        name.write(0);
        return name.toByteArray();
    }

    /** Bound on first use: linking costs milliseconds that a process which never allocates should not pay. */
    private static final class Calls {
        static final MemoryLayout STATE = Linker.Option.captureStateLayout();
        static final @Nullable Calls INSTANCE = bind();
        private static final VarHandle ERRNO = STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

        private final MethodHandle open;
        private final MethodHandle allocate;
        private final MethodHandle close;

        private Calls(final MethodHandle open, final MethodHandle allocate, final MethodHandle close) {
            this.open = open;
            this.allocate = allocate;
            this.close = close;
        }

        // Restricted: linking by hand. The descriptors are those of the C library's manual pages.
        @SuppressWarnings("restricted")
        private static @Nullable Calls bind() {
            if (!System.getProperty("os.name", "").startsWith("Linux")) {
                return null;
            }
            final Linker linker = Linker.nativeLinker();
            final SymbolLookup library = linker.defaultLookup();
            final MemorySegment open = library.find("open").orElse(null);
            final MemorySegment allocate = library.find("posix_fallocate").orElse(null);
            final MemorySegment close = library.find("close").orElse(null);
            if (open == null || allocate == null || close == null) {
                return null;
            }
            return new Calls(
                    linker.downcallHandle(open,
                            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT,
                                    ValueLayout.JAVA_INT),
                            Linker.Option.captureCallState("errno"), Linker.Option.firstVariadicArg(2)),
                    linker.downcallHandle(allocate,
                            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG,
                                    ValueLayout.JAVA_LONG)),
                    linker.downcallHandle(close,
                            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT)));
        }

        /** {@return a descriptor, or the negated number of the error} */
        int open(final MemorySegment state, final MemorySegment name) {
            try {
                final int descriptor = (int) open.invokeExact(state, name, O_RDWR | O_CREAT | O_CLOEXEC, CREATE_MODE);
                return descriptor >= 0 ? descriptor : -(int) ERRNO.get(state, 0L);
            } catch (final Throwable e) {
                throw new LinkageError("open", e);
            }
        }

        int allocate(final int descriptor, final long from, final long length) {
            try {
                return (int) allocate.invokeExact(descriptor, from, length);
            } catch (final Throwable e) {
                throw new LinkageError("posix_fallocate", e);
            }
        }

        void close(final int descriptor) {
            try {
                // On Linux the descriptor is gone whatever close says, and nothing was written through it.
                final int ignored = (int) close.invokeExact(descriptor);
                assert ignored == 0 : descriptor;
            } catch (final Throwable e) {
                throw new LinkageError("close", e);
            }
        }
    }
}
