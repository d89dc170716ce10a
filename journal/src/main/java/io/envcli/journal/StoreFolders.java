package io.envcli.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Where the files of a store are, and how they are made: for the owner alone, whatever the umask. */
final class StoreFolders {
    /** Attribute of files that are made. */
    static final FileAttribute<Set<PosixFilePermission>> FILE_MODE = PosixFilePermissions
            .asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final FileAttribute<Set<PosixFilePermission>> FOLDER_MODE = PosixFilePermissions
            .asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final Pattern SEGMENT_NAME = Pattern.compile("[0-9]{6,7}");
    private static final int SEGMENT_DIGITS = 6;

    private StoreFolders() {}

    static Path lock(final Path store) {
        return store.resolve("lock");
    }

    static Path journal(final Path store) {
        return store.resolve("journal");
    }

    static Path segment(final Path journal, final int number) {
        final String digits = Integer.toString(number); // no format string: a cold process has no time for its parser
        return journal.resolve("0".repeat(Math.max(0, SEGMENT_DIGITS - digits.length())) + digits);
    }

    static Path queueFile(final Path segmentFolder) {
        return segmentFolder.resolve(QueueFileDescriptor.FILE_NAME);
    }

    /** Makes a folder and those above it that are missing. */
    static void create(final Path folder) throws IOException {
        Files.createDirectories(folder, FOLDER_MODE);
    }

    /** Makes an empty file. */
    static void createFile(final Path file) throws IOException {
        Files.createFile(file, FILE_MODE);
    }

    /** The numbers of the segments that have a folder, ascending, whether or not they hold anything. */
    static List<Integer> segments(final Path journal) throws IOException {
        final List<Integer> numbers = new ArrayList<>();
        if (!Files.isDirectory(journal)) {
            return numbers;
        }
        try (Stream<Path> entries = Files.list(journal)) {
            for (final Path entry : (Iterable<Path>) entries::iterator) {
                final String name = String.valueOf(entry.getFileName());
                if (SEGMENT_NAME.matcher(name).matches() && Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                    numbers.add(Integer.valueOf(name));
                }
            }
        }
        numbers.sort(null);
        return numbers;
    }
}
