package io.envcli.perf.start;

import io.envcli.perf.Run;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import static org.junit.jupiter.api.Assertions.*;

class ProgramTest {
    @TempDir
    Path folder;

    @Test
    void aProgramMustPrintItsProof() throws IOException {
        assertTrue(Program.of("echo", "ell", "echo", "hello").millis(folder) > 0);
        final Program silent = Program.of("echo", "goodbye", "echo", "hello");
        assertThrows(IllegalStateException.class, () -> silent.millis(folder));
        final Program failing = Program.of("false", "", "false");
        assertThrows(IOException.class, () -> failing.millis(folder));
    }

    @Test
    void preparesBeforeEachRun() throws IOException {
        final Path file = folder.resolve("count");
        final Program.Preparation more = () -> Files.writeString(file,
                Files.exists(file) ? Files.readString(file) + "x" : "");
        final Program program = new Program("cat", List.of("cat", file.toString()), more, "xx");
        assertThrows(IllegalStateException.class, () -> program.millis(folder));
        assertThrows(IllegalStateException.class, () -> program.millis(folder));
        assertTrue(program.millis(folder) > 0);
    }

    @Test
    void emptyJavaRunsAndWhatIsAbsentIsSkipped() throws IOException {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        final Run.Context context = new Run.Context(folder, new PrintStream(out, true, StandardCharsets.UTF_8));
        final List<Program> programs = new OtherPrograms(context, folder, folder.resolve("absent.env")).prepare();
        assertEquals(OtherPrograms.EMPTY_JAVA, programs.getFirst().name());
        assertTrue(programs.getFirst().millis(folder) > 0);
        assertTrue(out.toString(StandardCharsets.UTF_8).contains("dotenvx get: skipped: "),
                out.toString(StandardCharsets.UTF_8));
    }
}
