package io.envcli.cli;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class OutputTest {
    @TempDir
    Path folder;
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private static OutputStream failing(final String message) {
        return new OutputStream() {
            @Override
            public void write(final int b) throws IOException {
                throw new IOException(message);
            }
        };
    }

    private Shell shell(final OutputStream stdout, final boolean terminal) {
        return new Shell(new ByteArrayInputStream(new byte[0]), stdout, err, Map.of(), false, terminal, terminal);
    }

    @Test
    void aReaderThatWentAwayIsSuccess() {
        assertEquals(ExitStatus.DONE, Cli.run(List.of("--help"), shell(failing("Broken pipe"), false)));
        assertEquals("", err.toString(StandardCharsets.UTF_8));
    }

    @Test
    void aFullDiskBehindStdoutIsAFailure() {
        assertEquals(ExitStatus.FAILED, Cli.run(List.of("--help"), shell(failing("No space left on device"), false)));
        assertTrue(err.toString(StandardCharsets.UTF_8).contains("No space left on device"));
    }

    @Test
    void aChangeThatCouldNotBeReportedWasMadeAllTheSame() throws IOException {
        final Path file = sandbox().file("a.env", "A=1\n");
        for (final List<String> arguments : List.of(List.of("import", file.toString(), "--env", "default"),
                List.of("import", file.toString(), "--json"),
                List.of("put", "B", "--json", "--from-file", file.toString()),
                List.of("unset", "A", "--json"))) {
            assertEquals("env-cli: the result could not be written to stdout: No space left on device;"
                    + " the change itself was made\n", onFullDisk(arguments));
        }
        assertEquals("B\n", sandbox().run("list").out().replaceAll("\t.*", ""), "all of it was done");
        for (final List<String> arguments : List.of(List.of("unset", "MISSING", "--json"), List.of("get", "B"))) {
            assertEquals("env-cli: the result could not be written to stdout: No space left on device\n",
                    onFullDisk(arguments).lines().skip(arguments.contains("--json") ? 1 : 0)
                            .map(line -> line + "\n").reduce("", String::concat));
        }
    }

    private Sandbox sandbox() {
        return new Sandbox(folder);
    }

    private String onFullDisk(final List<String> arguments) {
        err.reset();
        final Shell shell = new Shell(new ByteArrayInputStream(new byte[0]), failing("No space left on device"), err,
                sandbox().environment(), false, false, false);
        assertEquals(ExitStatus.FAILED, Cli.run(arguments, shell));
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void nobodyAtStderrIsNoFailure() {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        final Shell shell = new Shell(new ByteArrayInputStream(new byte[0]), out, failing("Bad file descriptor"),
                Map.of(), false, false, false);
        assertEquals(ExitStatus.FAILED, Cli.run(List.of("nonsense"), shell));
    }

    @Test
    void moreThanTheBufferComesOutInOrder() throws IOException {
        final ByteArrayOutputStream stdout = new ByteArrayOutputStream();
        final Output out = new Output(shell(stdout, false));
        final StringBuilder expected = new StringBuilder();
        for (int i = 0; i < 3_000; i++) {
            out.print(i + ",");
            expected.append(i).append(',');
        }
        final byte[] large = "x".repeat(100_000).getBytes(StandardCharsets.UTF_8);
        out.write(large, 0, large.length);
        out.println("end");
        out.flush();
        assertEquals(expected + "x".repeat(100_000) + "end\n", stdout.toString(StandardCharsets.UTF_8));
    }

    @Test
    void namesAreHarmlessOnATerminalAndExactElsewhere() throws IOException {
        final String name = "A\u001b[31m\u202e";
        for (final boolean terminal : new boolean[]{true, false}) {
            final ByteArrayOutputStream stdout = new ByteArrayOutputStream();
            final Output out = new Output(shell(stdout, terminal));
            out.printName(name).println("");
            out.flush();
            assertEquals((terminal ? "A\\x1b[31m\\u202e" : name) + "\n", stdout.toString(StandardCharsets.UTF_8));
        }
    }

    @Test
    void theLastPieceOfLongWorkIsToldWhereALineStands() throws IOException {
        final Output out = new Output(shell(new ByteArrayOutputStream(), true));
        final ProgressLine progress = new ProgressLine(out, "rekeying");
        progress.last("making the view ...");
        assertEquals("", err.toString(StandardCharsets.UTF_8), "nothing was shown yet");
        while (err.size() == 0) {
            progress.onProgress(0, 1, 2);
        }
        err.reset();
        progress.last("making the view ...");
        progress.finish();
        assertEquals("\r\u001b[Krekeying: making the view ...\r\u001b[K", err.toString(StandardCharsets.UTF_8));
    }

    @Test
    void whateverIsSaidOfAFileStaysOneHarmlessLine() throws IOException {
        final Output out = new Output(shell(new ByteArrayOutputStream(), false));
        final String text = "a\nb\u001b[31m.env: no";
        out.error(text);
        out.remark(text);
        out.remark(Output.Paint.YELLOW, "warning:", text);
        out.reject(text);
        out.flush();
        final String shown = "a\\x0ab\\x1b[31m.env: no\n";
        assertEquals("env-cli: " + shown + shown + "warning: " + shown + shown, err.toString(StandardCharsets.UTF_8));
    }

    @Test
    void everyHarmfulCharacterIsEscapedAndNoOther() {
        assertEquals("\\x00\\x0a\\x0d\\x1b\\x7f\\x9b\\u2028\\u2066",
                Printable.line("\0\n\r\u001b\u007f\u009b\u2028\u2066"));
        assertEquals("\n\t\\x0d", Printable.lines("\n\t\r"));
        final String harmless = "Grüezi 漢字 👍 \\ ~";
        assertEquals(harmless, Printable.line(harmless));
    }
}
