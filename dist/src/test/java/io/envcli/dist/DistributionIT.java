package io.envcli.dist;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Unpacks what is downloaded into a folder that cannot be written, and uses it as somebody does who has just got it. */
@TestMethodOrder(OrderAnnotation.class)
class DistributionIT {
    private static final Path TARGET = Path.of("target").toAbsolutePath();
    private static final Path SAMPLES = Path.of("../samples").toAbsolutePath().normalize();
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(120);

    @TempDir
    static Path folder;
    private static Path installed = Path.of("");
    private static NewUser user;

    @BeforeAll
    static void unpack() throws Exception {
        user = new NewUser(folder.resolve("home"));
        final Path archive;
        try (Stream<Path> files = Files.list(TARGET)) {
            archive = files.filter(file -> file.toString().endsWith(".tar.gz")).findFirst().orElseThrow();
        }
        final Path opt = Files.createDirectories(folder.resolve("o p t"));
        user.quietly("tar -xzf '" + archive + "' -C '" + opt + "'");
        try (Stream<Path> files = Files.list(opt)) {
            installed = files.findFirst().orElseThrow();
        }
        user.quietly("chmod -R a-w '" + installed + "' && mkdir bin && ln -s '" + installed + "/bin/env-cli' bin/");
    }

    @AfterAll
    static void makeDeletable() throws Exception {
        user.quietly("chmod -R u+w '" + installed + "'");
    }

    @Test
    void theChecksumIsThatOfTheArchive() throws Exception {
        assertTrue(user.quietly("cd '" + TARGET + "' && sha256sum --check env-cli-*.tar.gz.sha256").endsWith(": OK\n"));
    }

    @Test
    void entriesBelongToRootAndHaveTheUsualModesAndTime() throws Exception {
        final List<String> lines = user.quietly("tar -tvzf '" + TARGET + "'/env-cli-*.tar.gz --numeric-owner --utc")
                .lines()
                .toList();
        for (final String line : lines) {
            final boolean isProgram = line.endsWith("/bin/env-cli");
            final String mode = line.startsWith("d") ? "drwxr-xr-x" : isProgram ? "-rwxr-xr-x" : "-rw-r--r--";
            assertTrue(line.matches(mode + " 0/0 +\\d+ 2026-01-01 00:00 .*"), line);
        }
    }

    @Test
    void everyJarHasALicence() throws IOException {
        final List<String> index = Files.readAllLines(installed.resolve("licences/INDEX"));
        final Set<String> indexed = Set.copyOf(index.stream().map(line -> line.split("\t", -1)[0]).toList());
        try (Stream<Path> jars = Files.list(installed.resolve("libexec/lib"))) {
            assertEquals(Set.copyOf(jars.map(jar -> String.valueOf(jar.getFileName()))
                    .filter(jar -> !jar.startsWith("env-cli-") || jar.startsWith("env-cli-picocli-")).toList()),
                    indexed);
        }
        for (final String line : index) {
            for (final String text : line.split("\t", -1)[2].split(" ", -1)) {
                assertTrue(Files.size(installed.resolve("licences").resolve(text)) > 400
                        || text.endsWith("NOTICE"), line);
            }
        }
        final String bom = Files.readString(installed.resolve("bom.json"));
        indexed.forEach(jar -> assertTrue(bom.contains("/" + jar.replaceFirst("-(\\d.*)\\.jar$", "@$1")), jar));
    }

    @Test
    @Order(1)
    void aNewUserGetsOnWithIt() throws Exception {
        final Map<String, String> before = contents();
        final String version = user.quietly("env-cli --version");
        assertEquals("env-cli " + String.valueOf(installed.getFileName()).substring("env-cli-".length()) + "\n",
                version);
        assertTrue(user.quietly("env-cli import '" + SAMPLES + "'").startsWith("Imported 138 variables"));
        assertEquals("warn\n", user.quietly("env-cli get LOG_LEVEL --env services/api/production"));
        assertEquals("warn\n",
                user.quietly("env-cli run --env services/api/production -- sh -c 'echo $LOG_LEVEL'"));
        assertTrue(user.quietly("env-cli scan '" + SAMPLES + "' --quiet").contains("LOG_LEVEL"));
        assertEquals(user.quietly("env-cli completion bash"),
                Files.readString(installed.resolve("share/bash-completion/completions/env-cli")));
        assertEquals("none\nLOG_LEVEL\n",
                user.quietly("env-cli __complete get --env services/api/production LOG_L"));
        assertEquals(before, contents());
    }

    @Test
    @Order(2)
    void aFasterStartIsPreparedInTheUsersCacheFolder() throws Exception {
        final Path aot = Path.of(folder.resolve("home/.cache/env-cli/aot") + installed.toRealPath().toString());
        final long deadline = System.nanoTime() + PATIENCE_NS;
        while (!Files.exists(aot) || files(aot, ".tried").isEmpty() || Files.exists(aot.resolve("lock"))) {
            assertTrue(System.nanoTime() < deadline, () -> "see " + aot);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
        assertEquals(3, files(aot, ".aot").size(), Files.readString(aot.resolve("training.log")));
        assertTrue(user.quietly("env-cli doctor --json || true").contains("in use, from " + aot));
        assertEquals("drwx------", user.quietly("ls -ld .cache/env-cli/aot").substring(0, 10));
        assertEquals("warn\n", user.quietly("env-cli get LOG_LEVEL --env services/api/production"));
        user.set("XDG_CACHE_HOME", folder.resolve("nowhere").toString()).set("ENV_CLI_BUILD", "never");
        user.quietly("env-cli --version");
        assertFalse(Files.exists(folder.resolve("nowhere")), "never means never");
    }

    @Test
    void theManualIsFound() throws Exception {
        assumeTrue(user.shell("command -v man groff").status() == 0, "man is not installed");
        final String manual = user.quietly("MANPATH='" + installed + "/share/man' MANPAGER=cat man env-cli-get");
        assertTrue(manual.contains("env-cli get [OPTION]... NAME"), manual);
    }

    /** Of every file: its name, size and time. */
    private static Map<String, String> contents() throws IOException {
        final Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(installed)) {
            for (final Path file : files.toList()) {
                contents.put(file.toString(), Files.size(file) + " " + Files.getLastModifiedTime(file));
            }
        }
        return contents;
    }

    private static List<Path> files(final Path directory, final String suffix) throws IOException {
        if (Files.notExists(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(suffix)).toList();
        }
    }
}
