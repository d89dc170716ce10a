package io.envcli.journal;

import io.envcli.offheap.FileSpace;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The lock of a store, held by its one writer: a lock of the operating system on the file {@code lock}, which ends with the
 * process however it ends. The file says how the last writer left.
 *
 * <p>Closing <em>any</em> descriptor of the file in a process drops the process's lock. So a process keeps account of the
 * locks that it holds, and opens the file of none of them a second time.
 *
 * <p>Threading: any thread, one at a time; {@link #acquire} and {@link #state} may be called by several.
 */
public final class StoreLock implements AutoCloseable {
    /** Locks that this process holds, by the identity of their files. Guarded by itself. */
    private static final Map<Object, StoreLock> HELD = new HashMap<>();
    /** A reader that asks for the state holds the lock for an instant; then the writer asks again. */
    private static final int ATTEMPTS = 20;
    private static final long ATTEMPT_NS = TimeUnit.MILLISECONDS.toNanos(10);

    private final Path store;
    private final Object identity;
    private final FileChannel channel;
    private final LockContent previous;
    private LockContent content;
    private boolean closed;

    private StoreLock(final Path store, final Object identity, final FileChannel channel, final LockContent previous) {
        this.store = store;
        this.identity = identity;
        this.channel = channel;
        this.previous = previous;
        this.content = previous;
    }

    /**
     * Takes the lock of a store. Folder and lock file are made when they are missing.
     *
     * @param store the store's folder.
     * @return the lock; the caller closes it, after the journal's writer.
     * @throws StoreLockedException if another writer holds it, in this process or another.
     * @throws JournalException     if the lock file is in a newer format.
     * @throws IOException          if it cannot be made or read.
     */
    public static StoreLock acquire(final Path store) throws IOException {
        StoreFolders.create(store);
        final Path file = StoreFolders.lock(store);
        synchronized (HELD) {
            if (!Files.exists(file)) {
                create(file);
            }
            final Object identity = identity(file);
            if (HELD.containsKey(identity)) {
                throw new StoreLockedException(file, ProcessHandle.current().pid());
            }
            final StoreLock lock = lock(store, file, identity);
            HELD.put(identity, lock);
            return lock;
        }
    }

    /**
     * Looks at a store's lock without keeping it.
     *
     * @param store the store's folder.
     * @return what the lock says; nothing known if there is no lock file, or it may not be read.
     * @throws JournalException if the lock file is in a newer format.
     * @throws IOException      if it cannot be read.
     */
    public static StoreState state(final Path store) throws IOException {
        final LockView view = view(store);
        return new StoreState(view.held, view.content.pid(), view.content.state() == LockDescriptor.CLEAN
                && !view.content.isOtherBoot());
    }

    /** What readers see of the lock. */
    record LockView(LockContent content, boolean held) {}

    static LockView view(final Path store) throws IOException {
        final Path file = StoreFolders.lock(store);
        synchronized (HELD) {
            if (!Files.isReadable(file)) {
                return new LockView(LockContent.unreadable(), false);
            }
            final StoreLock own = HELD.get(identity(file));
            if (own != null) {
                return new LockView(own.content, true);
            }
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
                    @Nullable
                    FileLock lock = channel.tryLock(0, Long.MAX_VALUE, true)) {
                return new LockView(read(file, channel), lock == null);
            }
        }
    }

    private static void create(final Path file) throws IOException {
        try {
            StoreFolders.createFile(file);
        } catch (final FileAlreadyExistsException e) {
            // Another process was faster; which of the two gets the lock is decided next.
            Objects.requireNonNull(e);
        }
    }

    private static StoreLock lock(final Path store, final Path file, final Object identity) throws IOException {
        final FileChannel channel = FileChannel.open(file,
                Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE));
        try {
            final LockContent previous = read(file, channel);
            for (int i = 0; i < ATTEMPTS; i++) {
                if (tryLock(channel)) {
                    return new StoreLock(store, identity, channel, read(file, channel));
                }
                LockSupport.parkNanos(ATTEMPT_NS);
            }
            throw new StoreLockedException(file, previous.state() == LockDescriptor.OPEN ? previous.pid() : 0);
        } catch (final IOException | RuntimeException | Error e) {
            channel.close();
            throw e;
        }
    }

    private static boolean tryLock(final FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (final OverlappingFileLockException e) {
            // Held under another class loader of this process.
            return false;
        }
    }

    private static Object identity(final Path file) throws IOException {
        final Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        return key == null ? file.toRealPath() : key;
    }

    private static LockContent read(final Path file, final FileChannel channel) throws IOException {
        final ByteBuffer buffer = ByteBuffer.allocate(LockDescriptor.LENGTH);
        int length = 0;
        while (buffer.hasRemaining()) {
            final int count = channel.read(buffer, length);
            if (count <= 0) {
                break;
            }
            length += count;
        }
        return LockContent.decode(file, buffer.array(), length);
    }

    /** {@return the store's folder} */
    public Path store() {
        return store;
    }

    /** How the writer before left. */
    LockContent previous() {
        return previous;
    }

    /** Says how things are now. */
    void write(final LockContent newContent) throws IOException {
        final ByteBuffer buffer = ByteBuffer.wrap(newContent.encode());
        while (buffer.hasRemaining()) {
            channel.write(buffer, buffer.position());
        }
        content = newContent;
    }

    void sync() throws IOException {
        FileSpace.sync(StoreFolders.lock(store), channel);
    }

    boolean isClosed() {
        return closed;
    }

    /** Gives the lock back. Idempotent. */
    @Override
    public void close() throws IOException {
        synchronized (HELD) {
            if (!closed) {
                closed = true;
                HELD.remove(identity);
                channel.close();
            }
        }
    }
}
