package io.envcli.engine.internal.files;

import io.envcli.engine.StoreException;
import io.envcli.engine.StoreException.Kind;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * Finds the files of an import: those named outright, and those below a folder whose names say they are dotenv files.
 *
 * <p>What stands below a folder may have been put there by anybody. So what is no file there (a pipe would keep us waiting, a
 * device may have no end), and what is a link to nothing, to itself or out of the folder, is skipped, and said to be. Whoever
 * names one of these outright means it; only a device is never read.
 */
public final class FileFinder {
    private static final int FILE_TYPE = 0xF000;
    private static final int CHARACTER_DEVICE = 0x2000;
    private static final int BLOCK_DEVICE = 0x6000;
    private static final Path EMPTY_DEVICE = Path.of("/dev/null");
    /** What a byte is read as that is not UTF-8. */
    private static final char UNDECODED = '\uFFFD';
    private static final String RENAME = "rename it, or import it alone, as a stream, into an environment that is named";
    private static final Set<String> SKIPPED = Set.of(".git", "node_modules");
    private static final Comparator<SourceFile> PATH_BYTES = (a, b) -> Arrays
            .compareUnsigned(a.path().toString().getBytes(StandardCharsets.UTF_8), b.path().toString().getBytes(
                    StandardCharsets.UTF_8));

    private FileFinder() {}

    /**
     * Finds the files below and among paths.
     *
     * @param paths       files and folders.
     * @param environment all go into this one; null to take it from the file names.
     * @return the files: path by path as given, those of a folder in byte order of their paths.
     * @throws StoreException if a path does not exist or cannot be read, or a name makes no environment.
     */
    public static List<SourceFile> find(final List<Path> paths, final @Nullable String environment) {
        return find(paths, environment, List.of()).files();
    }

    /**
     * What was found.
     *
     * @param files   to read.
     * @param skipped below folders, though their names are those of dotenv files: path and reason of each.
     */
    public record Found(List<SourceFile> files, List<String> skipped) {}

    /**
     * Finds the files below and among paths.
     *
     * @param paths       files and folders.
     * @param environment all go into this one; null to take it from the file names.
     * @param excluded    globs of what is left out below folders.
     * @return the files: path by path as given, those of a folder in byte order of their paths.
     * @throws StoreException if a path does not exist or cannot be read, or a name makes no environment.
     */
    public static Found find(final List<Path> paths, final @Nullable String environment, final List<String> excluded) {
        final List<SourceFile> files = new ArrayList<>();
        final List<String> skipped = new ArrayList<>();
        final Problems problems = new Problems();
        final Exclusions exclusions = new Exclusions(excluded);
        for (final Path path : paths) {
            try {
                if (Files.isDirectory(path)) {
                    files.addAll(below(path, environment, exclusions, skipped, problems));
                } else {
                    files.add(outright(path, environment));
                }
            } catch (final IOException e) {
                problems.add(unreadable(path, e));
            }
        }
        for (final SourceFile file : files) {
            try {
                if (environment == null) {
                    checkDecoded(file);
                }
                checkEnvironment(file);
            } catch (final StoreException e) {
                problems.add(e);
            }
        }
        problems.throwAll();
        return new Found(files, skipped);
    }

    /** Every byte that is not UTF-8 is read as the same character, so that two files would meet in one environment. */
    private static void checkDecoded(final SourceFile file) {
        if (file.environment().indexOf(UNDECODED) >= 0) {
            throw new StoreException(Kind.INVALID, EnvironmentNames.printable(file.shown())
                    + ": the path is not valid UTF-8, so that it names no environment; nothing was imported; "
                    + RENAME);
        }
    }

    private static void checkEnvironment(final SourceFile file) {
        try {
            EnvironmentNames.encode(file.environment());
        } catch (final StoreException e) {
            throw new StoreException(Kind.INVALID,
                    EnvironmentNames.printable(file.shown()) + ": " + e.getMessage(), e);
        }
    }

    private static SourceFile outright(final Path path, final @Nullable String environment) throws IOException {
        final BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
        if (attributes.isOther() && isDevice(path)) {
            throw new StoreException(Kind.INVALID, EnvironmentNames.printable(path.toString())
                    + ": a device, which may have no end; nothing was imported; name a file, a folder or a pipe");
        }
        return new SourceFile(path, path.toString(),
                environment != null ? environment : FileNames.environment(Path.of(""), fileName(path)),
                attributes.isRegularFile() ? attributes.size() : 0);
    }

    private static boolean isDevice(final Path path) throws IOException {
        if (Files.getAttribute(path, "unix:mode") instanceof final Integer mode) {
            final int type = mode & FILE_TYPE;
            return (type == CHARACTER_DEVICE || type == BLOCK_DEVICE) && !path.toRealPath().equals(EMPTY_DEVICE);
        }
        return false;
    }

    private static List<SourceFile> below(final Path top, final @Nullable String environment,
            final Exclusions exclusions, final List<String> skipped, final Problems problems) throws IOException {
        final List<SourceFile> found = new ArrayList<>();
        final Path realTop = top.toRealPath();
        Files.walkFileTree(top, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(final Path folder, final BasicFileAttributes attributes) {
                return isSkipped(folder) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            private boolean isExcluded(final Path path) {
                return exclusions.has(top.relativize(path));
            }

            private boolean isSkipped(final Path folder) {
                return !folder.equals(top) && (SKIPPED.contains(fileName(folder)) || isExcluded(folder));
            }

            @Override
            public FileVisitResult visitFileFailed(final Path path, final IOException e) {
                if (!isSkipped(path)) { // A folder is opened before it is asked for: such a one need not be readable.
                    problems.add(unreadable(path, e));
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(final Path file, final BasicFileAttributes attributes) {
                if (FileNames.taken(fileName(file)) && !isExcluded(file)) {
                    try {
                        take(file, attributes);
                    } catch (final NoSuchFileException _) {
                        skip(file, attributes.isSymbolicLink() ? "a link to a file that is not there" : "it vanished");
                    } catch (final AccessDeniedException e) {
                        problems.add(unreadable(file, e));
                    } catch (final IOException e) {
                        if (attributes.isSymbolicLink()) {
                            skip(file, "a link that leads nowhere, such as to itself");
                        } else {
                            problems.add(unreadable(file, e));
                        }
                    }
                }
                return FileVisitResult.CONTINUE;
            }

            private void skip(final Path file, final String why) {
                skipped.add(file + ": " + why);
            }

            private void take(final Path file, final BasicFileAttributes attributes) throws IOException {
                final BasicFileAttributes target = attributes.isSymbolicLink()
                        ? Files.readAttributes(file, BasicFileAttributes.class)
                        : attributes;
                if (attributes.isSymbolicLink() && !target.isDirectory() && !file.toRealPath().startsWith(realTop)) {
                    skip(file, "a link out of the folder that is imported; name it outright to import it");
                } else if (target.isOther()) {
                    skip(file, "a pipe, socket or device; name it outright to read it");
                } else if (target.isRegularFile()) {
                    final Path relative = top.relativize(file);
                    final Path folder = relative.getParent() == null ? Path.of("") : relative.getParent();
                    found.add(new SourceFile(file, file.toString(),
                            environment != null ? environment : FileNames.environment(folder, fileName(file)),
                            target.size()));
                }
            }
        });
        found.sort(PATH_BYTES);
        return found;
    }

    private static String fileName(final Path path) {
        final Path name = path.getFileName();
        return name == null ? "" : name.toString();
    }

    private static StoreException unreadable(final Path path, final IOException e) {
        if (e instanceof NoSuchFileException missing) {
            return new StoreException(Kind.IO, missing.getFile() + ": no such file or folder; nothing was imported"
                    + (missing.getFile().indexOf(UNDECODED) < 0 ? "" : "; if its name is not valid UTF-8, " + RENAME),
                    e);
        }
        if (e instanceof AccessDeniedException denied) {
            return new StoreException(Kind.IO,
                    denied.getFile() + ": permission denied; nothing was imported; make it readable and import again",
                    e);
        }
        return new StoreException(Kind.IO, path + ": cannot be read (" + e.getMessage() + "); nothing was imported", e);
    }
}
