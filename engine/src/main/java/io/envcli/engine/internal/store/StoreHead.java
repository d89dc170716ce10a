package io.envcli.engine.internal.store;

import io.envcli.engine.StoreConfig;
import io.envcli.engine.StoreException;
import io.envcli.engine.StoreException.Kind;
import io.envcli.engine.internal.view.VersionLog;
import io.envcli.engine.internal.view.ViewDamagedException;
import io.envcli.journal.Checkpoint;
import io.envcli.journal.Commit;
import io.envcli.journal.Hash;
import io.envcli.journal.JdkAlgorithms;
import io.envcli.journal.JournalSurvey;
import io.envcli.journal.UserKey;
import io.envcli.offheap.FileSpace;
import io.envcli.offheap.HashIndexReader;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32C;

/**
 * The head record of a store: how far it had come when a writer last left it. It is kept beside the key, in the folder
 * {@code KEYFILE.heads}, out of reach of whoever can only write to the store; so a store that is put back to an older state
 * is noticed. One record a store and place, since a copy of a store in another place may well be older.
 *
 * <pre>
 * env-cli-head-1
 * store /home/ada/.local/share/env-cli/store
 * key 8f1d0b4c2a6e9753
 * version 41 7b1c…                               (of its commit, the hash that stands for all commits up to it)
 * crc 0badcafe                                   (CRC-32C of the lines above)
 * </pre>
 *
 * The first writer, of whatever class, writes one with version 0, which any state satisfies, so that the store and its key
 * are known. While a store is being rekeyed there are two heads, of which it must have either. A record that is not whole
 * says nothing: mostly it is not synced, and power may have taken it away.
 *
 * <p>Threading: one thread.
 */
public final class StoreHead {
    private static final String FORMAT = "env-cli-head-1";
    private static final String CRC = "crc ";
    private static final int LARGEST = 64 << 10;
    private static final FileAttribute<Set<PosixFilePermission>> FILE_MODE = PosixFilePermissions
            .asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final FileAttribute<Set<PosixFilePermission>> FOLDER_MODE = PosixFilePermissions
            .asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private final Path store;
    private final byte[] storeId;
    private final Path file;

    /**
     * How far a store has come.
     *
     * @param version newest.
     * @param chain   hash over all its commits up to there, in hexadecimal digits.
     */
    public record Head(long version, String chain) {
        /** Where a journal ends. */
        static Head of(final Checkpoint end) {
            return new Head(end.lastVersion(), end.chainHash().toString());
        }
    }

    /**
     * A record as it is read.
     *
     * @param file  that it was read from.
     * @param store that it is of; as printed, if its path holds control characters.
     * @param keyId of the key that the store was sealed with.
     * @param heads of which the store must have one.
     */
    record Content(Path file, String store, String keyId, List<Head> heads) {}

    private StoreHead(final Path store, final byte[] storeId, final Path file) {
        this.store = store;
        this.storeId = storeId;
        this.file = file;
    }

    /**
     * The record of a store.
     *
     * @param config  of the store.
     * @param storeId of the store.
     * @return its record, which need not be there.
     */
    public static StoreHead of(final StoreConfig config, final byte[] storeId) {
        final Path store = config.directory().toAbsolutePath().normalize();
        final HexFormat hex = HexFormat.of();
        final byte[] place = JdkAlgorithms.sha256().digest(store.toString().getBytes(StandardCharsets.UTF_8));
        return new StoreHead(store, storeId.clone(),
                folder(config.keyFile()).resolve(hex.formatHex(storeId) + "-" + hex.formatHex(place, 0, Long.BYTES)));
    }

    private static Path folder(final Path keyFile) {
        return keyFile.resolveSibling(keyFile.getFileName() + ".heads");
    }

    /**
     * Refuses a store that has not come as far as the record says, or by another way.
     *
     * @param home of the store.
     * @param key  of the store; borrowed.
     * @param view of it, opened after the record was last written; borrowed.
     * @throws StoreException       of kind OLDER if so.
     * @throws ViewDamagedException if the view is.
     * @throws IOException          if the store cannot be read.
     */
    public void check(final Path home, final UserKey key, final HashIndexReader view) throws IOException {
        final @Nullable Content content = read(file);
        if (content == null) {
            return;
        }
        for (final Head head : content.heads) {
            if (has(home, key, view, head)) {
                return;
            }
        }
        throw new StoreException(Kind.OLDER, older(content, view.version()));
    }

    /**
     * Refuses a store that surely has not come as far as the record says, as the headers of its journal's frames tell. That
     * it has not come there by another way only a view shows.
     *
     * @param survey of its journal.
     * @throws StoreException of kind OLDER if so.
     */
    public void check(final JournalSurvey survey) {
        final @Nullable String behind = survey.complete() ? behind(survey.commits()) : null;
        if (behind != null) {
            throw new StoreException(Kind.OLDER, behind);
        }
    }

    /**
     * Writes the record of a store as a view shows it.
     *
     * @param home of the store.
     * @param key  of the store; borrowed.
     * @param view of it, at the newest version; borrowed.
     * @throws ViewDamagedException if the view is.
     * @throws IOException          if the store cannot be read, or the record not be written.
     */
    public void record(final Path home, final UserKey key, final HashIndexReader view) throws IOException {
        write(key.id(), head(home, key, view));
    }

    /** How far a store has come, as a view shows it. */
    Head head(final Path home, final UserKey key, final HashIndexReader view) throws IOException {
        final long version = view.version();
        return new Head(version, version == 0 ? Hash.ZERO.toString()
                : chain(VersionLog.commit(home, key, storeId, view, version)));
    }

    /** The commit proves itself; where it stands says the view, which might say anything. */
    private boolean has(final Path home, final UserKey key, final HashIndexReader view, final Head head)
            throws IOException {
        return head.version == 0 || (head.version <= view.version()
                && chain(VersionLog.commit(home, key, storeId, view, head.version)).equals(head.chain));
    }

    private static String chain(final Commit commit) {
        return commit.chainHash().toString();
    }

    private String older(final Content content, final long version) {
        final long known = content.heads.getLast().version;
        final String what = version < known
                ? "it is at version " + version + ", and was at version " + known
                : "its version " + known + " is not the one that it had";
        return store + ": the store was put back to an older state: " + what + " (" + file
                + "); if that was you, from a copy for example, run: env-cli verify --accept-older";
    }

    /**
     * Whether a store lacks versions that it had.
     *
     * @param version the newest that it has.
     * @return what to say of it; null if it has all, as far as the number tells.
     */
    public @Nullable String behind(final long version) {
        final @Nullable Content content = read(file);
        return content == null || content.heads.stream().anyMatch(head -> head.version <= version) ? null
                : older(content, version);
    }

    /**
     * Writes the record, if it can be written: where the configuration is read-only a store is not watched from there.
     *
     * @param keyId of the key that the store is sealed with.
     * @param heads of which the store must have one from now on.
     */
    public void tryWrite(final String keyId, final Head... heads) {
        try {
            write(keyId, heads);
        } catch (final IOException _) {
            return; // As said.
        }
    }

    /**
     * Writes the record.
     *
     * @param keyId of the key that the store is sealed with.
     * @param heads of which the store must have one from now on.
     * @throws IOException if it cannot be written.
     */
    public void write(final String keyId, final Head... heads) throws IOException {
        final String content = text(keyId, heads);
        if (!isFile(content)) {
            replace(content, _ -> {});
        }
    }

    /**
     * Makes sure that there is a record, synced, that names the key of a store which is about to be written to: nobody then
     * retires that key. A new one says nothing else. Where the configuration is read-only there is none.
     *
     * @param keyId of the key that the store is sealed with.
     */
    void begin(final String keyId) {
        final @Nullable Content content = read(file);
        if (content != null && content.keyId.equals(keyId)) {
            return;
        }
        try {
            writeSynced(keyId, content == null ? new Head[]{new Head(0, Hash.ZERO.toString())}
                    : content.heads.toArray(Head[]::new));
        } catch (final IOException _) {
            return; // As said.
        }
    }

    /**
     * Writes the record so that it survives a power cut.
     *
     * @param keyId of the key that the store is sealed with.
     * @param heads of which the store must have one from now on.
     * @throws IOException if it cannot be written.
     */
    void writeSynced(final String keyId, final Head... heads) throws IOException {
        replace(text(keyId, heads), FileSpace::sync);
        FileSpace.syncDirectory(file.resolveSibling("."));
        FileSpace.syncDirectory(file.resolveSibling(".."));
    }

    private String text(final String keyId, final Head... heads) {
        final StringBuilder text = new StringBuilder(FORMAT).append("\nstore ").append(printable(store))
                .append("\nkey ").append(keyId).append('\n');
        for (final Head head : heads) {
            text.append("version ").append(head.version).append(' ').append(head.chain).append('\n');
        }
        return text + CRC + crc(text.toString()) + "\n";
    }

    private static String crc(final String text) {
        final CRC32C crc = new CRC32C();
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().toHexDigits((int) crc.getValue());
    }

    private interface Step {
        void take(Path temporary) throws IOException;
    }

    private void replace(final String content, final Step before) throws IOException {
        final Path folder = file.resolveSibling(".");
        Files.createDirectories(folder, FOLDER_MODE);
        final Path temporary = Files.createTempFile(folder, ".", "", FILE_MODE);
        try {
            Files.writeString(temporary, content);
            before.take(temporary);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private boolean isFile(final String content) {
        try {
            return Files.readString(file).equals(content);
        } catch (final IOException _) {
            return false;
        }
    }

    private static String printable(final Path path) {
        return path.toString().replaceAll("\\p{Cntrl}", "\uFFFD");
    }

    /**
     * The records of all stores that were last seen with another key than the current one.
     *
     * @param keyFile with which they were seen.
     * @param keyId   of the current key.
     * @return their records.
     * @throws IOException if they cannot be listed.
     */
    static List<Content> ofOtherKeys(final Path keyFile, final String keyId) throws IOException {
        final List<Content> others = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder(keyFile))) {
            for (final Path file : files) {
                final boolean unfinished = String.valueOf(file.getFileName()).startsWith(".");
                final @Nullable Content content = unfinished ? null : read(file);
                if (content != null && !content.keyId.equals(keyId)) {
                    others.add(content);
                }
            }
        } catch (final NoSuchFileException | NotDirectoryException _) {
            return others;
        }
        return others;
    }

    private static @Nullable Content read(final Path file) {
        try {
            final byte[] bytes = Files.readAllBytes(file);
            return bytes.length > LARGEST ? null : parse(file, new String(bytes, StandardCharsets.UTF_8));
        } catch (final AccessDeniedException e) {
            throw new StoreException(Kind.KEY,
                    file + ": permission denied; the record of how far the store had come is for"
                            + " the owner of the key, who must be the one to run this; check its owner",
                    e);
        } catch (final IOException _) {
            return null; // As a rule there is none yet.
        }
    }

    private static @Nullable Content parse(final Path file, final String text) {
        String store = "";
        String keyId = "";
        final List<Head> heads = new ArrayList<>();
        final int crcAt = text.lastIndexOf(CRC);
        if (!text.startsWith(FORMAT + "\n") || crcAt < 0 || !text.equals(text.substring(0, crcAt) + CRC
                + crc(text.substring(0, crcAt)) + "\n")) {
            return null;
        }
        final String[] lines = text.substring(0, crcAt).split("\n", -1);
        for (final String line : lines) {
            final int space = line.indexOf(' ');
            final String rest = line.substring(space + 1);
            switch (space < 0 ? "" : line.substring(0, space)) {
                case "store" -> store = rest;
                case "key" -> keyId = rest;
                case "version" -> {
                    final int end = rest.indexOf(' ');
                    if (end < 1 || end > 18 || !rest.substring(0, end).chars().allMatch(Character::isDigit)) {
                        return null;
                    }
                    heads.add(new Head(Long.parseLong(rest.substring(0, end)), rest.substring(end + 1)));
                }
                default -> {
                }
            }
        }
        return heads.isEmpty() ? null : new Content(file, store, keyId, heads);
    }
}
