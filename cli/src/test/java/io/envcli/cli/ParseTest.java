package io.envcli.cli;

import io.envcli.offheap.testing.LeakCheck;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

@ExtendWith(LeakCheck.class)
class ParseTest {
    @TempDir
    Path folder;
    private Sandbox sandbox;

    @BeforeEach
    void sandbox() {
        sandbox = new Sandbox(folder);
    }

    @Test
    void jsonHasAssignmentsInOrderWithDuplicates() throws Exception {
        final Path file = sandbox.file("a.env", "B='2'\nA=\"x\\ny\"\nB=3\njunk\nC=\"open\n");
        final Sandbox.Result result = sandbox.run("parse", file.toString(), "--json", "--dialect", "dotenv");
        assertEquals(1, result.status());
        final Map<String, Object> json = result.json();
        assertEquals(List.of("variables", "rejects", "warnings"), List.copyOf(json.keySet()));
        assertEquals(List.of(List.of("B", "2"), List.of("A", "x\ny"), List.of("B", "3"), List.of("C", "\"open")),
                json.get("variables"));
        assertEquals("[{line=4, column=1, reason=no-equals, message=no = after the name; the line was rejected}]",
                json.get("rejects") + "");
        assertTrue((json.get("warnings") + "").contains("line=3, column=1, reason=duplicate"), result.out());
        assertTrue((json.get("warnings") + "").contains("reason=unclosed-quote"), result.out());
        assertFalse(Files.exists(sandbox.store()), "needs no store");
        assertEquals("", result.err());
    }

    @Test
    void stdinAndEnviron() {
        final Sandbox.Result result = sandbox.runWith("A=1\nstill 1\0B=\0", "parse", "-", "--dialect=environ",
                "--json");
        assertEquals(0, result.status());
        assertEquals(List.of(List.of("A", "1\nstill 1"), List.of("B", "")), result.json().get("variables"));
    }

    @Test
    void valuesAreShownOnlyIfAskedFor() throws Exception {
        final String file = sandbox.file("a.env", "TOKEN=hunter2\nLINES='a\nb'\n").toString();
        final Sandbox.Result hidden = sandbox.run("parse", file);
        assertEquals("TOKEN\t7 bytes\nLINES\t3 bytes\n", hidden.out());
        assertEquals(0, hidden.status());
        assertEquals("TOKEN=hunter2\nLINES=a\\x0ab\n", sandbox.run("parse", file, "--reveal").out());
    }

    @Test
    void rejectsSayWhereAndWhy() throws Exception {
        final Path file = sandbox.file("a.env", new byte[]{'A', '=', (byte) 0xFF, '\n', 'B', '=', '1', '\n'});
        final Sandbox.Result result = sandbox.run("parse", file.toString(), "--quiet");
        assertEquals(1, result.status());
        assertEquals("B\t1 byte\n", result.out());
        assertEquals(file + ":1:3: value is not valid UTF-8 (byte 0xFF); the line was rejected\n", result.err());
        assertTrue(sandbox.runWith("junk\n", "parse", "-").err().startsWith("stdin:1:1: "));
    }

    @Test
    void noPartOfAnAnswerIsShownIfTheFileCannotBeRead() {
        for (final String file : List.of(folder.toString(), folder.resolve("missing").toString())) {
            for (final String option : List.of("--json", "--reveal")) {
                final Sandbox.Result result = sandbox.run("parse", file, option);
                assertEquals(2, result.status());
                assertEquals("", result.out());
                assertTrue(result.err().contains(file), result.err());
            }
        }
    }

    @Test
    void anEmptyFileHasNothingAndNothingWrong() throws Exception {
        final Sandbox.Result result = sandbox.run("parse", sandbox.file("a.env", "").toString(), "--json");
        assertEquals(0, result.status());
        assertEquals("{\"variables\":[],\"rejects\":[],\"warnings\":[]}\n", result.out());
    }
}
