package io.envcli.affinity;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

@Timeout(60)
class PinningTest {
    private static final Path TASKSET = Path.of("/usr/bin/taskset");

    /** Does as it is told, or keeps its mask. */
    private static final class FakeBinding implements Pinning.Binding {
        private final boolean obeys;
        private BitSet mask = BitSet.valueOf(new long[]{0b1111});

        FakeBinding(final boolean obeys) {
            this.obeys = obeys;
        }

        @Override
        public void bind(final BitSet cpus) {
            if (obeys) {
                mask = (BitSet) cpus.clone();
            }
        }

        @Override
        public BitSet read() {
            return mask;
        }
    }

    /** Throws what it was given. */
    private record Refusing(RuntimeException refusal) implements Pinning.Binding {
        @Override
        public void bind(final BitSet cpus) {
            throw refusal;
        }

        @Override
        public BitSet read() {
            throw refusal;
        }
    }

    @Test
    void saysWhereItIsPinned() {
        final Pinning pinning = Pinning.current(3, new FakeBinding(true));
        assertEquals(new Pinning(3, true, ""), pinning);
        assertEquals("cpu 3", pinning.describe());
    }

    @Test
    void aRefusalIsUnpinnedWithTheReason() {
        final Pinning pinning = Pinning.current(3, new Refusing(new IllegalStateException("EINVAL")));
        assertEquals(new Pinning(3, false, "EINVAL"), pinning);
        assertEquals("unpinned (EINVAL)", pinning.describe());
    }

    @Test
    void aRefusalWithoutAReasonIsUnpinnedToo() {
        final Pinning pinning = Pinning.current(0, new Refusing(new IllegalStateException()));
        assertFalse(pinning.pinned());
        assertFalse(pinning.note().isBlank());
    }

    @Test
    void aMissingLibraryIsUnpinned() {
        final Pinning pinning = Pinning.current(0, new Pinning.Binding() {
            @Override
            public void bind(final BitSet cpus) {
                throw new UnsatisfiedLinkError("no jna");
            }

            @Override
            public BitSet read() {
                return new BitSet();
            }
        });
        assertEquals(new Pinning(0, false, "no jna"), pinning);
    }

    @Test
    void whatTheKernelSaysCountsNotWhatWasAsked() {
        final Pinning pinning = Pinning.current(3, new FakeBinding(false));
        assertEquals(new Pinning(3, false, "the kernel says {0, 1, 2, 3}"), pinning);
    }

    @Test
    void pinsAThreadOfThisMachine() throws Exception {
        final int cpu = AllowedCpus.current().cpus().getFirst();
        final FutureTask<Pinning> attempt = new FutureTask<>(() -> Pinning.current(cpu));
        // A thread of its own: a mask stays with the thread.
        final Thread thread = new Thread(attempt, "pinned");
        thread.setDaemon(true);
        thread.start();
        final Pinning pinning = attempt.get(30, TimeUnit.SECONDS);
        assumeTrue(pinning.pinned(), pinning::describe);
        assertEquals(new Pinning(cpu, true, ""), pinning);
    }

    static boolean tasksetExists() {
        return Files.isExecutable(TASKSET) && AllowedCpus.current().cpus().contains(0);
    }

    @Test
    @EnabledIf("tasksetExists")
    void aProcessUnderTasksetKnowsItsOneCpu(@TempDir final Path folder) throws Exception {
        final List<String> answers = underTaskset(folder.resolve("answers"));
        assertEquals("cpus=[0] usable=1", answers.get(0));
        // A mask is no fence: the kernel may grant CPU 1 all the same. Either way the answer is what the thread's mask is.
        final boolean alone = "1".equals(answers.get(2));
        assertEquals(alone, "cpu 1".equals(answers.get(1)), answers::toString);
        assertTrue(alone || answers.get(1).startsWith("unpinned ("), answers::toString);
    }

    private static List<String> underTaskset(final Path answers) throws IOException, InterruptedException {
        final Path log = answers.resolveSibling("log");
        final Process child = new ProcessBuilder(TASKSET.toString(), "-c", "0",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow",
                "-XX:TieredStopAtLevel=1",
                "-cp", System.getProperty("java.class.path"), AffinityProbe.class.getName(), answers.toString())
                .redirectErrorStream(true).redirectOutput(log.toFile()).start();
        try {
            assertTrue(child.waitFor(45, TimeUnit.SECONDS), "the child does not end");
            assertEquals(0, child.exitValue(), () -> "the child failed: " + read(log));
            return Files.readAllLines(answers);
        } finally {
            child.destroyForcibly();
        }
    }

    private static String read(final Path file) {
        try {
            return Files.readString(file);
        } catch (final IOException e) {
            return e.toString();
        }
    }
}
