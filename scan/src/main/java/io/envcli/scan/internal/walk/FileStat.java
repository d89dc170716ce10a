package io.envcli.scan.internal.walk;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * What the file system says about a file, of one moment.
 *
 * @param type     what it is.
 * @param size     in bytes.
 * @param key      the same for two paths of one folder; null for what is none, and if the system has no keys.
 * @param identity tells whether a file is as it was; null unless it was asked for and the system has it.
 */
public record FileStat(Type type, long size, @Nullable Object key, @Nullable Identity identity) {
    private static final LinkOption[] FOLLOW = {};
    private static final LinkOption[] NO_FOLLOW = {LinkOption.NOFOLLOW_LINKS};
    private static final String UNIX = "unix:dev,ino,size,lastModifiedTime,ctime,isDirectory,isRegularFile,isSymbolicLink,"
            + "fileKey";

    /** What a path may name. */
    public enum Type {
        /** A regular file. */
        FILE,
        /** A folder. */
        FOLDER,
        /** A symbolic link. */
        LINK,
        /** A pipe, a socket, a device. */
        OTHER
    }

    /**
     * Of a file and its content: whatever changes the content changes the last one, which nobody can set.
     *
     * @param device   that has it.
     * @param inode    on that device.
     * @param modified when its content changed, as far as it says, in nanoseconds since 1970.
     * @param changed  when the content or anything about the file did, in the same.
     */
    public record Identity(long device, long inode, long modified, long changed) {}

    /**
     * Asks.
     *
     * @param path    of the file.
     * @param follows whether of what a symbolic link leads to.
     * @param exactly whether with its identity.
     * @return the answer.
     * @throws IOException if there is no such file, or it may not be asked for.
     */
    public static FileStat of(final Path path, final boolean follows, final boolean exactly) throws IOException {
        final LinkOption[] options = follows ? FOLLOW : NO_FOLLOW;
        if (!exactly) {
            return of(Files.readAttributes(path, BasicFileAttributes.class, options), null);
        }
        try {
            if (UnixAttributes.ARE_OPEN) {
                final PosixFileAttributes attributes = Files.readAttributes(path, PosixFileAttributes.class, options);
                final Identity identity = UnixAttributes.identity(attributes);
                if (identity != null) {
                    return of(attributes, identity);
                }
            }
            return byMap(path, follows);
        } catch (final UnsupportedOperationException | IllegalArgumentException e) {
            // Not a Unix file system: what follows is what it can tell.
            return of(Files.readAttributes(path, BasicFileAttributes.class, options), null);
        }
    }

    private static FileStat of(final BasicFileAttributes attributes, final @Nullable Identity identity) {
        final Type type = type(attributes.isRegularFile(), attributes.isDirectory(), attributes.isSymbolicLink());
        return new FileStat(type, attributes.size(), key(type, attributes.fileKey()), identity);
    }

    /** With its identity, where {@link UnixAttributes} cannot tell it. */
    static FileStat byMap(final Path path, final boolean follows) throws IOException {
        final Map<String, Object> attributes = Files.readAttributes(path, UNIX, follows ? FOLLOW : NO_FOLLOW);
        final Identity identity = new Identity((Long) value(attributes, "dev"), (Long) value(attributes, "ino"),
                nanoseconds(attributes, "lastModifiedTime"), nanoseconds(attributes, "ctime"));
        final Type type = type((Boolean) value(attributes, "isRegularFile"), (Boolean) value(attributes, "isDirectory"),
                (Boolean) value(attributes, "isSymbolicLink"));
        return new FileStat(type, (Long) value(attributes, "size"), key(type, attributes.get("fileKey")), identity);
    }

    private static @Nullable Object key(final Type type, final @Nullable Object fileKey) {
        return type == Type.FOLDER ? fileKey : null;
    }

    private static Object value(final Map<String, Object> attributes, final String name) {
        return Objects.requireNonNull(attributes.get(name), name);
    }

    private static long nanoseconds(final Map<String, Object> attributes, final String name) {
        return ((FileTime) value(attributes, name)).to(TimeUnit.NANOSECONDS);
    }

    private static Type type(final boolean isFile, final boolean isFolder, final boolean isLink) {
        return isFile ? Type.FILE : isFolder ? Type.FOLDER : isLink ? Type.LINK : Type.OTHER;
    }

    boolean isFolder() {
        return type == Type.FOLDER;
    }
}
