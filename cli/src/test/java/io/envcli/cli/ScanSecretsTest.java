package io.envcli.cli;

import io.envcli.offheap.testing.LeakCheck;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

@ExtendWith(LeakCheck.class)
class ScanSecretsTest {
    /** Put together here, so that nobody takes them for real ones. */
    private static final String TOKEN = "gh" + "p_" + "aB3dE5gH7jK9mN1pQ3sT5vW7yZ9bD1fG3hJ5";
    private static final String OWN = "Tr0ub4dor&3-horse";

    @TempDir
    Path folder;
    private Sandbox sandbox;
    private String tree;

    @BeforeEach
    void tree() throws Exception {
        sandbox = new Sandbox(folder);
        sandbox.file("tree/a.js", "process.env.GH || '" + TOKEN + "';\nprocess.env.OWN || '" + OWN + "';\n");
        sandbox.file("tree/notes.txt", "it is " + TOKEN + "\nallowed: " + TOKEN + " env-cli:allow\n");
        sandbox.file("own/.env", "PASSWORD='" + OWN + "'\nSHORT=abc\n");
        tree = folder.resolve("tree").toString();
    }

    private Sandbox.Result scan(final String... more) {
        final Sandbox.Result result = sandbox
                .run(Stream.concat(Stream.of("scan", tree),
                        Stream.of(more)).toArray(String[]::new));
        assertFalse((result.out() + result.err()).contains(TOKEN), "no output shows a secret");
        return result;
    }

    @Test
    void secretsByTheirFormInAnyTextFile() {
        final Sandbox.Result result = scan("--secrets");
        assertEquals(0, result.status(), result.err());
        assertEquals("""
                T/a.js:1:13	GH	default …	process.env
                T/a.js:2:13	OWN	default Tr0ub4dor&3-horse	process.env
                T/a.js:1:20	secret	token of GitHub	github-token
                T/notes.txt:1:7	secret	token of GitHub	github-token
                """.replace("T/", tree + "/"), result.out());
        assertTrue(result.err().contains("; 2 secrets stand in the tree; looked into 2 files"), result.err());
        assertEquals(1, scan("--secrets", "--exit-code").status());
        assertEquals(0, scan("--secrets", "--exit-code", "--type", "py").status());
    }

    @Test
    void noOutputShowsASecretWhetherAskedForOrNot() throws Exception {
        assertTrue(scan().out().contains("\tGH\tdefault …\t"));
        scan("--json");
        scan("--sarif");
        assertEquals("{file=" + tree + "/notes.txt, line=1, column=7, rule=github-token, about=token of GitHub}",
                "" + scan("--secrets", "--json").array("secrets").get(1));
        final Sandbox.Result sarif = scan("--secrets", "--sarif");
        assertEquals(List.of(), ScanSarifTest.errors(sarif.out()));
        assertTrue(sarif.out().contains("A secret stands here: token of GitHub (github-token)."), sarif.out());
    }

    @Test
    void valuesOfTheStoreByFingerprint() {
        sandbox.run("import", folder.resolve("own").toString());
        final Sandbox.Result result = scan("--store-secrets", "--exit-code");
        assertEquals(1, result.status(), result.err());
        assertEquals("""
                T/a.js:1:13	GH	default …	process.env
                T/a.js:2:13	OWN	default …	process.env
                T/a.js:2:21	secret	value of PASSWORD in default	store-value
                """.replace("T/", tree + "/"), result.out());
        assertEquals(3, scan("--secrets", "--store-secrets", "--json").array("secrets").size());
        for (final String form : List.of("--json", "--sarif")) {
            assertFalse(scan("--store-secrets", form).out().contains(OWN));
        }
    }

    @Test
    void aBaselineLeavesOutWhatIsKnown() throws Exception {
        final String file = folder.resolve("known").toString();
        assertEquals(0, scan("--secrets", "--write-baseline", file).status());
        final String baseline = Files.readString(Path.of(file));
        assertEquals(3, baseline.lines().count(), baseline);
        assertFalse(baseline.contains(TOKEN));
        assertEquals(0, scan("--secrets", "--baseline", file, "--exit-code").status());
        sandbox.file("tree/a.js", "\n\nprocess.env.GH || '" + TOKEN + "';\n");
        assertEquals(0, scan("--secrets", "--baseline", file, "--exit-code").status(), "it may move");
        sandbox.file("tree/b.js", "'" + TOKEN + "';\n");
        final Sandbox.Result result = scan("--secrets", "--baseline", file, "--exit-code", "--json");
        assertEquals(1, result.status());
        assertEquals(1, result.array("secrets").size());
        sandbox.file("known", "nonsense\n");
        final Sandbox.Result bad = scan("--secrets", "--baseline", file);
        assertEquals(2, bad.status());
        assertTrue(bad.err().contains("known: line 1 is not a mark"), bad.err());
    }

    @Test
    void wrongUsage() {
        for (final String option : List.of("--exit-code", "--baseline=x", "--write-baseline=x")) {
            final Sandbox.Result result = scan(option);
            assertEquals(2, result.status());
            assertTrue(result.err().contains("has no effect without --secrets or --store-secrets"), result.err());
        }
        assertEquals(2, scan("--store-secrets").status(), "there is no store");
        assertEquals(2, scan("--secrets", "--baseline", "none").status());
    }
}
