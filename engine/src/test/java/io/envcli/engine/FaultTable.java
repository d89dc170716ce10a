package io.envcli.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/**
 * A line of the table in docs/durability.md: a fault, how often it was tried, and how long the store took to be of use again.
 * Written only where nothing was lost and nothing answered wrong, since the test fails otherwise; to the file that
 * {@code -Dfaults.table=…} names, if there is one.
 */
final class FaultTable {
    private final String fault;
    private long slowestNs;

    FaultTable(final String fault) {
        this.fault = fault;
    }

    /** A store was of use again after so long. */
    void recovered(final long nanos) {
        slowestNs = Math.max(slowestNs, nanos);
    }

    /** Writes the line. */
    void write(final int cases) throws IOException {
        final String file = System.getProperty("faults.table");
        if (file != null) {
            Files.writeString(Path.of(file), String.format(Locale.ROOT, "| %s | %,d | 0 | 0 | %.2f s |%n", fault, cases,
                    slowestNs / 1e9), StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
    }
}
