package io.envcli.perf;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class RunTest {
    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(final String... arguments) {
        return Run.run(new Run.Context(folder, print(out)), print(err), arguments);
    }

    private static PrintStream print(final ByteArrayOutputStream to) {
        return new PrintStream(to, true, StandardCharsets.UTF_8);
    }

    @Test
    void anUnknownNameListsWhatExists() {
        assertEquals(2, run("fly"));
        final String text = err.toString(StandardCharsets.UTF_8);
        assertTrue(text.contains("there is no benchmark fly"), text);
        assertTrue(text.contains("\n  kernels ") && text.contains("\n  import ") && text.contains("\n  generate "),
                text);
    }

    @Test
    void generatesAndPrintsTheTruth() throws IOException {
        final Path file = folder.resolve("a.env");
        assertEquals(0, run("generate", "--variables", "1_000", "--profile", "realistic", "--seed", "3", "--out",
                file.toString()));
        final String text = out.toString(StandardCharsets.UTF_8);
        assertTrue(text.startsWith("profile=realistic seed=3 variables=1000 "), text);
        assertTrue(text.contains(" bytes=" + Files.size(file) + " "), text);
    }

    @Test
    void refusesOptionsThatItDoesNotKnow() {
        assertEquals(2, run("generate", "--sede", "3", "--out", "x"));
        assertTrue(err.toString(StandardCharsets.UTF_8).contains("--sede"), err.toString(StandardCharsets.UTF_8));
        assertEquals(2, run("generate", "--seed"));
        assertEquals(2, run("generate", "--seed", "three"));
        assertEquals(2, run("generate"));
    }

    @Test
    void writesJson() throws IOException {
        final Map<String, Object> object = new LinkedHashMap<>();
        object.put("count", 12L);
        object.put("ratio", 1.23456789);
        object.put("samples", List.of(0.5, 1e9));
        object.put("environment", Map.of("cpu", "a \"b\""));
        final Path file = folder.resolve("r.json");
        Results.write(file, object);
        final String text = Files.readString(file).replaceAll("\\s+", "");
        assertEquals(
                "{\"count\":12,\"ratio\":1.23457,\"samples\":[0.5,1.0E9],\"environment\":{\"cpu\":\"a\\\"b\\\"\"}}",
                text);
    }

    @Test
    void medianIsTheMiddle() {
        assertEquals(2, Results.median(3, 1, 2));
        assertEquals(2.5, Results.median(4, 3, 1, 2));
    }

    @Test
    void machineIsDescribed() {
        final Map<String, Object> machine = Machine.describe(folder);
        assertEquals("[cpu, cores, memory, kernel, jdk, date, commit]", machine.keySet().toString());
    }
}
