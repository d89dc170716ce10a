package io.envcli.cli;

/**
 * Amounts as a person reads them, the same in every locale. No format strings, since the first one of a process looks for
 * locales in every jar, for 10 ms, and no decimal numbers of the JDK, whose first one takes 25.
 */
final class Amounts {
    private static final String[] UNITS = {"bytes", "kB", "MB", "GB", "TB"};
    /** Below this and from the other on, a double's text has an exponent; with two places or fewer, the former rounds to 0. */
    private static final double SMALLEST = 1e-3;
    private static final double WITH_EXPONENT = 1e7;

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
        final StringBuilder digits = new StringBuilder(Long.toString(number));
        final int first = number < 0 ? 1 : 0;
        for (int i = digits.length() - 3; i > first; i -= 3) {
            digits.insert(i, ',');
        }
        return digits.toString();
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
        return unit == 0 ? count(bytes, "byte", UNITS[0]) : decimal(amount, 1) + " " + UNITS[unit];
    }

    /**
     * A rate without more digits than it deserves.
     *
     * @param perSecond at least 0.
     * @return such as {@code 2.31 M} or {@code 640}.
     */
    static String rate(final double perSecond) {
        if (perSecond >= 1e6) {
            return decimal(perSecond / 1e6, 2) + " M";
        }
        return perSecond >= 1e4 ? decimal(perSecond / 1e3, 0) + " k"
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
            return decimal(seconds * 1e3, 0) + " ms";
        }
        return seconds < 60 ? decimal(seconds, 2) + " s"
                : (long) seconds / 60 + " min " + (long) seconds % 60 + " s";
    }

    /** Rounds the decimal digits half up, as format strings do, for amounts of at least 0. */
    private static String decimal(final double amount, final int places) {
        if (amount >= WITH_EXPONENT) {
            return grouped(Math.round(amount));
        }
        final String text = Double.toString(amount < SMALLEST ? 0 : amount);
        final int point = text.indexOf('.');
        final String digits = text.substring(0, point) + text.substring(point + 1) + "000"; // one more than any places
        final int kept = point + places;
        final long rounded = Long.parseLong(digits, 0, kept, 10) + (digits.charAt(kept) >= '5' ? 1 : 0);
        final String plain = Long.toString(rounded);
        if (places == 0) {
            return plain;
        }
        final String padded = "0".repeat(Math.max(0, places + 1 - plain.length())) + plain;
        return padded.substring(0, padded.length() - places) + "." + padded.substring(padded.length() - places);
    }
}
