package io.envcli.cli;

import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;

class DisplayWidthTest {
    @Test
    void columnsAreCountedAsTerminalsDo() {
        assertEquals(3, DisplayWidth.of("abc"));
        assertEquals(4, DisplayWidth.of("\u4F60\u597D"), "two ideographs");
        assertEquals(1, DisplayWidth.of("e\u0301"), "a letter and a combining accent");
        assertEquals(2, DisplayWidth.of("\uD83D\uDE80"), "a rocket");
        assertEquals(2, DisplayWidth.of("\uFF21"), "a full-width letter");
        assertEquals(1, DisplayWidth.of("\uFF71"), "a half-width letter");
        assertEquals(0, DisplayWidth.of(""));
    }

    @Test
    void whatIsCutFitsAndSplitsNoCharacter() {
        assertEquals("abc", DisplayWidth.cut("abc", 3));
        assertEquals("ab\u2026", DisplayWidth.cut("abcd", 3));
        assertEquals("\u4F60\u2026", DisplayWidth.cut("\u4F60\u597D", 3));
        assertEquals("\u2026", DisplayWidth.cut("\uD83D\uDE80\uD83D\uDE80", 2));
        for (int width = 1; width < 12; width++) {
            assertEquals(true,
                    DisplayWidth.of(DisplayWidth.cut("a\u4F60\uD83D\uDE80e\u0301xyz\u597D", width)) <= width);
        }
    }
}
