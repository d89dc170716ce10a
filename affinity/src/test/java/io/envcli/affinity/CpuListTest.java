package io.envcli.affinity;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

class CpuListTest {
    @Test
    void readsSinglesAndRanges() {
        assertEquals(List.of(0, 1, 2, 3, 8, 10, 11), CpuList.parse("0-3,8,10-11"));
        assertEquals(List.of(5), CpuList.parse("5"));
        assertEquals(List.of(7), CpuList.parse("7-7"));
        assertEquals(List.of(0, 1023), CpuList.parse("\t0, 1023\n"), "white space as /proc/self/status has it");
    }

    @Test
    void nothingIsNoCpu() {
        assertEquals(List.of(), CpuList.parse(""));
        assertEquals(List.of(), CpuList.parse(" \n"));
        assertEquals(List.of(), CpuList.parse(","));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "1-", "-1", "0-x", "1--2", "0x3", "99999999999", "1;2", "5-2"})
    void refusesWhatIsNoList(final String text) {
        assertThrows(NumberFormatException.class, () -> CpuList.parse(text));
    }
}
