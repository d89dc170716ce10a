package io.envcli.cli;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static org.junit.jupiter.api.Assertions.assertEquals;

class SmallPartsTest {
    private static Shell shell(final Map<String, String> environment) {
        return new Shell(InputStream.nullInputStream(), OutputStream.nullOutputStream(),
                OutputStream.nullOutputStream(), environment, false, false, false);
    }

    @Test
    void foldersFollowXdg() {
        final Shell plain = shell(Map.of("HOME", "/home/ada"));
        assertEquals(Path.of("/home/ada/.local/share/env-cli/store"), Folders.store(plain));
        assertEquals(Path.of("/home/ada/.config/env-cli/key"), Folders.keyFile(plain));
        final Shell moved = shell(Map.of("HOME", "/home/ada", "XDG_DATA_HOME", "/d", "XDG_CONFIG_HOME", "/c"));
        assertEquals(Path.of("/d/env-cli/store"), Folders.store(moved));
        assertEquals(Path.of("/c/env-cli/key"), Folders.keyFile(moved));
        final Shell relative = shell(Map.of("HOME", "/home/ada", "XDG_DATA_HOME", "relative"));
        assertEquals(Path.of("/home/ada/.local/share/env-cli/store"), Folders.store(relative));
        final Shell key = shell(Map.of("HOME", "/home/ada", "ENV_CLI_KEY_FILE", "/run/secrets/key"));
        assertEquals(Path.of("/run/secrets/key"), Folders.keyFile(key));
    }

    @ParameterizedTest
    @CsvSource({"lst, list", "improt, import", "stat, status", "exprot, export", "verfiy, verify", "unst, unset"})
    void slipsOfTheFingerAreUnderstood(final String typed, final String meant) {
        assertEquals(Optional.of(meant), Nearest.to(typed, Verb.words()));
    }

    @ParameterizedTest
    @CsvSource({"xyzzy", "frobnicate", "-x"})
    void whatIsNearNothingIsNotGuessed(final String typed) {
        assertEquals(Optional.empty(), Nearest.to(typed, Verb.words()));
        assertEquals(Optional.empty(), Nearest.to("", List.of("a", "b")));
    }

    @Test
    void amountsReadWell() {
        assertEquals("1 file", Amounts.count(1, "file", "files"));
        assertEquals("1,413 variables", Amounts.count(1413, "variable", "variables"));
        assertEquals("0 bytes", Amounts.bytes(0));
        assertEquals("999 bytes", Amounts.bytes(999));
        assertEquals("1.0 kB", Amounts.bytes(1000));
        assertEquals("1.0 MB", Amounts.bytes(999_999));
        assertEquals("12.3 MB", Amounts.bytes(12_345_678));
        assertEquals("2.31 M", Amounts.rate(2_312_345));
        assertEquals("23 k", Amounts.rate(23_123));
        assertEquals("1,134", Amounts.rate(1134));
        assertEquals("12 ms", Amounts.duration(0.012));
        assertEquals("1.52 s", Amounts.duration(1.52));
        assertEquals("3 min 20 s", Amounts.duration(200));
    }
}
