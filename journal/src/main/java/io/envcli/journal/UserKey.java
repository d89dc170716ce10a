package io.envcli.journal;

import io.envcli.offheap.FileSpace;

import java.io.IOException;
import java.io.InputStream;
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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The user's key: 32 random bytes from which all keys of a store are derived. It is in a file of its own, outside the
 * store: one line of text, {@code env-cli-key-1}, a space and 64 hexadecimal digits.
 *
 * <p>While stores are being moved to a new key, the file has a line for each, {@code env-cli-key-2} and digits: first the
 * current key, which new stores get, then older ones. Which of them is a store's is found out where its first frame is
 * read; from then on this is that key. {@link KeyFile} adds and retires.
 *
 * <p>Threading: one thread until a store is opened with it, then immutable until {@link #close()}, which wipes the bytes.
 */
public final class UserKey implements AutoCloseable {
    /** Bytes in a key. */
    public static final int LENGTH = 32;

    /** More than stores would ever be left behind. */
    static final int MAX_KEYS = 16;

    private static final String TAG = "env-cli-key-1 ";
    /** Begins each line of a file with several keys; as long as the other. */
    private static final String TAG_OF_SEVERAL = "env-cli-key-2 ";
    private static final Pattern ANY_TAG = Pattern.compile("env-cli-key-[0-9]+ .*", Pattern.DOTALL);
    private static final int LINE_LENGTH = TAG.length() + 2 * LENGTH + 1;
    /** Of a key file: more than the most keys take. */
    private static final int LONGEST = 4096;
    private static final int OTHERS_WRITE = 0b10;
    /** Of a folder: each entry belongs to its owner alone. */
    private static final int STICKY = 0x200;
    private static final byte[] ID = "env-cli 1 key id".getBytes(StandardCharsets.US_ASCII);
    private static final int ID_LENGTH = 8;
    private static final Set<PosixFilePermission> OWNER_ONLY = Set.of(PosixFilePermission.OWNER_READ,
            PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    /** The current one first. */
    private final List<byte[]> keys;
    private int chosen;
    private boolean closed;

    private UserKey(final List<byte[]> keys) {
        this.keys = keys;
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
        return new UserKey(List.of(bytes.clone()));
    }

    /**
     * Reads a key file, or a pipe. Refuses one that others than its owner may access, or exchange.
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
        checkFolder(file);
        final byte[] content;
        try (InputStream in = Files.newInputStream(file)) {
            content = in.readNBytes(LONGEST + 1);
        }
        try {
            if (content.length > LONGEST) {
                throw notAKey(file);
            }
            return parse(file, content);
        } finally {
            Arrays.fill(content, (byte) 0);
        }
    }

    /** Where a group may write, its members are trusted: often it is the owner's own. */
    private static void checkFolder(final Path file) throws IOException {
        final Path folder = file.toAbsolutePath().getParent();
        if (folder != null && Files.isRegularFile(file)
                && Files.getAttribute(folder, "unix:mode") instanceof final Integer mode
                && (mode & OTHERS_WRITE) != 0 && (mode & STICKY) == 0) {
            throw new JournalException(folder + ": anybody may write to the folder of the key, and so exchange the key;"
                    + " run: chmod o-w '" + folder.toString().replace("'", "'\\''") + "'");
        }
    }

    private static UserKey parse(final Path file, final byte[] content) throws IOException {
        final int count = content.length / LINE_LENGTH;
        final String expected = count > 1 ? TAG_OF_SEVERAL : TAG;
        final String tag = tag(content, 0);
        if (!tag.equals(expected)) {
            throw ANY_TAG.matcher(tag).matches() && !tag.equals(TAG) && !tag.equals(TAG_OF_SEVERAL)
                    ? new JournalException(file + ": the key file is in a newer format; use a newer env-cli")
                    : notAKey(file);
        }
        final List<byte[]> keys = new ArrayList<>();
        boolean whole = content.length == count * LINE_LENGTH && count <= MAX_KEYS;
        for (int line = 0; whole && line < count; line++) {
            final byte[] key = new byte[LENGTH];
            keys.add(key);
            whole = tag(content, line * LINE_LENGTH).equals(expected) && decode(content, line * LINE_LENGTH, key);
        }
        final UserKey read = new UserKey(keys);
        if (!whole) {
            read.close();
            throw notAKey(file);
        }
        return read;
    }

    private static String tag(final byte[] content, final int at) {
        return new String(content, at, Math.min(TAG.length(), content.length - at), StandardCharsets.ISO_8859_1);
    }

    private static boolean decode(final byte[] content, final int line, final byte[] key) {
        final int digits = line + TAG.length();
        for (int i = 0; i < LENGTH; i++) {
            final int high = Character.digit(content[digits + 2 * i], 16);
            final int low = Character.digit(content[digits + 2 * i + 1], 16);
            if (high < 0 || low < 0) {
                return false;
            }
            key[i] = (byte) (high << 4 | low);
        }
        return content[line + LINE_LENGTH - 1] == '\n';
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
        final List<byte[]> key = List.of(random());
        final Path temporary = temporary(file);
        try {
            write(temporary, key);
            publish(temporary, file);
        } finally {
            Files.deleteIfExists(temporary);
        }
        FileSpace.syncAncestors(file);
        return new UserKey(key);
    }

    static byte[] random() {
        final byte[] key = new byte[LENGTH];
        new SecureRandom().nextBytes(key);
        return key;
    }

    /** Where a key file is written before it takes its place. */
    static Path temporary(final Path file) {
        return file.resolveSibling("." + file.getFileName() + "." + ProcessHandle.current().pid());
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

    /** Writes a key file, synced; its name is not. */
    static void write(final Path file, final List<byte[]> keys) throws IOException {
        Files.deleteIfExists(file);
        final byte[] text = new byte[keys.size() * LINE_LENGTH];
        for (int line = 0; line < keys.size(); line++) {
            encode(keys.get(line), keys.size() > 1 ? TAG_OF_SEVERAL : TAG, text, line * LINE_LENGTH);
        }
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

    private static void encode(final byte[] key, final String tag, final byte[] to, final int line) {
        System.arraycopy(tag.getBytes(StandardCharsets.US_ASCII), 0, to, line, tag.length());
        final int digits = line + tag.length();
        final HexFormat hex = HexFormat.of();
        for (int i = 0; i < LENGTH; i++) {
            to[digits + 2 * i] = (byte) hex.toHighHexDigit(key[i]);
            to[digits + 2 * i + 1] = (byte) hex.toLowHexDigit(key[i]);
        }
        to[line + LINE_LENGTH - 1] = '\n';
    }

    /** A link, unlike a rename, does not replace a key that another process has just made. */
    private static void publish(final Path temporary, final Path file) throws IOException {
        try {
            Files.createLink(file, temporary);
        } catch (final NoSuchFileException e) {
            if (Files.exists(file)) { // Whoever changes that key has taken this one for a leftover.
                throw new FileAlreadyExistsException(file.toString());
            }
            throw e;
        } catch (final UnsupportedOperationException e) {
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    /** The bytes themselves, borrowed. */
    byte[] bytes() {
        if (closed) {
            throw new IllegalStateException("the key is closed");
        }
        return keys.get(chosen);
    }

    /** All keys, the current one first, borrowed. */
    List<byte[]> all() {
        return keys;
    }

    /** Becomes the first key that fits, if one does. */
    boolean choose(final Predicate<UserKey> fits) {
        final int before = chosen;
        for (int i = 0; i < keys.size(); i++) {
            // The one that fitted before is tried first.
            chosen = i == 0 ? before : i <= before ? i - 1 : i;
            if (fits.test(this)) {
                return true;
            }
        }
        chosen = before;
        return false;
    }

    /** {@return whether this is the current key of its file, which new stores get} */
    public boolean isCurrent() {
        return chosen == 0;
    }

    /** {@return the current key of the same file; a copy, which the caller closes} */
    public UserKey current() {
        return of(keys.getFirst());
    }

    /** {@return how many keys the file holds} */
    public int count() {
        return keys.size();
    }

    /** {@return 16 hexadecimal digits that name this key and say nothing of it} */
    public String id() {
        return HexFormat.of().formatHex(Hkdf.derive(bytes(), new byte[0], ID, ID_LENGTH));
    }

    /** Wipes the key. Idempotent. */
    @Override
    public void close() {
        closed = true;
        keys.forEach(key -> Arrays.fill(key, (byte) 0));
    }

    /** {@return that this is a key, not which} */
    @Override
    public String toString() {
        return "UserKey";
    }
}
