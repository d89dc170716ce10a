package io.envcli.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * A line of the table in docs/durability.md: a fault, how often it was tried, what was lost and what was answered wrong, and
 * how long the store took to be of use again. It is written whether the test fails or not, to the file that
 * {@code -Dfaults.table=…} names, if there is one.
 */
final class FaultTable {
    private final String fault;
    private long cases;
    private long lost;
    private long wrong;
    private long slowestNs;

    /** Something acknowledged is not there. */
    static final class Lost extends AssertionError {
        private static final long serialVersionUID = 1;

        private Lost(final String message) {
            super(message);
        }

        /** Fails if something acknowledged is not there. */
        static void unless(final boolean there, final Supplier<String> message) {
            if (!there) {
                throw new Lost(message.get());
            }
        }
    }

    /** Makes the fault once, and looks at what is left. */
    @FunctionalInterface
    interface Case {
        void run() throws IOException;
    }

    FaultTable(final String fault) {
        this.fault = fault;
    }

    /**
     * Tries the fault once. What fails is counted: a store that is refused, or lacks something, is lost; all else that is not
     * as it should be is a wrong answer.
     */
    void tried(final Case once) throws IOException {
        cases++;
        try {
            once.run();
        } catch (final StoreException | Lost e) {
            lost++;
            throw e;
        } catch (final AssertionError e) {
            wrong++;
            throw e;
        }
    }

    /** Tries a fault once, writes its line, and takes all of it for the time until the store is of use again. */
    static void once(final String fault, final Case once) throws IOException {
        final FaultTable table = new FaultTable(fault);
        final long start = System.nanoTime();
        try {
            table.tried(once);
            table.recovered(System.nanoTime() - start);
        } finally {
            table.write();
        }
    }

    /** A store was of use again after so long. */
    void recovered(final long nanos) {
        slowestNs = Math.max(slowestNs, nanos);
    }

    long cases() {
        return cases;
    }

    /** How many cases lost something or answered wrong. */
    long failed() {
        return lost + wrong;
    }

    /** Writes the line. */
    void write() throws IOException {
        final String file = System.getProperty("faults.table");
        if (file != null) {
            Files.writeString(Path.of(file),
                    String.format(Locale.ROOT, "| %s | %d | %d | %d | %.2f s |%n", fault, cases,
                            lost, wrong, slowestNs / 1e9),
                    StandardCharsets.UTF_8, StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        }
    }
}
