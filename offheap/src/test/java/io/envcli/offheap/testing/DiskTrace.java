package io.envcli.offheap.testing;

import io.envcli.offheap.DiskObserver;
import io.envcli.offheap.FileSpace;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Writes down what happens to a folder and everything in it until power fails: its whole state, mapped pages included, before
 * and after each sync, after each allocation, and wherever {@link #mark} is called; and which file or folder each sync was
 * of. {@link PowerCut} makes of it what a disk might hold afterwards.
 *
 * <p>A state is taken by reading the files, which on Linux sees what was written through a mapping at once. Sectors that have
 * not changed are shared between states, so thousands of them fit into memory.
 *
 * <p>Threading: any thread; one trace at a time in a process.
 */
public final class DiskTrace implements DiskObserver, AutoCloseable {
    /** Bytes that a disk writes wholly or not at all. */
    static final int SECTOR = 512;
    private static final byte[] ZEROS = new byte[SECTOR];
    /** As everything that is written for a store. */
    static final FileAttribute<Set<PosixFilePermission>> FOLDER_MODE = PosixFilePermissions
            .asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    static final FileAttribute<Set<PosixFilePermission>> FILE_MODE = PosixFilePermissions
            .asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    /** What a file or folder is, whatever its name: number and time of birth, since numbers are used again. */
    record Inode(Object number, FileTime born) {}

    /** What a file holds. The last sector is filled up with zeros. */
    record Content(int length, List<byte[]> sectors) {
        static final Content EMPTY = new Content(0, List.of());
    }

    /**
     * How things are at one time.
     *
     * @param files   what each holds.
     * @param folders the names in each.
     * @param synced  what has just been synced as it was in the state {@code syncedIn}; null if nothing was.
     */
    record State(Map<Inode, Content> files, Map<Inode, Map<String, Inode>> folders, @Nullable Inode synced,
            int syncedIn) {}

    private final Path top;
    private final Predicate<Path> ignored;
    private final List<State> states = new ArrayList<>();
    private final ThreadLocal<Integer> begun = new ThreadLocal<>();

    private DiskTrace(final Path top, final Predicate<Path> ignored) {
        this.top = top;
        this.ignored = ignored;
    }

    /**
     * Begins to write down. What is there now counts as synced.
     *
     * @param top folder to watch.
     * @return the trace; the caller closes it, which ends it.
     */
    public static DiskTrace of(final Path top) {
        return of(top, _ -> false);
    }

    /**
     * The same of a program in which some syncs are left out.
     *
     * @param top     folder to watch.
     * @param ignored the files and folders whose syncs are left out.
     * @return the trace; the caller closes it, which ends it.
     */
    public static DiskTrace of(final Path top, final Predicate<Path> ignored) {
        final DiskTrace trace = new DiskTrace(top, ignored);
        trace.mark();
        FileSpace.observe(trace);
        return trace;
    }

    /** {@return number of states so far, after one more has been taken: what follows has a higher number} */
    public synchronized int mark() {
        return add(null, 0);
    }

    /** {@return number of states} */
    public synchronized int length() {
        return states.size();
    }

    synchronized State state(final int number) {
        return states.get(number);
    }

    Inode root() {
        try {
            return inode(Files.readAttributes(top, BasicFileAttributes.class));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void allocated(final Path file) {
        mark();
    }

    @Override
    public void syncing(final Path path) {
        begun.set(mark() - 1);
    }

    @Override
    public synchronized void synced(final Path path) {
        if (ignored.test(path)) {
            return;
        }
        final int before = begun.get();
        try {
            add(inode(Files.readAttributes(path, BasicFileAttributes.class)), before);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int add(final @Nullable Inode synced, final int syncedIn) {
        final State state = new State(new HashMap<>(), new HashMap<>(), synced, syncedIn);
        try {
            folder(top, state);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        states.add(state);
        return states.size();
    }

    private Inode folder(final Path folder, final State to) throws IOException {
        final Inode self = inode(Files.readAttributes(folder, BasicFileAttributes.class));
        final Map<String, Inode> names = new HashMap<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (final Path entry : entries) {
                try {
                    names.put(String.valueOf(entry.getFileName()), entry(entry, to));
                } catch (final NoSuchFileException _) {
                    names.remove(String.valueOf(entry.getFileName())); // Another thread has just deleted it.
                }
            }
        }
        to.folders.put(self, names);
        return self;
    }

    private Inode entry(final Path entry, final State to) throws IOException {
        final BasicFileAttributes attributes = Files.readAttributes(entry, BasicFileAttributes.class,
                LinkOption.NOFOLLOW_LINKS);
        if (attributes.isDirectory()) {
            return folder(entry, to);
        }
        final Inode self = inode(attributes);
        final Content before = states.isEmpty() ? Content.EMPTY
                : states.getLast().files.getOrDefault(self, Content.EMPTY);
        to.files.put(self, content(Files.readAllBytes(entry), before));
        return self;
    }

    private static Inode inode(final BasicFileAttributes attributes) {
        return new Inode(attributes.fileKey(), attributes.creationTime());
    }

    private static Content content(final byte[] bytes, final Content before) {
        final List<byte[]> sectors = new ArrayList<>();
        boolean same = bytes.length == before.length;
        for (int from = 0; from < bytes.length; from += SECTOR) {
            final int to = Math.min(from + SECTOR, bytes.length);
            final byte[] old = from < before.length ? before.sectors.get(from / SECTOR) : ZEROS;
            if (Arrays.equals(bytes, from, to, old, 0, to - from)) {
                sectors.add(old);
            } else {
                sectors.add(Arrays.copyOfRange(bytes, from, from + SECTOR));
                same = false;
            }
        }
        return same ? before : new Content(bytes.length, sectors);
    }

    /**
     * Writes down what another process would find if this one were killed in a state: everything.
     *
     * @param number of the state.
     * @param target an empty folder, to become the one that was traced.
     * @throws IOException if it cannot be written.
     */
    public void writeTo(final int number, final Path target) throws IOException {
        write(state(number), root(), target);
    }

    private static void write(final State state, final Inode folder, final Path target) throws IOException {
        for (final Map.Entry<String, Inode> entry : state.folders.getOrDefault(folder, Map.of()).entrySet()) {
            final Path path = target.resolve(entry.getKey());
            final Content content = state.files.get(entry.getValue());
            if (content == null) {
                Files.createDirectory(path, FOLDER_MODE);
                write(state, entry.getValue(), path);
            } else {
                Files.createFile(path, FILE_MODE);
                final ByteBuffer bytes = ByteBuffer.allocate(content.sectors.size() * SECTOR);
                content.sectors.forEach(bytes::put);
                Files.write(path, Arrays.copyOf(bytes.array(), content.length));
            }
        }
    }

    /** Ends the trace; what it holds stays. */
    @Override
    public void close() {
        FileSpace.observe(DiskObserver.NONE);
    }
}
