package io.envcli.journal;

import io.envcli.offheap.FileSpace;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The user's key: 32 random bytes from which all keys of a store are derived. It is in a file of its own, outside the
 * store: one line of text, {@code env-cli-key-1}, a space and 64 hexadecimal digits.
 *
 * <p>Threading: immutable until {@link #close()}, which wipes the bytes.
 */
public final class UserKey implements AutoCloseable {
    /** Bytes in a key. */
    public static final int LENGTH = 32;

    private static final String TAG = "env-cli-key-1 ";
    private static final Pattern ANY_TAG = Pattern.compile("env-cli-key-[0-9]+ .*", Pattern.DOTALL);
    private static final int FILE_LENGTH = TAG.length() + 2 * LENGTH + 1;
    private static final Set<PosixFilePermission> OWNER_ONLY = Set.of(PosixFilePermission.OWNER_READ,
            PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    private final byte[] bytes;
    private boolean closed;

    private UserKey(final byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * A key of given bytes.
     *
     * @param bytes 32 of them; copied.
     * @return the key; the caller closes it.
     */
    public static UserKey of(final byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("length=" + bytes.length + " must be " + LENGTH);
        }
        return new UserKey(bytes.clone());
    }

    /**
     * Reads a key file. Refuses one that others than its owner may access.
     *
     * @param file to read.
     * @return the key; the caller closes it.
     * @throws NoSuchFileException if there is no such file.
     * @throws JournalException    if the file is no key file, or others may access it.
     * @throws IOException         if it cannot be read.
     */
    public static UserKey load(final Path file) throws IOException {
        final Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
        if (Files.isDirectory(file)) {
            throw new JournalException(file + ": not a key file but a folder; name the file of the key");
        }
        if (!OWNER_ONLY.containsAll(permissions)) {
            throw new JournalException(file + ": the key can be accessed by others (mode "
                    + PosixFilePermissions.toString(permissions) + "); run: chmod 600 '"
                    + file.toString().replace("'", "'\\''") + "'");
        }
        if (Files.size(file) > 4096) {
            throw notAKey(file);
        }
        final byte[] content = Files.readAllBytes(file);
        try {
            return parse(file, content);
        } finally {
            Arrays.fill(content, (byte) 0);
        }
    }

    private static UserKey parse(final Path file, final byte[] content) throws IOException {
        final String tag = new String(content, 0, Math.min(TAG.length(), content.length), StandardCharsets.ISO_8859_1);
        if (!tag.equals(TAG)) {
            throw ANY_TAG.matcher(tag).matches()
                    ? new JournalException(file + ": the key file is in a newer format; use a newer env-cli")
                    : notAKey(file);
        }
        if (content.length != FILE_LENGTH || content[FILE_LENGTH - 1] != '\n') {
            throw notAKey(file);
        }
        final byte[] key = new byte[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            final int high = Character.digit(content[TAG.length() + 2 * i], 16);
            final int low = Character.digit(content[TAG.length() + 2 * i + 1], 16);
            if (high < 0 || low < 0) {
                Arrays.fill(key, (byte) 0);
                throw notAKey(file);
            }
            key[i] = (byte) (high << 4 | low);
        }
        return new UserKey(key);
    }

    private static NotAJournalException notAKey(final Path file) {
        return new NotAJournalException(file + ": not a key file of env-cli; restore it from a copy");
    }

    /**
     * Makes a new random key and its file, for the owner alone, synced. The folder is made when it is missing.
     *
     * @param file to create; must not exist.
     * @return the key; the caller closes it.
     * @throws FileAlreadyExistsException if there is such a file.
     * @throws IOException                if it cannot be written.
     */
    public static UserKey create(final Path file) throws IOException {
        final Path folder = file.toAbsolutePath().getParent();
        if (Files.exists(file) || folder == null) {
            throw new FileAlreadyExistsException(file.toString());
        }
        StoreFolders.create(folder);
        final byte[] key = new byte[LENGTH];
        new SecureRandom().nextBytes(key);
        final Path temporary = folder.resolve("." + file.getFileName() + "." + ProcessHandle.current().pid());
        try {
            write(temporary, key);
            publish(temporary, file);
        } finally {
            Files.deleteIfExists(temporary);
        }
        FileSpace.syncAncestors(file);
        return new UserKey(key);
    }

    /**
     * Makes sure that a key which is there already survives a power cut, before anything is sealed with it: it may have been
     * copied there a moment ago, or made by a process that was killed then.
     *
     * @param file of the key.
     * @throws IOException if it cannot be synced.
     */
    public static void sync(final Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            FileSpace.sync(file, channel);
        }
        FileSpace.syncAncestors(file);
    }

    private static void write(final Path file, final byte[] key) throws IOException {
        Files.deleteIfExists(file);
        final byte[] text = new byte[FILE_LENGTH];
        final byte[] tag = TAG.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(tag, 0, text, 0, tag.length);
        final HexFormat hex = HexFormat.of();
        for (int i = 0; i < LENGTH; i++) {
            text[tag.length + 2 * i] = (byte) hex.toHighHexDigit(key[i]);
            text[tag.length + 2 * i + 1] = (byte) hex.toLowHexDigit(key[i]);
        }
        text[FILE_LENGTH - 1] = '\n';
        try (FileChannel channel = FileChannel.open(file,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), StoreFolders.FILE_MODE)) {
            final ByteBuffer buffer = ByteBuffer.wrap(text);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            FileSpace.sync(file, channel);
        } finally {
            Arrays.fill(text, (byte) 0);
        }
    }

    /** A link, unlike a rename, does not replace a key that another process has just made. */
    private static void publish(final Path temporary, final Path file) throws IOException {
        try {
            Files.createLink(file, temporary);
        } catch (final UnsupportedOperationException e) {
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    /** The bytes themselves, borrowed. */
    byte[] bytes() {
        if (closed) {
            throw new IllegalStateException("the key is closed");
        }
        return bytes;
    }

    /** Wipes the key. Idempotent. */
    @Override
    public void close() {
        closed = true;
        Arrays.fill(bytes, (byte) 0);
    }

    /** {@return that this is a key, not which} */
    @Override
    public String toString() {
        return "UserKey";
    }
}
