package io.envcli.cli;

import java.util.Locale;

/** Amounts as a person reads them, the same in every locale. */
final class Amounts {
    private static final String[] UNITS = {"bytes", "kB", "MB", "GB", "TB"};

    private Amounts() {}

    /**
     * A count with its noun.
     *
     * @param count    of things.
     * @param singular the noun for one.
     * @param plural   the noun for none or several.
     * @return such as {@code 1 file} or {@code 1,413 variables}.
     */
    static String count(final long count, final String singular, final String plural) {
        return grouped(count) + " " + (count == 1 ? singular : plural);
    }

    /**
     * A number.
     *
     * @param number any.
     * @return such as {@code 1,413}.
     */
    static String grouped(final long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /**
     * A number of bytes in powers of ten.
     *
     * @param bytes at least 0.
     * @return such as {@code 12.3 MB}.
     */
    static String bytes(final long bytes) {
        double amount = bytes;
        int unit = 0;
        while (amount >= 999.95 && unit < UNITS.length - 1) {
            amount /= 1000;
            unit++;
        }
        return unit == 0 ? count(bytes, "byte", UNITS[0]) : String.format(Locale.ROOT, "%.1f %s", amount, UNITS[unit]);
    }

    /**
     * A rate without more digits than it deserves.
     *
     * @param perSecond at least 0.
     * @return such as {@code 2.31 M} or {@code 640}.
     */
    static String rate(final double perSecond) {
        if (perSecond >= 1e6) {
            return String.format(Locale.ROOT, "%.2f M", perSecond / 1e6);
        }
        return perSecond >= 1e4 ? String.format(Locale.ROOT, "%.0f k", perSecond / 1e3)
                : grouped(Math.round(perSecond));
    }

    /**
     * A duration.
     *
     * @param seconds at least 0.
     * @return such as {@code 12 ms}, {@code 1.52 s} or {@code 3 min 20 s}.
     */
    static String duration(final double seconds) {
        if (seconds < 1) {
            return String.format(Locale.ROOT, "%.0f ms", seconds * 1e3);
        }
        return seconds < 60 ? String.format(Locale.ROOT, "%.2f s", seconds)
                : String.format(Locale.ROOT, "%d min %d s", (long) seconds / 60, (long) seconds % 60);
    }
}
