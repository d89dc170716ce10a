package io.envcli.scan.internal.walk;

import io.envcli.scan.internal.walk.IgnoreFile.Verdict;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;

/**
 * Walks folders with several threads, each of which takes the newest task off one stack: a folder to list, or some files to
 * look at. Newest first keeps the stack short, and while it is full a thread looks at the files it finds itself, so that
 * memory is bounded by depth and not by the size of the tree.
 *
 * <p>Threading: {@link #walk} once, from one thread.
 */
public final class Walker {
    private static final int FILES_IN_A_TASK = 64;
    private static final int MOST_TASKS = 256;
    /** Git's own folder, which holds no source, hidden or not. */
    private static final String GIT = ".git";

    private final WalkOptions options;
    private final Overrides overrides;
    private final TaskStack<Task> tasks = new TaskStack<>();

    /** Something for a thread to do. */
    private sealed interface Task {}

    /** A folder to list: paths in it begin with {@code absolute} for rules and with {@code shown} for people. */
    private record Folder(Path path, String absolute, String shown, IgnoreLevel level, int top, @Nullable Folder above,
            @Nullable Object key) implements Task {}

    /** Files to look at. */
    private record Batch(List<FoundFile> files) implements Task {}

    /**
     * Makes a walker.
     *
     * @param options what to take.
     * @param base    the folder that globs are relative to.
     */
    public Walker(final WalkOptions options, final Path base) {
        this.options = options;
        this.overrides = new Overrides(options.globs(), base);
    }

    /**
     * Walks, and returns when all is done. A path that is a file is taken whatever the options say.
     *
     * @param paths    to walk.
     * @param visitors one for each thread; the first is called by the calling thread.
     * @throws IOException if a path does not exist or cannot be read; nothing may have been visited then.
     */
    public void walk(final List<Path> paths, final List<? extends WalkVisitor> visitors) throws IOException {
        for (final Path path : paths) {
            final FileStat stat = FileStat.of(path, true, options.exactly());
            if (stat.isFolder()) {
                tasks.push(top(path, stat));
            } else if (stat.type() == FileStat.Type.FILE) {
                tasks.push(new Batch(List.of(new FoundFile(path, path.toString(), stat))));
            } else {
                throw new FileSystemException(path.toString(), null, "neither a file nor a folder; name one");
            }
        }
        final List<Thread> threads = new ArrayList<>();
        for (final WalkVisitor visitor : visitors.subList(1, visitors.size())) {
            threads.add(Thread.ofPlatform().daemon().name("envcli-scan").start(() -> work(visitor)));
        }
        work(visitors.getFirst());
        tasks.rethrow(threads);
    }

    private Folder top(final Path path, final FileStat stat) throws IOException {
        final Path absolute = path.toAbsolutePath().normalize();
        final String text = absolute.toString();
        final String prefix = text.endsWith("/") ? text : text + "/";
        final String named = path.normalize().toString();
        final String shown = named.isEmpty() || named.endsWith("/") ? named : named + "/";
        final IgnoreLevel level = options.obeysIgnoreFiles() ? IgnoreLevel.above(absolute) : IgnoreLevel.NONE;
        return new Folder(path, prefix, shown, level, prefix.length(), null, stat.key());
    }

    private void work(final WalkVisitor visitor) {
        try {
            for (Task task = tasks.take(); task != null; task = tasks.take()) {
                switch (task) {
                    case Folder folder -> list(folder, visitor);
                    case Batch batch -> batch.files().forEach(visitor::file);
                }
                tasks.done();
            }
        } catch (final RuntimeException | Error e) {
            tasks.fail(e);
        }
    }

    private void list(final Folder folder, final WalkVisitor visitor) {
        List<FoundFile> files = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder.path())) {
            final IgnoreLevel level = options.obeysIgnoreFiles()
                    ? IgnoreLevel.of(folder.level(), folder.absolute(), folder.path())
                    : IgnoreLevel.NONE;
            for (final Path entry : entries) {
                look(folder, level, entry, files, visitor.problems());
                if (files.size() == FILES_IN_A_TASK) {
                    give(files, visitor);
                    files = new ArrayList<>();
                }
            }
        } catch (final DirectoryIteratorException e) {
            problem(folder.shown(), Objects.requireNonNull(e.getCause()), visitor.problems());
        } catch (final IOException e) {
            problem(folder.shown(), e, visitor.problems());
        }
        files.forEach(visitor::file);
    }

    private void give(final List<FoundFile> files, final WalkVisitor visitor) {
        if (tasks.size() < MOST_TASKS) {
            tasks.push(new Batch(files));
        } else {
            files.forEach(visitor::file);
        }
    }

    private void look(final Folder folder, final IgnoreLevel level, final Path entry, final List<FoundFile> files,
            final BiConsumer<String, String> problems) {
        final String name = String.valueOf(entry.getFileName());
        final String shown = folder.shown() + name;
        try {
            FileStat stat = FileStat.of(entry, false, options.exactly());
            if (stat.type() == FileStat.Type.LINK) {
                if (!options.follows()) {
                    return;
                }
                stat = FileStat.of(entry, true, options.exactly());
            }
            if (stat.isFolder() ? isLeftOut(folder, level, name, true)
                    : stat.type() != FileStat.Type.FILE || isLeftOut(folder, level, name, false)
                            || !options.isWanted().test(shown)) {
                return;
            }
            if (!stat.isFolder()) {
                files.add(new FoundFile(entry, shown, stat));
            } else if (options.follows() && isAbove(folder, stat.key())) {
                problems.accept(shown, "a symbolic link to a folder that it lies in; not entered again");
            } else {
                tasks.push(new Folder(entry, folder.absolute() + name + "/", shown + "/", level, folder.top(),
                        options.follows() ? folder : null, stat.key()));
            }
        } catch (final IOException e) {
            problem(shown, e, problems);
        }
    }

    private static boolean isAbove(final Folder folder, final @Nullable Object key) {
        for (Folder above = folder; above != null && key != null; above = above.above()) {
            if (key.equals(above.key())) {
                return true;
            }
        }
        return false;
    }

    private boolean isLeftOut(final Folder folder, final IgnoreLevel level, final String name, final boolean isFolder) {
        if (isFolder && name.equals(GIT)) {
            return true;
        }
        final String path = folder.absolute() + name;
        final Verdict override = overrides.match(path, folder.top(), isFolder);
        if (override != Verdict.NONE) {
            return override == Verdict.IGNORE;
        }
        final Verdict verdict = level.match(path, isFolder);
        if (verdict != Verdict.NONE) {
            return verdict == Verdict.IGNORE;
        }
        return name.charAt(0) == '.' && !options.hidden() && !options.isNeverHidden().test(name);
    }

    private static void problem(final String shown, final IOException e, final BiConsumer<String, String> problems) {
        problems.accept(shown, reason(e));
    }

    /**
     * Why something cannot be read, without the name of it.
     *
     * @param e that says so.
     * @return for a person.
     */
    public static String reason(final IOException e) {
        return switch (e) {
            case AccessDeniedException denied -> "permission denied";
            case NoSuchFileException missing -> "gone before it was read";
            case FileSystemException other when other.getReason() != null -> other.getReason();
            default -> String.valueOf(e.getMessage());
        };
    }
}
