package io.envcli.perf.workload;

import io.envcli.engine.dialect.Diagnostics;
import io.envcli.engine.dialect.Dialect;
import io.envcli.engine.dialect.TextParser;
import io.envcli.offheap.testing.LeakCheck;
import io.envcli.perf.Programs;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** What the generator calls the truth is what readers find in the text. */
@ExtendWith(LeakCheck.class)
class ReadBackTest {
    private static final int COUNT = 20_000;

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(Profile.class)
    void theProductReadsTheTruth(final Profile profile) throws IOException {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        final Truth truth = new WorkloadGenerator(profile, 11).generate(COUNT, out);
        final Map<String, Long> parts = new HashMap<>();
        final AtomicLong assignments = new AtomicLong();
        try (TextParser parser = new TextParser(Dialect.DOTENV)) {
            parser.parse(out.toByteArray(), new Diagnostics(16),
                    (buffer, nameOffset, nameLength, valueOffset, valueLength, line) -> {
                        final byte[] name = new byte[nameLength];
                        final byte[] value = new byte[valueLength];
                        buffer.getBytes(nameOffset, name);
                        buffer.getBytes(valueOffset, value);
                        parts.put(new String(name, StandardCharsets.UTF_8),
                                Checksum.of(name, nameLength, value, valueLength));
                        assignments.incrementAndGet();
                    });
        }
        assertEquals(truth.assignments(), assignments.get());
        assertEquals(truth.variables(), parts.size());
        assertEquals(truth.checksum(), parts.values().stream().mapToLong(Long::longValue).sum());
    }

    /** Looks for the package where Node itself looks, where the engine's tests put it, and in npm's global folder. */
    @ParameterizedTest
    @EnumSource(Profile.class)
    void npmDotenvCountsAsManyVariables(final Profile profile) throws IOException {
        final Path file = folder.resolve("workload.env");
        final Truth truth = new WorkloadGenerator(profile, 12).generate(COUNT, file);
        final Path script = folder.resolve("count.cjs");
        Files.writeString(script, """
                function globalRoot() {
                    const options = { stdio: ['ignore', 'pipe', 'ignore'] };
                    try { return require('node:child_process').execSync('npm root -g', options).toString().trim(); }
                    catch { return '.'; }
                }
                const roots = [process.cwd(), '../engine/target/npm-dotenv',
                    globalRoot()];
                let path;
                try { path = require.resolve('dotenv', { paths: roots }); } catch { path = null; }
                const text = require('node:fs').readFileSync(process.argv[2], 'utf8');
                process.stdout.write(path === null ? 'absent' : String(Object.keys(require(path).parse(text)).length));
                """);
        assertEquals(Long.toString(truth.variables()), countByNpm(script, file));
    }

    private static String countByNpm(final Path script, final Path file) throws IOException {
        final Path here = Path.of("").toAbsolutePath();
        try {
            Programs.output(here, "node", "--version");
        } catch (final IOException e) {
            assumeTrue(false, "skipped: node is not installed: " + e.getMessage());
        }
        final String count = Programs.output(here, "node", script.toString(), file.toString());
        assumeTrue(!count.equals("absent"), "skipped: npm's dotenv is not installed (npm install -g dotenv)");
        return count;
    }
}
