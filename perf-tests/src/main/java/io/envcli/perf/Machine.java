package io.envcli.perf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;

/** Where and when figures were measured. */
public final class Machine {
    private Machine() {}

    /**
     * Describes this machine.
     *
     * @param checkout folder of the sources, for their commit.
     * @return names and values, in a fixed order.
     */
    public static Map<String, Object> describe(final Path checkout) {
        final Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("cpu", field(Path.of("/proc/cpuinfo"), "model name"));
        facts.put("cores", Runtime.getRuntime().availableProcessors());
        facts.put("memory", field(Path.of("/proc/meminfo"), "MemTotal"));
        facts.put("kernel", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        facts.put("jdk", System.getProperty("java.vendor") + " " + Runtime.version());
        facts.put("date", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        facts.put("commit", commit(checkout));
        return facts;
    }

    private static String field(final Path file, final String name) {
        try {
            for (final String line : Files.readAllLines(file)) {
                if (line.startsWith(name)) {
                    return line.substring(line.indexOf(':') + 1).strip();
                }
            }
        } catch (final IOException e) {
            return "unknown: " + e.getMessage();
        }
        return "unknown";
    }

    /** The commit, with {@code +} behind it if the sources differ from it. */
    private static String commit(final Path checkout) {
        try {
            return Programs.output(checkout, "git", "describe", "--always", "--abbrev=12", "--dirty=+").strip();
        } catch (final IOException e) {
            return "unknown: " + e.getMessage();
        }
    }
}
