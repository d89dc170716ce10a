package io.envcli.engine;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.junit.jupiter.api.Assertions.assertTrue;

final class ReadmeExampleTest {
    private static final Path ROOT = Path.of("..");

    @Test
    void theExampleRuns(@TempDir final Path folder) {
        final String said = ReadmeExample.run(folder, ROOT.resolve("samples"));
        assertTrue(said.matches("[1-9][0-9]* variables; version 2 says info"), said);
    }

    @Test
    void theReadmeShowsTheExampleThatRuns() throws IOException {
        final String source = Files.readString(Path.of("src/test/java/io/envcli/engine/ReadmeExample.java"));
        final String example = source.substring(source.indexOf("// example begins") + 17,
                source.indexOf("// example ends")).stripIndent().strip();
        final String readme = Files.readString(ROOT.resolve("README.md")).replaceAll("(?m)^ +", "");
        assertTrue(readme.contains(example.replaceAll("(?m)^ +", "")),
                "the README's example is not this one: " + example);
    }
}
