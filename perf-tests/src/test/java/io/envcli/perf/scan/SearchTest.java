package io.envcli.perf.scan;

import io.envcli.scan.ScanRequest;
import io.envcli.scan.Scanner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class SearchTest {
    @TempDir
    Path folder;

    @Test
    void aTreeHasWhatItSaysAndTheSameForTheSameSeed() throws Exception {
        final SourceTree.Truth truth = new SourceTree(7, 250).generate(folder.resolve("a"));
        assertEquals(truth, new SourceTree(7, 250).generate(folder.resolve("b")));
        assertTrue(truth.reads() > 20, truth::toString);
        final var report = new Scanner().scan(ScanRequest.of(List.of(folder.resolve("a"))));
        assertEquals(truth.reads(), report.uses().size());
        assertEquals(250, report.files());
        assertEquals(truth.bytes(), report.bytes());
    }

    @Test
    void countsLinesAndProcessorTimeOfTheProgram() throws Exception {
        Files.writeString(folder.resolve("text"), "a\nb\n");
        final Search.Run run = new Search("cat", List.of("cat", "text")).run(folder, folder);
        assertEquals(2, run.lines());
        assertTrue(run.cpuSeconds() >= 0 && run.wallSeconds() > 0);
        assertThrows(IOException.class, () -> new Search("false", List.of("false")).run(folder, folder));
    }

    @Test
    void readsTheTimesOfAShell() throws Exception {
        assertEquals(63.75, Search.cpuSeconds("0m0.50s 0m0.25s\n1m1.50s 0m2.25s\n"));
        assertThrows(IOException.class, () -> Search.cpuSeconds("none"));
    }
}
