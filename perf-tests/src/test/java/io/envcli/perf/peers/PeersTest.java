package io.envcli.perf.peers;

import io.envcli.offheap.testing.LeakCheck;
import io.envcli.perf.Run;
import io.envcli.perf.workload.Profile;
import io.envcli.perf.workload.Truth;
import io.envcli.perf.workload.Variables;
import io.envcli.perf.workload.WorkloadCache;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import static org.junit.jupiter.api.Assertions.*;

@ExtendWith(LeakCheck.class)
class PeersTest {
    private static final int COUNT = 500;

    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private WorkloadCache.Entry workload() throws IOException {
        return new WorkloadCache(folder).get(Profile.BULK, 5, COUNT);
    }

    @Test
    void readsAnswers() {
        final Answer answer = Answer.parse("variables=500 nanos=2000000\n");
        assertEquals(new Answer(500, 2_000_000), answer);
        assertEquals(250_000, answer.rate());
        assertThrows(IllegalStateException.class, () -> Answer.parse("Error: variables=1"));
    }

    @Test
    void ourParserProvesItsWork() throws IOException {
        final WorkloadCache.Entry workload = workload();
        try (OwnParser parser = new OwnParser(workload.file(), workload.truth())) {
            assertEquals(COUNT, parser.parse().variables());
            assertEquals(COUNT, parser.parseRows().variables());
        }
        final Truth t = workload.truth();
        final Truth wrong = new Truth(t.profile(), t.seed(), COUNT, COUNT, t.lines(), t.bytes(), t.crc32c(), 1);
        assertThrows(IllegalStateException.class, () -> new OwnParser(workload.file(), wrong));
    }

    @Test
    void peersAnswerForThemselves() throws IOException {
        final Path script = Files.writeString(folder.resolve("peer.sh"),
                "echo variables=$(wc -l <\"$1\") nanos=1000\n");
        final ParsingPeer peer = new ParsingPeer("sh", List.of("sh", script.toString()));
        assertEquals(new Answer(COUNT, 1_000), peer.parse(workload().file()));
        final ParsingPeer failing = new ParsingPeer("false", List.of("false"));
        assertThrows(IOException.class, () -> failing.parse(workload().file()));
    }

    @Test
    void commandsForRedisHaveAllVariables() throws IOException {
        final Path file = folder.resolve("commands");
        RespFile.write(workload().truth(), "h", file);
        final Variables variables = new Variables(Profile.BULK, 5);
        final StringBuilder expected = new StringBuilder();
        for (int i = 0; i < COUNT; i++) {
            final byte[] value = variables.lastValue(i, COUNT);
            final String name = variables.name(i);
            expected.append("*4\r\n$4\r\nHSET\r\n$1\r\nh\r\n$").append(name.length()).append("\r\n").append(name)
                    .append("\r\n$").append(value.length).append("\r\n")
                    .append(new String(value, StandardCharsets.UTF_8))
                    .append("\r\n");
        }
        assertEquals(expected.toString(), Files.readString(file));
    }

    /** Where Redis is not installed, that is said, and nothing measured. */
    @Test
    void storesBesideRedisOrSkipsIt() throws IOException {
        final Run.Context context = new Run.Context(folder, new PrintStream(out, true, StandardCharsets.UTF_8));
        final int classes = new StoringBenchmark(context, workload(), folder.resolve("peers")).run(1).size();
        final String text = out.toString(StandardCharsets.UTF_8);
        assertEquals(text.contains("Redis: skipped") ? 0 : 2, classes, text);
    }
}
