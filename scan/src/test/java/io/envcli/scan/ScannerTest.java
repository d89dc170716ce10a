package io.envcli.scan;

import io.envcli.offheap.OffHeap;
import io.envcli.offheap.Owner;
import io.envcli.scan.internal.rule.Languages;
import io.envcli.scan.internal.scan.Collector;
import io.envcli.scan.internal.secret.Redaction;
import io.envcli.scan.internal.walk.FileStat;
import io.envcli.scan.internal.walk.FoundFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class ScannerTest {
    @TempDir
    Path folder;
    private final Scanner scanner = new Scanner();

    private void write(final String name, final String text) throws IOException {
        write(name, text.getBytes(StandardCharsets.UTF_8));
    }

    private void write(final String name, final byte[] text) throws IOException {
        final Path file = folder.resolve(name);
        Files.createDirectories(file.resolveSibling("."));
        Files.write(file, text);
    }

    private ScanReport scan(final int threads, final String... types) throws IOException {
        return scanner
                .scan(new ScanRequest(List.of(folder), folder, true, false, false, List.of(), List.of(types), threads));
    }

    private List<String> found(final ScanReport report) {
        return report.uses().stream().map(use -> use.file().replace(folder + "/", "") + ":" + use.line() + ":"
                + use.column() + " " + use.name() + (use.kind() == Use.Kind.DEFINITION ? " +" : "")).toList();
    }

    @BeforeEach
    void small() throws IOException {
        write("b/app.js", "\n  process.env.B_ONE; process.env.B_TWO\n");
        write("a.py", "os.environ['ÄNOT']; é = os.environ['A_ONE']");
    }

    @Test
    void filesInOrderWithPlaces() throws Exception {
        final ScanReport report = scan(2);
        assertEquals(List.of("a.py:1:37 A_ONE", "b/app.js:2:15 B_ONE", "b/app.js:2:34 B_TWO"), found(report));
        assertEquals(2, report.files());
        assertEquals(List.of(), report.problems());
    }

    @Test
    void dotenvFilesDefineThoughHiddenUnlessIgnored() throws Exception {
        write(".env", "export A_ONE=secret\n# NO=1\n TWO='x\ny'\nTHREE=3\n");
        write(".env.local", "LOCAL=1\n");
        write(".hidden.js", "process.env.HIDDEN");
        write(".ignore", ".env.local\n");
        write(".github/workflows/ci.yml", "x: ${{ secrets.TOKEN }}\n");
        final List<String> found = found(scan(2));
        assertEquals(List.of(".env:1:8 A_ONE +", ".env:3:2 TWO +", ".env:5:1 THREE +",
                ".github/workflows/ci.yml:1:16 TOKEN"), found.subList(0, 4));
        assertEquals(7, found.size(), found::toString);
    }

    @Test
    void noValueOfADotenvFileIsKept() throws Exception {
        write(".env", "TOKEN=hunter2-very-secret\n");
        assertTrue(!scan(1).toString().contains("hunter2"));
    }

    @Test
    void aFileFoundTwiceCountsOnce() throws Exception {
        final ScanReport report = scanner.scan(ScanRequest.of(List.of(folder, folder, folder.resolve("b"))));
        assertEquals(List.of("a.py:1:37 A_ONE", "b/app.js:2:15 B_ONE", "b/app.js:2:34 B_TWO"), found(report));
    }

    @Test
    void onlyTheTypesAskedFor() throws Exception {
        assertEquals(List.of("a.py:1:37 A_ONE"), found(scan(1, "py")));
        assertEquals(2, found(scan(1, "js", "ts")).size());
        final var unknown = assertThrows(IllegalArgumentException.class, () -> scan(1, "cobol"));
        assertTrue(String.valueOf(unknown.getMessage()).startsWith("type=cobol is unknown; use one of: "));
    }

    @Test
    void badInputIsLeftOutOrReported() throws Exception {
        write("binary.js", "process.env.NO\0");
        write("invalid.js", new byte[]{(byte) 0xFF, (byte) 0xC3, '\n', 'p', 'r', 'o', 'c', 'e', 's', 's', '.', 'e', 'n',
            'v', '.', 'Y', 'E', 'S', (byte) 0xE2});
        write("wide.js", "\uFEFFprocess.env.WIDE".getBytes(StandardCharsets.UTF_16LE));
        write("empty.js", "");
        write("script", "#!/usr/bin/env -S python3 -u\nimport os\nos.getenv('SCRIPT')\n");
        write("versioned", "#!/usr/bin/env ruby2.7\nENV['VERSIONED']\n");
        try (RandomAccessFile huge = new RandomAccessFile(folder.resolve("huge.js").toFile(), "rw")) {
            huge.setLength(2L << 30);
        }
        final ScanReport report = scan(2);
        assertEquals(List.of("a.py:1:37 A_ONE", "b/app.js:2:15 B_ONE", "b/app.js:2:34 B_TWO", "invalid.js:2:13 YES",
                "script:3:12 SCRIPT", "versioned:2:6 VERSIONED", "wide.js:1:13 WIDE"), found(report));
        assertEquals(List.of("huge.js: larger than 16 MiB; left out"), report.problems().stream()
                .map(problem -> problem.file().replace(folder + "/", "") + ": " + problem.reason()).toList());
    }

    /** A walk has seen them, and then they are not there, or are a folder. */
    @Test
    void whatVanishesBeforeItIsReadIsReported() throws Exception {
        try (Collector collector = new Collector(new Languages(), new Redaction(), Scanner.LARGEST_FILE, null, null,
                null)) {
            final FileStat stat = new FileStat(FileStat.Type.FILE, 3, null, null);
            collector.file(new FoundFile(folder.resolve("gone.js"), "gone.js", stat));
            collector.file(new FoundFile(folder.resolve("b"), "folder.js", stat));
            assertEquals("gone.js: gone before it was read", collector.problemsFound().getFirst().file() + ": "
                    + collector.problemsFound().getFirst().reason());
            assertEquals(2, collector.problemsFound().size());
            assertEquals(0, collector.files());
        }
    }

    /** A walk has seen them shorter: what is read is what is there, up to the same limit, and the memory is given back. */
    @Test
    void whatGrowsBeforeItIsReadIsReadWholeOrReported() throws Exception {
        final long before = OffHeap.bytes(Owner.SCRATCH);
        final int largest = 1024 * 1024;
        final FileStat stat = new FileStat(FileStat.Type.FILE, 3, null, null);
        try (Collector collector = new Collector(new Languages(), new Redaction(), largest, null, null, null)) {
            for (final int length : new int[]{4, 65_407, 65_408, 65_409, 200_000, largest, largest + 1, 2 * largest,
                5}) {
                final String begin = length < 100 ? "" : "process.env.BEGIN;";
                final String end = length < 100 ? "" : ";process.env.END";
                write("grown.js", begin + " ".repeat(length - begin.length() - end.length()) + end);
                final int uses = collector.uses().size();
                collector.file(new FoundFile(folder.resolve("grown.js"), length + ".js", stat));
                assertEquals(length < 100 || length > largest ? List.of() : List.of("BEGIN", "END"),
                        collector.uses().stream().skip(uses).map(Use::name).toList(), () -> "length " + length);
            }
            assertEquals(List.of(largest + 1 + ".js", 2 * largest + ".js"),
                    collector.problemsFound().stream().map(ScanReport.Problem::file).toList());
            assertEquals("larger than 1 MiB; left out", collector.problemsFound().getFirst().reason());
            assertEquals(4 + 65_407 + 65_408 + 65_409 + 200_000 + largest + 5, collector.bytes());
            final long held = OffHeap.bytes(Owner.SCRATCH) - before;
            assertTrue(held > largest && held < largest + 1024, () -> held + " bytes");
        }
        assertEquals(before, OffHeap.bytes(Owner.SCRATCH));
    }

    @Test
    void filesMayVanishDuringAScan() throws Exception {
        for (int i = 0; i < 300; i++) {
            write("v/f" + i + ".js", "process.env.V" + i);
        }
        final Thread thread = Thread.startVirtualThread(() -> {
            for (int i = 299; i >= 0; i--) {
                assertTrue(folder.resolve("v/f" + i + ".js").toFile().delete());
            }
        });
        final ScanReport report = scan(2);
        thread.join();
        report.problems().forEach(problem -> assertEquals("gone before it was read", problem.reason()));
        assertTrue(report.uses().size() >= 3 && report.uses().size() + report.problems().size() <= 303);
    }

    @Test
    void longLinesAndDeepNestingTakeNoQuadraticTime() throws Exception {
        final int times = 100_000;
        write("open.js", "process.env[".repeat(times));
        write("brace.js", "`${{".repeat(times) + "process.env.X");
        write("slash.js", "(/[".repeat(times));
        write("percent.rb", "%(".repeat(times) + "ENV");
        write("line.js", "process.env.A||".repeat(times));
        write("heredoc.sh", "cat <<A <<B <<C\n".repeat(times / 10));
        write("comment.rs", "/*".repeat(times));
        write("raw.cpp", "R\"x(".repeat(times) + "getenv(");
        write("settings.py", "import pydantic\nclass A(BaseSettings):\n" + "  a: int =".repeat(times) + "\n");
        write("heads.js", "const f:".repeat(times) + "process.env[f]".repeat(times));
        write("blanks.py", ("os.getenv(a" + " ".repeat(900) + "b )").repeat(times / 1000));
        write("yaml.yml", "apiVersion: 1\n" + "- name: X\n".repeat(times / 10));
        assertTrue(scan(2).uses().size() > 1_000);
    }

    private List<String> called(final String file, final String definition, final String calls) throws IOException {
        final String ending = file.substring(file.lastIndexOf('.'));
        write("w/lib" + ending, definition);
        write("w/caller" + ending, calls);
        final ScanReport report = scanner.scan(new ScanRequest(List.of(folder.resolve("w")), folder, true, false, false,
                List.of(), List.of(), 2));
        Files.delete(folder.resolve("w/lib" + ending));
        Files.delete(folder.resolve("w/caller" + ending));
        return report.uses().stream().filter(use -> use.confidence() == Confidence.WRAPPER).map(use -> use.line() + " "
                + use.name() + " " + use.pattern() + (use.defaultValue() == null ? "" : " =" + use.defaultValue()))
                .toList();
    }

    @Test
    void callersOfWrappersCount() throws Exception {
        assertEquals(List.of("2 ONE requireEnv()", "3 TWO requireEnv() =d", "4 FOUR requireEnv()"), called("a.ts", """
                export function requireEnv(name: string, fallback?: string): string {
                  if (!name) { throw new Error(); }
                  return process.env[name] ?? fallback;
                }
                """, """
                import { requireEnv } from './lib';
                requireEnv('ONE');
                requireEnv('TWO', 'd'); requireEnv('not a name'); requireEnv(x); // requireEnv('NO')
                cfg.requireEnv('FOUR'); const s = "requireEnv('FIVE')";
                """));
        assertEquals(List.of("1 ARROW get()"), called("a.js", "const get = (key) => process.env[key];\n",
                "get('ARROW'); map.get('NOT_THIS');\n"));
        assertEquals(List.of("1 PY env_or() =x"), called("a.py",
                "import os\ndef env_or(name, default=None):\n    if name:\n        return os.environ.get(name, default)\n",
                "env_or('PY', 'x')\n"));
        assertEquals(List.of("2 GO_ONE must()"), called("a.go",
                "func must(key string) string {\n\treturn os.Getenv(key)\n}\n", "\n\tx := must(\"GO_ONE\")\n"));
        assertEquals(List.of("1 JAVA_ONE envOf() =y"), called("a.java",
                "class A { static String envOf(String name, String def) { return System.getenv(name); } }",
                "A.envOf(\"JAVA_ONE\", \"y\");"));
        assertEquals(List.of("1 RS need_env()"), called("a.rs",
                "fn need_env(k: &str) -> String { env::var(k).unwrap() }", "need_env(\"RS\");"));
        assertEquals(List.of("1 RB env_for()"), called("a.rb", "def self.env_for(name)\n  ENV.fetch(name)\nend\n",
                "env_for('RB')\n"));
        assertEquals(List.of("1 PHP_ONE config_env()"), called("a.php",
                "<?php function config_env($key) { return getenv($key); }", "<?php config_env('PHP_ONE');"));
    }

    @Test
    void whatIsNoWrapperHasNoCallers() throws Exception {
        final String calls = "get('NO'); other('NO');\n";
        assertEquals(List.of(), called("a.js", "function get(a, b) { return process.env[b]; }\n", calls));
        assertEquals(List.of(), called("a.js", "function get(a) {}\nprocess.env[a];\n", calls));
        assertEquals(List.of(), called("a.js", "function get(a) { return process.env[local]; }\n", calls));
        assertEquals(List.of(), called("a.js", "function get(a) { return process.env[a]; }\n",
                "function get(z) { return z; }\nget('OWN');\n"));
        assertEquals(List.of(), called("a.py", "def get(a):\n    pass\nos.environ[a]\n", calls));
    }

    @Test
    void theSameForAnyNumberOfThreads() throws Exception {
        for (int i = 0; i < 400; i++) {
            write("d" + i % 37 + "/f" + i + ".js", "process.env.N" + i + "\nfunction w" + i % 7
                    + "(x) { process.env[x] }\nw" + (i + 1) % 7 + "('A" + i + "')\n");
        }
        final ScanReport one = scan(1);
        assertTrue(one.uses().stream().anyMatch(use -> use.confidence() == Confidence.WRAPPER));
        for (int threads = 2; threads < 6; threads++) {
            assertEquals(one, scan(threads));
        }
    }
}
