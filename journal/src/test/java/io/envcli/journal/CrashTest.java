package io.envcli.journal;

import io.envcli.offheap.testing.LeakCheck;
import net.openhft.chronicle.queue.impl.TableStore;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.queue.impl.single.TableStoreWriteLock;
import net.openhft.chronicle.queue.impl.table.Metadata;
import net.openhft.chronicle.queue.impl.table.SingleTableBuilder;
import net.openhft.chronicle.threads.BusyTimedPauser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A writer is killed. A killed process is not a power cut: what is claimed here is class PROCESS. */
@ExtendWith(LeakCheck.class)
class CrashTest {
    private static final Duration REOPENING = Duration.ofSeconds(5);

    @TempDir
    Path store;

    @Test
    void everythingAcknowledgedSurvivesAndTheNextWriterGoesOnInANewSegment() throws Exception {
        long acknowledged = 0;
        for (int round = 0; round < 2; round++) {
            final Process child = child(List.of());
            acknowledged = readVersions(child, acknowledged + 40 + round * 17L);
            // By its handle: the process object would close the pipe, and what was acknowledged last be lost.
            ProcessHandle.of(child.pid()).orElseThrow().destroyForcibly();
            child.waitFor();
            acknowledged = Math.max(acknowledged, drain(child));
            final long version = committed();
            assertTrue(version >= acknowledged, "version=" + version + " acknowledged=" + acknowledged);
            assertTrue(version <= acknowledged + 1, "one commit at most was not acknowledged");
            acknowledged = version;
        }
        final int segments = StoreFolders.segments(StoreFolders.journal(store)).size();
        try (TestJournal journal = new TestJournal(store, TestJournal.SMALL)) {
            assertEquals(acknowledged, journal.writer().lastVersion());
            journal.put("after", 3);
        }
        assertEquals(segments + 1, StoreFolders.segments(StoreFolders.journal(store)).size());
        assertEquals(acknowledged + 1, committed());
        final JournalReport report = JournalVerifier.verify(store, TestJournal.key(1));
        assertTrue(report.isIntact(), report::toString);
        assertEquals(acknowledged + 1, report.versions());
    }

    @Test
    void anotherProcessIsToldWhoHoldsTheStore() throws Exception {
        final Process child = child(List.of());
        try {
            readVersions(child, 1);
            final StoreLockedException e = assertThrows(StoreLockedException.class, () -> StoreLock.acquire(store));
            assertEquals(child.pid(), e.pid());
            assertEquals(new StoreState(true, child.pid(), false), StoreLock.state(store));
            assertTrue(TestJournal.replay(store).size() > 1, "a reader beside a writer at work");
        } finally {
            child.destroyForcibly().waitFor();
        }
        assertEquals(new StoreState(false, child.pid(), false), StoreLock.state(store));
    }

    @Test
    void aKilledZombieDoesNotKeepTheStoreShut() throws Exception {
        // The shell becomes a process that never asks how its child ended: the child stays a zombie.
        final Process parent = child(List.of("sh", "-c", "\"$@\" & exec sleep 60", "sh"));
        try {
            final long pid = readPid(parent);
            readVersions(parent, 1);
            final ProcessHandle child = ProcessHandle.of(pid).orElseThrow();
            child.destroyForcibly();
            awaitZombie(pid);
            assertTimeout(REOPENING, () -> {
                try (TestJournal journal = new TestJournal(store, TestJournal.SMALL)) {
                    journal.put("after", 1);
                }
            });
        } finally {
            parent.destroyForcibly().waitFor();
        }
        assertTrue(committed() > 1);
    }

    @Test
    void aLockOfChronicleHeldUnderALiveProcessIdDoesNotKeepTheStoreShut() throws IOException {
        try (TestJournal journal = new TestJournal(store, TestJournal.SMALL)) {
            journal.put("before", 1);
        }
        final Path table = StoreFolders.segment(StoreFolders.journal(store), 1)
                .resolve(QueueFileDescriptor.TABLE_NAME);
        SingleChronicleQueueBuilder.addAliases();
        try (TableStore<?> held = SingleTableBuilder.binary(table, Metadata.NoMeta.INSTANCE).build()) {
            new TableStoreWriteLock(held, BusyTimedPauser::new, 1000L).lock();
            new TableStoreWriteLock(held, BusyTimedPauser::new, 1000L, TableStoreWriteLock.APPEND_LOCK_KEY).lock();
        }
        assertTimeout(REOPENING, () -> {
            try (TestJournal journal = new TestJournal(store, TestJournal.SMALL)) {
                journal.put("after", 1);
            }
        });
        assertEquals(2, committed());
        assertEquals(List.of(1), StoreFolders.segments(StoreFolders.journal(store)));
    }

    private static void awaitZombie(final long pid) throws IOException {
        final Path status = Path.of("/proc/" + pid + "/stat");
        final long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!Files.readString(status).contains(") Z ")) {
            assertTrue(System.nanoTime() < deadline, "the child does not die");
            Thread.onSpinWait();
        }
    }

    /** Replays; the contents of every change are checked by their own description. */
    private long committed() throws IOException {
        final long[] version = new long[1];
        try (JournalReader reader = JournalReader.open(store, TestJournal.key(1))) {
            reader.replay(Checkpoint.START, new ReplayHandler() {
                @Override
                public void onChange(final Change change) {
                    final String value = new String(change.value(), StandardCharsets.UTF_8);
                    assertEquals("NAME_" + (change.line() - 1), change.name());
                    assertTrue(value.endsWith(" " + (change.line() - 1)), value);
                }

                @Override
                public void onCommit(final Commit commit) {
                    assertEquals(version[0] + 1, commit.version());
                    version[0] = commit.version();
                }
            });
        }
        return version[0];
    }

    private Process child(final List<String> before) throws IOException {
        final List<String> command = new ArrayList<>(before);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        for (final String argument : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            if (argument.startsWith("--") || argument.startsWith("-X")) {
                command.add(argument);
            }
        }
        command.addAll(List.of("-cp", classPath(), CrashChild.class.getName(), store.toString()));
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    }

    private static String classPath() {
        final String surefire = System.getProperty("surefire.test.class.path");
        return surefire == null ? System.getProperty("java.class.path") : surefire;
    }

    // The reader of a process lives as long as the process.
    private static BufferedReader lines(final Process child) {
        return child.inputReader(StandardCharsets.UTF_8);
    }

    private static long readPid(final Process child) throws IOException {
        return Long.parseLong(lines(child).readLine().substring("pid ".length()));
    }

    private static long readVersions(final Process child, final long until) throws IOException {
        long version = 0;
        while (version < until) {
            final String line = lines(child).readLine();
            assertTrue(line != null, "the child ended early");
            version = line.startsWith("pid ") ? version : Long.parseLong(line);
        }
        return version;
    }

    /** What it had written before it was killed; the last line may be cut. */
    private static long drain(final Process child) throws IOException {
        long version = 0;
        final List<String> all = lines(child).lines().toList();
        for (final String line : all.subList(0, Math.max(0, all.size() - 1))) {
            version = Long.parseLong(line);
        }
        return version;
    }
}
