package io.envcli.cli;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

import java.util.Locale;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** Amounts against the JDK's own format strings, which the command line is too hasty for. */
class AmountsTest {
    @Property
    void numbersAreGroupedAsTheJdkGroupsThem(@ForAll final long number) {
        assertEquals(String.format(Locale.ROOT, "%,d", number), Amounts.grouped(number));
    }

    @Property
    void secondsAreRoundedAsTheJdkRoundsThem(
            @ForAll @DoubleRange(min = 1, max = 60, maxIncluded = false) final double seconds) {
        assertEquals(String.format(Locale.ROOT, "%.2f s", seconds), Amounts.duration(seconds));
    }

    @Property
    void millisecondsAreRoundedAsTheJdkRoundsThem(@ForAll @DoubleRange(min = 0, max = 0.99) final double seconds) {
        assertEquals(String.format(Locale.ROOT, "%.0f ms", seconds * 1e3), Amounts.duration(seconds));
    }

    @Property
    void megabytesAreRoundedAsTheJdkRoundsThem(
            @ForAll @LongRange(min = 1_000_000, max = 999_900_000) final long bytes) {
        assertEquals(String.format(Locale.ROOT, "%.1f MB", bytes / 1000.0 / 1000), Amounts.bytes(bytes));
    }

    @Property
    void millionsAreRoundedAsTheJdkRoundsThem(@ForAll @DoubleRange(min = 1e6, max = 1e12) final double perSecond) {
        assertEquals(String.format(Locale.ROOT, "%.2f M", perSecond / 1e6), Amounts.rate(perSecond));
    }

    @Test
    void roundingCarriesAndZeroesStay() {
        assertEquals("0 ms", Amounts.duration(0));
        assertEquals("0 ms", Amounts.duration(0.000_000_4));
        assertEquals("1 ms", Amounts.duration(0.000_5));
        assertEquals("1000 ms", Amounts.duration(0.999_9));
        assertEquals("1.00 s", Amounts.duration(1));
        assertEquals("1.01 s", Amounts.duration(1.005));
        assertEquals("10.00 s", Amounts.duration(9.999));
        assertEquals("12,000,000 M", Amounts.rate(1.2e13));
    }

    @Test
    void unitsAndNounsFollowTheAmount() {
        assertEquals("1 file", Amounts.count(1, "file", "files"));
        assertEquals("1,413 files", Amounts.count(1413, "file", "files"));
        assertEquals("-1,000", Amounts.grouped(-1000));
        assertEquals("1 byte", Amounts.bytes(1));
        assertEquals("999 bytes", Amounts.bytes(999));
        assertEquals("1.0 kB", Amounts.bytes(1000));
        assertEquals("1.0 MB", Amounts.bytes(999_950));
        assertEquals("640", Amounts.rate(640));
        assertEquals("12 k", Amounts.rate(12_345));
        assertEquals("2.31 M", Amounts.rate(2_310_000));
        assertEquals("3 min 20 s", Amounts.duration(200));
    }
}
