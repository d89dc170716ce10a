package io.envcli.simd;

import io.envcli.simd.internal.KernelChoice;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** How kernels are chosen, in JVMs of their own: the choice is made once in a process. */
final class KernelsTest {
    /** The launcher's flags. */
    private static final List<String> FLAGS = List
            .of(System.getProperty("envcli.test.jvmFlags", "").strip().split("\\s+"));
    private static final String LOADER = "jdk.internal.module";

    /** What a JVM said. */
    private record Said(String out, String err) {
        String line(final int number) {
            return out.lines().toList().get(number);
        }
    }

    /** The program of the JVMs. */
    static final class Program {
        private Program() {}

        @SuppressWarnings("SystemOut")
        public static void main(final String[] arguments) throws InterruptedException {
            System.out.println(Kernels.describe());
            System.out.println(Kernels.awaitWarm(Duration.ofSeconds(60)));
            System.out.println(Kernels.describe());
            System.out.println(Kernels.vector().isPresent());
            final String name = Kernels.current().name();
            final PairKernel pairs = Kernels.current().pairs();
            Kernels.warmUpSearch();
            final long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            while (Kernels.vector().isPresent() && KernelChoice.configured() == KernelChoice.AUTO
                    && !Kernels.describe().contains(", pairs ") && System.nanoTime() < deadline) {
                Thread.onSpinWait();
            }
            System.out.println(Kernels.describe());
            System.out.println(name.equals(Kernels.current().name()) + " " + pairs.equals(Kernels.scalar().pairs()));
        }
    }

    @Test
    void loadsTheModuleItselfAndIsSilent() throws IOException, InterruptedException {
        final Said said = run();
        assertEquals("", said.err());
        assertEquals("scalar (not warmed up)", said.line(0));
        assertEquals("true", said.line(1));
        assertTrue(said.line(2).contains("(blake3 "), said.out());
        assertEquals("true", said.line(3));
        assertFalse(said.line(2).contains("pairs"), "an import does not wait for the kernel that only a search uses");
        assertTrue(said.line(4).contains(", pairs "), said.out());
        assertFalse(said.line(4).contains("differs") || said.line(4).contains("failed"), said.out());
        assertEquals("true true", said.line(5), said.out());
    }

    @Test
    void usesTheModuleThatIsThere() throws IOException, InterruptedException {
        final Said said = run("--add-modules=jdk.incubator.vector", "-Denvcli.kernels=vector");
        assertTrue(said.line(0).startsWith("vector-"), said.out());
        assertTrue(said.line(0).endsWith(" (envcli.kernels=vector)"), said.out());
        assertEquals(said.line(0), said.line(2));
    }

    @Test
    void staysScalarWhereTheModuleCannotBeHad() throws IOException, InterruptedException {
        final Said said = runWith(FLAGS.stream().filter(flag -> !flag.contains(LOADER)).toList());
        assertEquals("", said.err());
        assertTrue(said.line(2).startsWith("scalar (vector module not loadable: "), said.out());
        assertEquals("false", said.line(3));
    }

    @Test
    void staysScalarWhereAskedTo() throws IOException, InterruptedException {
        final Said said = run("-Denvcli.kernels=scalar");
        assertEquals("", said.err());
        assertEquals("scalar (envcli.kernels=scalar)", said.line(0));
        assertEquals(said.line(0), said.line(2));
        assertEquals(said.line(0), said.line(4));
    }

    @Test
    void warmsUpHere() throws InterruptedException {
        assertTrue(Kernels.awaitWarm(Duration.ofSeconds(60)));
        assertFalse(Kernels.describe().contains("differs"), Kernels.describe());
    }

    private static Said run(final String... more) throws IOException, InterruptedException {
        return runWith(Stream.concat(FLAGS.stream(), Stream.of(more)).toList());
    }

    private static Said runWith(final List<String> flags) throws IOException, InterruptedException {
        final List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElseThrow());
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Program.class.getName()));
        final Process process = new ProcessBuilder(command).start();
        final String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        final String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(10, TimeUnit.SECONDS));
        assertEquals(0, process.exitValue(), err);
        return new Said(out, err);
    }
}
