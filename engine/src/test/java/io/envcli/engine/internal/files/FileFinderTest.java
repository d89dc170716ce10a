package io.envcli.engine.internal.files;

import io.envcli.engine.StoreException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

final class FileFinderTest {
    @TempDir
    private Path top;

    @Test
    void takesDotenvFilesByTheirNames() throws IOException {
        write(".env", ".env.local", ".env-old", ".env_test", "prod.env", "env", ".envrc", "notes.txt", ".environment");
        assertEquals(List.of(".env", ".env-old", ".env.local", ".env_test", "prod.env"), names(top));
    }

    @Test
    void namesEnvironmentsByFolderAndStage() throws IOException {
        write(".env", "services/api/.env", "services/api/.env.staging", "services/web/staging.env", ".env.a.b",
                "x/.foo.env", "y/.env-old");
        assertEquals(List.of("default", "a.b", "services/api", "services/api/staging", "services/web/staging", "x/foo",
                "y/old"), FileFinder.find(List.of(top), null).stream().map(SourceFile::environment).toList());
    }

    @Test
    void filesOfOneEnvironmentComeInByteOrderOfTheirPaths() throws IOException {
        write("api/.env.staging", "api/staging.env");
        final List<SourceFile> files = FileFinder.find(List.of(top), null);
        assertEquals(List.of("api/staging", "api/staging"), files.stream().map(SourceFile::environment).toList());
        assertTrue(files.get(0).shown().endsWith(".env.staging"));
    }

    @Test
    void skipsGitNodeModulesAndLinkedFolders() throws IOException {
        write(".git/.env", "node_modules/a/.env", "deep/node_modules/.env", "real/.env");
        Files.createSymbolicLink(top.resolve("linked"), top.resolve("real"));
        assertEquals(List.of("real/.env"), names(top));
    }

    @Test
    void takesAFileNamedOutrightWhateverItsName() throws IOException {
        write("settings.txt", "a/.env.staging");
        assertEquals("default", only(top.resolve("settings.txt"), null).environment());
        assertEquals("staging", only(top.resolve("a/.env.staging"), null).environment());
        assertEquals("mine", only(top.resolve("a/.env.staging"), "mine").environment());
    }

    @Test
    void saysWhichPathDoesNotExist() {
        final StoreException e = assertThrows(StoreException.class,
                () -> FileFinder.find(List.of(top.resolve("missing")), null));
        assertTrue(String.valueOf(e.getMessage()).endsWith("missing: no such file or folder; nothing was imported"),
                e.getMessage());
        final StoreException undecoded = assertThrows(StoreException.class,
                () -> FileFinder.find(List.of(top.resolve(".env.l\ufffd")), null));
        assertTrue(String.valueOf(undecoded.getMessage()).endsWith("; if its name is not valid UTF-8, rename it, or"
                + " import it alone, as a stream, into an environment that is named"), undecoded.getMessage());
    }

    @Test
    void refusesAnEnvironmentThatIsTooLongAndNamesTheFile() throws IOException {
        final String folder = "d".repeat(200);
        write(folder + "/" + folder + "/.env");
        final StoreException e = assertThrows(StoreException.class, () -> FileFinder.find(List.of(top), null));
        assertTrue(String.valueOf(e.getMessage()).contains(".env: environment"), e.getMessage());
        assertTrue(String.valueOf(e.getMessage()).contains("401 bytes"), e.getMessage());
        assertEquals(1, FileFinder.find(List.of(top), "short").size());
    }

    @Test
    void refusesAPathThatIsNotUtf8AndNamesTheFile() throws IOException {
        for (final String file : List.of("a/.env.l\ufffd", "\ufffd\u007f/.env")) {
            write(file);
            final StoreException e = assertThrows(StoreException.class, () -> FileFinder.find(List.of(top), null));
            final String message = String.valueOf(e.getMessage());
            assertTrue(message.startsWith(top.resolve(file).toString().replace("\u007f", "\\x7f") + ": "), message);
            assertTrue(message.contains("rename it") && !message.contains("--"), message);
            assertEquals(1, FileFinder.find(List.of(top), "named").size());
            Files.delete(top.resolve(file));
        }
    }

    @Test
    void escapesControlCharactersOfANameThatMakesNoEnvironment() throws IOException {
        write(".env.new\nline");
        final StoreException e = assertThrows(StoreException.class, () -> FileFinder.find(List.of(top), null));
        assertEquals(top.resolve(".env.new") + "\\x0aline: environment 'new\\x0aline' has a control character;"
                + " choose another", e.getMessage());
    }

    @Test
    void allThatStandsInTheWayIsNamedAtOnce() throws IOException {
        write(".env", ".env..", "a/.env.new\nline");
        final StoreException e = assertThrows(StoreException.class,
                () -> FileFinder.find(List.of(top, top.resolve("missing"), top.resolve("too")), null));
        final String message = String.valueOf(e.getMessage());
        assertTrue(message.startsWith("nothing was imported, since 4 files or folders cannot be: "), message);
        for (final String named : List.of("too: no such file", "missing: no such file",
                ".env..: environment '.' has", ".env.new\\x0aline: environment")) {
            assertTrue(message.contains(named), message);
        }
        assertEquals(message.indexOf("nothing was imported"), message.lastIndexOf("nothing was imported"));
    }

    private SourceFile only(final Path path, final @Nullable String environment) {
        return FileFinder.find(List.of(path), environment).get(0);
    }

    private List<String> names(final Path folder) {
        return FileFinder.find(List.of(folder), null).stream().map(f -> folder.relativize(f.path()).toString())
                .toList();
    }

    private void write(final String... files) throws IOException {
        for (final String file : files) {
            final Path path = top.resolve(file);
            Files.createDirectories(path.getParent());
            Files.writeString(path, "A=1\n");
        }
    }
}
