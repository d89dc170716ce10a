package io.envcli.offheap;

import io.envcli.offheap.testing.LeakCheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Readers in other threads and in another process, while the writer puts, imports and grows. */
@ExtendWith(LeakCheck.class)
class HashIndexBesideWriterTest {
    private static final int NAMES = 300;
    private static final int VERSIONS = 10_000;
    /** Each of these versions is an import, open while the ones before it are put. */
    private static final int IMPORT_EVERY = 10;

    @TempDir
    private Path folder;

    @Test
    void threadsSeeTheirVersion() throws Exception {
        final ExecutorService readers = Executors.newFixedThreadPool(2);
        try {
            final Future<Long> mapped = readers.submit(() -> read(folder(folder), false));
            final Future<Long> once = readers.submit(() -> read(folder(folder), true));
            write();
            assertTrue(mapped.get(60, TimeUnit.SECONDS) > 0);
            assertTrue(once.get(60, TimeUnit.SECONDS) > 0);
        } finally {
            readers.shutdownNow();
            assertTrue(readers.awaitTermination(10, TimeUnit.SECONDS));
        }
    }

    @Test
    void anotherProcessSeesItsVersion() throws Exception {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        for (final String flag : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            if (!flag.startsWith("-javaagent")) {
                command.add(flag);
            }
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Child.class.getName(),
                folder.toString()));
        final Process child = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            write();
            final String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(child.waitFor(60, TimeUnit.SECONDS));
            assertEquals(0, child.exitValue(), said);
        } finally {
            child.destroyForcibly();
        }
    }

    /** The other process: reads until it has seen the last version. Its exit status is its answer. */
    static final class Child {
        private Child() {}

        public static void main(final String[] arguments) throws IOException {
            read(folder(Path.of(arguments[0])), false);
        }
    }

    private static HashIndexFolder folder(final Path path) {
        return new HashIndexFolder(path.resolve("view"), HashIndexTest.STORE, HashIndexTest.BOOT);
    }

    /** Version v sets name v % NAMES to v; imports do so long before they commit. */
    private void write() throws IOException {
        final HashIndexFolder view = folder(folder);
        HashIndex index = view.create(16, 16);
        try (Names names = new Names()) {
            int pending = 0;
            for (int version = 1; version <= VERSIONS; version++) {
                index = view.reserve(index, 4, 4);
                final int environment = index.environment(names.hash(-1), 0);
                if (version % IMPORT_EVERY == 1) {
                    pending = index.transaction(version);
                    set(index, names, environment, pending, version + IMPORT_EVERY - 1);
                }
                final boolean anImport = version % IMPORT_EVERY == 0;
                final int ordinal = anImport ? pending : index.transaction(version);
                if (!anImport) {
                    set(index, names, environment, ordinal, version);
                }
                index.commit(ordinal, version, 0, 0);
            }
        } finally {
            index.close();
        }
    }

    private static void set(final HashIndex index, final Names names, final int environment, final int ordinal,
            final int version) {
        final int code = index.upsert(environment, names.hash(version % NAMES), names.fingerprint(version), ordinal,
                version * 16L, 0);
        assertTrue(code > 0, "code=" + code);
    }

    private static long read(final HashIndexFolder view, final boolean unmapped) throws IOException {
        final long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(50);
        long answers = 0;
        try (Names names = new Names()) {
            for (long seen = 0; seen < VERSIONS;) {
                assertTrue(System.nanoTime() < deadline, "seen=" + seen);
                try (HashIndexReader reader = unmapped ? view.openNewestOnce() : view.openNewest()) {
                    if (reader == null) {
                        Thread.onSpinWait();
                        continue;
                    }
                    answers += readSnapshots(reader, names);
                    seen = requireNonNull(reader).version();
                }
            }
        }
        return answers;
    }

    private static long readSnapshots(final HashIndexReader opened, final Names names) {
        long answers = verify(opened, names);
        for (int round = 0; round < 50 && !opened.isSuperseded(); round++) {
            final long version = opened.lastVersion();
            assertTrue(version >= opened.version(), "version=" + version);
            answers += verify(opened.at(version), names);
        }
        return answers + verify(opened, names);
    }

    private static long verify(final HashIndexReader reader, final Names names) {
        final long at = reader.version();
        final int environment = reader.findEnvironment(names.hash(-1));
        if (at == 0) {
            assertTrue(environment >= 0);
            return 0;
        }
        for (int name = 0; name < NAMES; name++) {
            final long expected = at - Math.floorMod(at - name, (long) NAMES);
            final long entry = reader.find(environment, names.hash(name));
            if (expected <= 0) {
                assertEquals(0, entry, "at=" + at + " name=" + name);
            } else {
                assertTrue(entry > 0, "entry=" + entry + " at=" + at + " name=" + name);
                assertEquals(expected * 16, reader.location(entry), "at=" + at + " name=" + name);
            }
        }
        final long[] sum = new long[1];
        final long listed = reader.forEach(environment, (entry, location, f0, f1, version) -> {
            assertEquals(location, version * 16);
            sum[0] += version;
        });
        final long variables = Math.min(at, NAMES);
        assertEquals(variables, listed, "at=" + at);
        assertEquals(variables * (at + at - variables + 1) / 2, sum[0], "at=" + at);
        return NAMES;
    }
}
