package io.envcli.scan.internal.walk;

import io.envcli.scan.internal.walk.FileStat.Identity;
import org.jspecify.annotations.Nullable;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.concurrent.TimeUnit;

/**
 * Identities out of what the JDK has read already: its own class knows device, inode and time of change, and tells them only
 * as a map, which costs more than asking the system does. Where {@code sun.nio.fs} is not open to this module, the map
 * remains.
 */
final class UnixAttributes {
    /** Whether {@link #identity} may answer. */
    static final boolean ARE_OPEN;

    private static final @Nullable Class<?> OWNER;
    private static final @Nullable MethodHandle DEVICE;
    private static final @Nullable MethodHandle INODE;
    private static final @Nullable MethodHandle CHANGED;

    static {
        Class<?> owner = null;
        MethodHandle device = null;
        MethodHandle inode = null;
        MethodHandle changed = null;
        try {
            owner = Class.forName("sun.nio.fs.UnixFileAttributes");
            final MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(owner, MethodHandles.lookup());
            device = number(lookup, owner, "dev");
            inode = number(lookup, owner, "ino");
            changed = lookup.findVirtual(owner, "ctime", MethodType.methodType(FileTime.class))
                    .asType(MethodType.methodType(FileTime.class, PosixFileAttributes.class));
        } catch (final ReflectiveOperationException | RuntimeException e) {
            owner = null; // another JDK, or its package is not open: slower, not wrong
        }
        ARE_OPEN = owner != null;
        OWNER = owner;
        DEVICE = device;
        INODE = inode;
        CHANGED = changed;
    }

    private UnixAttributes() {}

    private static MethodHandle number(final MethodHandles.Lookup lookup, final Class<?> owner, final String name)
            throws ReflectiveOperationException {
        return lookup.findVirtual(owner, name, MethodType.methodType(long.class))
                .asType(MethodType.methodType(long.class, PosixFileAttributes.class));
    }

    /** The identity in attributes; null if they are those of another file system. */
    static @Nullable Identity identity(final PosixFileAttributes attributes) {
        if (OWNER == null || !OWNER.isInstance(attributes) || DEVICE == null || INODE == null || CHANGED == null) {
            return null;
        }
        try {
            return new Identity((long) DEVICE.invokeExact(attributes), (long) INODE.invokeExact(attributes),
                    nanoseconds(attributes.lastModifiedTime()),
                    nanoseconds((FileTime) CHANGED.invokeExact(attributes)));
        } catch (final Throwable e) {
            throw new IllegalStateException("attributes=" + attributes.getClass().getName(), e);
        }
    }

    private static long nanoseconds(final FileTime time) {
        return time.to(TimeUnit.NANOSECONDS);
    }
}
