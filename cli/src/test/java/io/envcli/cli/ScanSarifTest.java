package io.envcli.cli;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.envcli.offheap.testing.LeakCheck;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** SARIF beside its published schema. */
@ExtendWith(LeakCheck.class)
class ScanSarifTest {
    @TempDir
    Path folder;
    private Sandbox sandbox;
    private String tree;

    @BeforeEach
    void tree() throws Exception {
        sandbox = new Sandbox(folder);
        sandbox.file("tree/a b.js",
                "process.env.PORT || 3000;\nprocess.env.TOKEN; process.env[x];\nprocess.env.PATH\n");
        sandbox.file("tree/b.py", "import os\nos.getenv('PORT', '8080')\n");
        sandbox.file("tree/.env", "OLD=1\nTOKEN=hunter2\n");
        tree = folder.resolve("tree").toString();
    }

    static List<Error> errors(final String sarif) throws IOException {
        try (InputStream in = ScanSarifTest.class.getResourceAsStream("/schema/sarif-schema-2.1.0.json")) {
            final Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7).getSchema(in);
            return schema.validate(sarif, InputFormat.JSON,
                    context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)));
        }
    }

    /** Of each result: rule, place, message. */
    private List<String> results(final Sandbox.Result result) throws IOException {
        assertEquals(List.of(), errors(result.out()));
        final Map<?, ?> run = (Map<?, ?>) result.array("runs").getFirst();
        final List<String> lines = new ArrayList<>();
        for (final Object element : (List<?>) Objects.requireNonNull(run.get("results"))) {
            final Map<?, ?> one = (Map<?, ?>) element;
            lines.add(
                    one.get("ruleId") + " " + String.valueOf(one.get("locations")).replace("file://" + tree, "T") + " "
                            + one.get("message"));
        }
        return lines;
    }

    @Test
    void withoutAComparison() throws Exception {
        final Sandbox.Result result = sandbox.run("scan", tree, "--sarif");
        assertEquals(0, result.status(), result.err());
        assertEquals(List.of(
                "unused-variable [{physicalLocation={artifactLocation={uri=T/.env},"
                        + " region={startLine=1, startColumn=1}}}] {text=OLD is set, and no code found reads it.}",
                "unknown-variable [{physicalLocation={artifactLocation={uri=T/a%20b.js},"
                        + " region={startLine=2, startColumn=32}}}]"
                        + " {text=Reads a variable whose name is made at run time: x}"),
                results(result));
        assertFalse(result.out().contains("hunter2"));
    }

    @Test
    void againstAFile() throws Exception {
        final String set = sandbox.file("set.env", "ELSEWHERE=1\nOLD=2\n").toString();
        final Sandbox.Result result = sandbox.run("scan", tree, "--against", set, "--sarif");
        assertEquals(1, result.status(), result.err());
        assertEquals(List.of("missing-variable", "differing-default", "differing-default", "unused-variable",
                "unused-variable", "unknown-variable"),
                results(result).stream().map(line -> line.replaceFirst(" .*", "")).toList());
        assertEquals("unused-variable [] {text=ELSEWHERE is set, and no code found reads it.}", results(result).get(3));
    }

    @Test
    void whatCouldNotBeReadIsANotification() throws Exception {
        Files.createSymbolicLink(folder.resolve("tree/loop"), folder.resolve("tree"));
        final Sandbox.Result result = sandbox.run("scan", tree, "--follow", "--sarif");
        assertEquals(2, results(result).size());
        assertTrue(result.out().contains("\"toolExecutionNotifications\":[{\"level\":\"warning\",\"message\""),
                result.out());
    }

    @Test
    void theSchemaRefusesWhatIsNotSarif() throws Exception {
        final String sarif = sandbox.run("scan", tree, "--sarif").out();
        assertFalse(errors(sarif.replace("\"tool\"", "\"tol\"")).isEmpty());
        assertFalse(errors(sarif.replace("\"startLine\":1", "\"startLine\":0")).isEmpty());
        assertFalse(errors(sarif.replace("a%20b.js", "a b.js")).isEmpty());
    }

    @Test
    void oneFormAtATime() {
        final Sandbox.Result result = sandbox.run("scan", tree, "--sarif", "--json");
        assertEquals(2, result.status());
        assertTrue(result.err().contains("--sarif and --json"), result.err());
    }
}
