package io.envcli.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The limits of this process, as {@code ulimit} sets them, that are too low for a store: {@code /proc/self/limits}. */
final class ProcessLimits {
    /** The least that does, by the kernel's names: mapped files of some gigabytes, and a few dozen files at once. */
    private static final Map<String, Long> LEAST = Map.of("Max file size", 4L << 30, "Max address space", 16L << 30,
            "Max open files", 128L);

    private ProcessLimits() {}

    /** {@return those that are too low, for a person; none where the kernel does not tell} */
    static List<String> current() {
        try {
            return tooLow(Files.readString(Path.of("/proc/self/limits")));
        } catch (final IOException e) {
            return List.of();
        }
    }

    /**
     * Reads the kernel's table.
     *
     * @param table of limits.
     * @return those that are too low.
     */
    static List<String> tooLow(final String table) {
        final List<String> tooLow = new ArrayList<>();
        for (final String line : table.lines().toList()) {
            for (final Map.Entry<String, Long> least : LEAST.entrySet()) {
                if (line.startsWith(least.getKey())) {
                    final String soft = line.substring(least.getKey().length()).strip().split("\\s+", 2)[0];
                    if (isNumber(soft) && Long.parseLong(soft) < least.getValue()) {
                        tooLow.add(least.getKey() + " " + soft + ", less than " + least.getValue());
                    }
                }
            }
        }
        tooLow.sort(null);
        return tooLow;
    }

    private static boolean isNumber(final String text) {
        return !text.isEmpty() && text.length() <= 18 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
