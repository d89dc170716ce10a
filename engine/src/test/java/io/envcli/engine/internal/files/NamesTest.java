package io.envcli.engine.internal.files;

import io.envcli.engine.StoreException;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

final class NamesTest {
    @Test
    void environmentsMayHaveSegmentsAndAnyLetters() {
        for (final String name : List.of("default", "services/api/staging", "Ä/ß", "-old", "a b", "x".repeat(255))) {
            assertArrayEquals(name.getBytes(StandardCharsets.UTF_8), EnvironmentNames.encode(name));
        }
    }

    @Test
    void environmentsAreRefusedWithAReason() {
        for (final String name : List.of("", "/", "a//b", "/a", "a/", ".", "a/../b", "a\nb", "a\u0000", "x".repeat(256),
                "\ud800")) {
            assertThrows(StoreException.class, () -> EnvironmentNames.encode(name), name);
        }
    }

    @Test
    void namesAreRefusedThatNoEnvironmentCanHold() {
        for (final String name : List.of("", "a=b", "a\nb", "a\u0000b", "n".repeat(65_536), "\udc00")) {
            assertThrows(StoreException.class, () -> Variables.name(name));
        }
        assertDoesNotThrow(() -> Variables.name("n".repeat(65_535)));
    }

    @Test
    void valuesAreCheckedAndNeverShown() {
        final byte[] name = {'N'};
        for (final byte[] value : List.of(new byte[]{'s', 'e', 'c', 0}, new byte[]{'s', 'e', 'c', (byte) 0xff},
                "sec".repeat(50_000).getBytes(StandardCharsets.UTF_8))) {
            final StoreException e = assertThrows(StoreException.class, () -> Variables.checkValue(name, value));
            assertFalse(String.valueOf(e.getMessage()).contains("sec"), e.getMessage());
        }
        assertDoesNotThrow(() -> Variables.checkValue(name, new byte[0]));
        final byte[] longest = new byte[131_069];
        java.util.Arrays.fill(longest, (byte) 'x');
        assertDoesNotThrow(() -> Variables.checkValue(name, longest));
    }
}
