package io.envcli.perf.table;

import org.junit.jupiter.api.Test;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class ReadmeTableTest {
    @Test
    void numbersHaveThreeDigits() {
        assertEquals("4.91 M", MarkdownTable.number(4_912_345));
        assertEquals("83.3 k", MarkdownTable.number(83_317));
        assertEquals("9,986", MarkdownTable.number(9_986));
        assertEquals("12.3", MarkdownTable.number(12.345));
        assertEquals("0.04", MarkdownTable.number(0.043));
        assertEquals("1.54 s", MarkdownTable.time(1_538_261_000));
    }

    @Test
    void rowsComeFromEachResult() {
        final Map<String, Map<String, Object>> results = new LinkedHashMap<>();
        results.put("put", Map.of("rows", List.of(Map.of("path", "api", "durability", "process", "offered_per_second",
                10_000L, "achieved_per_second", 9_986.0, "p50_nanos", 3_250L, "p99_nanos", 24_068_095L, "p999_nanos",
                30_228_479L))));
        results.put("stages", Map.of("parse_variables_per_second", 25e6, "parse_cp_ratio", 1.234,
                "blake3_inputs_per_second", 20e6, "blake3_scalar_ratio", 5.0));
        results.put("peers", Map.of("parsing", Map.of("env-cli", Map.of("variables_per_second", 20e6), "godotenv",
                Map.of("variables_per_second", 250e3, "times_ours", 80.0), "samples", Map.of())));
        final Map<String, Object> millis = new LinkedHashMap<>();
        millis.put("env-cli get", 140.0);
        millis.put("empty Java main", 43.0);
        results.put("start", Map.of("millis", millis));
        assertEquals(
                """
                        | measure | env-cli | compared |
                        |---|--:|---|
                        | parse and validate, one thread | 25.0 M/s | 1.23 × as long as `cp` of the file |
                        | keyed BLAKE3 of values, one thread | 20.0 M/s | 5.00 × as fast as its scalar twin |
                        | put, class process, api, 10.0 k/s offered | p50 3.25 µs, p99 24.1 ms, p99.9 30.2 ms | 9,986/s achieved |
                        | parse, in memory | 20.0 M/s | godotenv: 250 k/s, 80.0 × as long |
                        | `env-cli get`, whole process | 140 ms | 3.26 × as long as an empty Java main |
                        | other whole processes |  | empty Java main 43.0 ms |
                        """,
                new ReadmeTable(results).text());
    }

    @Test
    void aBarIsEscaped() {
        final MarkdownTable table = new MarkdownTable();
        table.row("a|b", "1", "");
        assertTrue(table.text().endsWith("| a\\|b | 1 |  |\n"), table.text());
    }

    @Test
    void theMachineIsNamed() {
        assertEquals(
                "Measured by `perf-tests/run table` on X, 2 cores, 24 kB of memory, Linux 6, JDK 25; today, commit c.\n",
                TableCommand.describe(Map.of("cpu", "X", "cores", 2, "memory", "24 kB", "kernel", "Linux 6", "jdk",
                        "JDK 25", "date", "today", "commit", "c")));
    }
}
