package io.envcli.cli;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Checks who may do what with the folders of the store and of the key. */
final class FolderChecks {
    private static final Set<PosixFilePermission> OTHERS = EnumSet.of(PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE, PosixFilePermission.GROUP_EXECUTE, PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE, PosixFilePermission.OTHERS_EXECUTE);
    private static final Set<PosixFilePermission> OTHERS_WRITE = EnumSet.of(PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_WRITE);
    private static final int OTHERS_WRITE_BIT = 0002;
    private static final int STICKY_BIT = 01000;

    private FolderChecks() {}

    /**
     * Examines them.
     *
     * @param store    its folder, absolute.
     * @param keyFile  the key's file.
     * @param findings to add to.
     */
    static void examine(final Path store, final Path keyFile, final List<Finding> findings) {
        findings.add(store(store));
        findings.add(key(keyFile.toAbsolutePath().normalize()));
        findings.add(configuration(keyFile.toAbsolutePath().normalize()));
    }

    /**
     * The nearest folder that there is.
     *
     * @param path that may not exist.
     * @return it, or the nearest above it.
     */
    static @Nullable Path existing(final Path path) {
        Path folder = path;
        while (folder != null && !Files.exists(folder)) {
            folder = folder.getParent();
        }
        return folder;
    }

    private static Finding store(final Path store) {
        final Path folder = existing(store);
        if (folder == null || !Files.isDirectory(folder)) {
            return Finding.fail("store-folder", store + ": " + folder + " is not a folder",
                    "name another with --store");
        }
        if (!Files.isWritable(folder) || !Files.isExecutable(folder) || !Files.isReadable(folder)) {
            return folder.equals(store) && Files.isReadable(folder) && Files.isExecutable(folder)
                    ? Finding.warn("store-folder", store + " can only be read by you",
                            "to write to it, become its owner, or mount its disk for writing")
                    : Finding.fail("store-folder", folder + ": permission denied",
                            "become its owner, or name another folder with --store");
        }
        if (!folder.equals(store)) {
            return Finding.ok("store-folder", store + " is not there yet; it can be made in " + folder);
        }
        final String mode = mode(store, OTHERS);
        return mode.isEmpty() ? Finding.ok("store-folder", store + ", for its owner alone")
                : Finding.warn("store-folder", store + " is open to others (" + mode + ")",
                        "what is in it is sealed, but sizes and times are not: chmod -R go= '" + store + "'");
    }

    private static Finding key(final Path file) {
        if (Files.notExists(file)) {
            return Finding.ok("key-file", file + " is not there yet; it is made with the first store");
        }
        if (!Files.isReadable(file)) {
            return Finding.fail("key-file", file + ": permission denied",
                    "the key is for its owner alone, who must be the one to run this");
        }
        final String mode = mode(file, OTHERS);
        return mode.isEmpty() ? Finding.ok("key-file", file + ", for its owner alone; have a copy elsewhere")
                : Finding.fail("key-file", file + " can be accessed by others (" + mode + ")",
                        "chmod 600 '" + file + "'");
    }

    /** Whoever may write to the folder may put another key in the place of this one. */
    private static Finding configuration(final Path file) {
        final Path folder = existing(file.getParent() == null ? file : file.getParent());
        if (folder == null || Files.isReadable(file) || Files.isWritable(folder)) {
            final String mode = folder == null ? "" : mode(folder, OTHERS_WRITE);
            if (anybodyMayExchange(folder)) {
                return Finding.fail("key-folder", folder + " can be written by anybody (" + mode
                        + "), so a key in it is refused", "chmod o-w '" + folder + "'");
            }
            return mode.isEmpty() ? Finding.ok("key-folder", folder + " can be written by nobody else")
                    : Finding.warn("key-folder", folder + " can be written by others (" + mode + "), who may replace"
                            + " the key", "chmod go-w '" + folder + "'");
        }
        return Finding.fail("key-folder", folder + ": permission denied, so no key can be made",
                "name another file with --key-file or ENV_CLI_KEY_FILE");
    }

    /** As the journal decides: in a sticky folder only the owner of a file may replace it. */
    private static boolean anybodyMayExchange(final @Nullable Path folder) {
        try {
            return folder != null && Files.getAttribute(folder, "unix:mode") instanceof final Integer mode
                    && (mode & OTHERS_WRITE_BIT) != 0 && (mode & STICKY_BIT) == 0;
        } catch (final IOException | UnsupportedOperationException e) {
            return false; // No such permissions here.
        }
    }

    /** The mode if it gives one of the permissions, else nothing. */
    private static String mode(final Path path, final Set<PosixFilePermission> unwanted) {
        try {
            final Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
            return permissions.stream().noneMatch(unwanted::contains) ? ""
                    : PosixFilePermissions.toString(permissions);
        } catch (final IOException | UnsupportedOperationException e) {
            return ""; // No such permissions here.
        }
    }
}
