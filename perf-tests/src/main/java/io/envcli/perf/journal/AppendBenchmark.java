package io.envcli.perf.journal;

import io.envcli.journal.JournalConfig;
import io.envcli.journal.JournalWriter;
import io.envcli.journal.StoreLock;
import io.envcli.journal.UserKey;
import io.envcli.perf.Folders;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;

/**
 * A quarter of a million variables are sealed and appended to a new journal in class {@code process}; a score is the time
 * for one of them.
 */
// JMH calls setUp() before anything else.
@SuppressWarnings("NullAway.Init")
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class AppendBenchmark {
    private static final byte[] ENVIRONMENT = {'p', 'e', 'r', 'f'};
    private static final int PASSES = 64;
    private static final int VARIABLES = Changes.COUNT * PASSES;
    private static final int WRITE = 1 << 16;

    private Path folder;
    private Changes changes;
    private UserKey key;
    private StoreLock lock;
    private JournalWriter writer;

    /**
     * Makes the variables, and proves by a replay that all of them arrive, in order.
     *
     * @throws IOException if the journal cannot be written.
     */
    @Setup(Level.Trial)
    public void setUp() throws IOException {
        folder = Files.createTempDirectory("env-cli-journal");
        changes = new Changes(8);
        key = UserKey.of(new byte[UserKey.LENGTH]);
        open();
        append();
        close();
        changes.requireReplayed(folder.resolve("store"), key, VARIABLES);
        Folders.delete(folder.resolve("store"));
    }

    /**
     * Opens a new journal for one round.
     *
     * @throws IOException if it cannot be made.
     */
    @Setup(Level.Iteration)
    public void open() throws IOException {
        final Path store = Files.createDirectories(folder.resolve("store"));
        lock = StoreLock.acquire(store);
        writer = JournalWriter.open(lock, key, JournalConfig.DEFAULT);
    }

    /**
     * Seals and appends, and commits.
     *
     * @return the version made.
     * @throws IOException if the journal cannot be written.
     */
    @Benchmark
    @OperationsPerInvocation(VARIABLES)
    public long append() throws IOException {
        final long transaction = writer.nextTransaction();
        begin(transaction);
        for (int i = 0; i < VARIABLES; i++) {
            if (writer.isFrameFull()) {
                writer.append();
                begin(transaction);
            }
            if (changes.addTo(writer, i) == JournalWriter.FRAME_FULL) {
                throw new IllegalStateException("a frame that is not full takes no change");
            }
        }
        writer.append();
        return writer.commit(transaction, Changes.INFO);
    }

    private void begin(final long transaction) {
        writer.beginFrame(transaction);
        writer.section(ENVIRONMENT, ENVIRONMENT, (byte) 1);
    }

    /**
     * The baseline: as many bytes of names and values written to a file, unsealed.
     *
     * @return bytes written.
     * @throws IOException if the file cannot be written.
     */
    @Benchmark
    @OperationsPerInvocation(VARIABLES)
    public long plainWrite() throws IOException {
        final long length = changes.bytes() * PASSES;
        final ByteBuffer buffer = ByteBuffer.allocateDirect(WRITE);
        try (FileChannel channel = FileChannel.open(folder.resolve("store").resolve("plain"), StandardOpenOption.CREATE,
                StandardOpenOption.WRITE)) {
            long written = 0;
            while (written < length) {
                written += channel.write(buffer.clear());
            }
            return written;
        }
    }

    /**
     * Closes and deletes the journal of one round.
     *
     * @throws IOException if it cannot be closed.
     */
    @TearDown(Level.Iteration)
    public void discard() throws IOException {
        close();
        Folders.delete(folder.resolve("store"));
    }

    private void close() throws IOException {
        writer.close();
        lock.close();
    }

    /**
     * Frees memory and files.
     *
     * @throws IOException if a file cannot be deleted.
     */
    @TearDown(Level.Trial)
    public void tearDown() throws IOException {
        key.close();
        changes.close();
        Folders.delete(folder);
    }
}
