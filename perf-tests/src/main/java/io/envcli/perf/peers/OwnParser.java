package io.envcli.perf.peers;

import io.envcli.engine.dialect.Diagnostics;
import io.envcli.engine.dialect.Dialect;
import io.envcli.engine.dialect.TextParser;
import io.envcli.perf.workload.Checksum;
import io.envcli.perf.workload.Truth;
import io.envcli.simd.Kernels;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Our parser, in this process, on one thread, once it is warm: through the embedded API, which shows each variable and
 * remembers names to find duplicates, and rows alone, as an import uses it. Threading: one thread.
 */
final class OwnParser implements AutoCloseable {
    private static final Duration WARM_UP_LIMIT = Duration.ofMinutes(2);
    private static final int WARM_UPS = 20;

    private final TextParser parser = new TextParser(Dialect.DOTENV);
    private final RowParser rows;
    private final byte[] text;
    private long variables;
    private long checksum;

    /**
     * Reads a file, warms up, and proves that names and values are those that were generated.
     *
     * @param file  whose names are all distinct.
     * @param truth about it.
     * @throws IOException if it cannot be read.
     */
    OwnParser(final Path file, final Truth truth) throws IOException {
        text = Files.readAllBytes(file);
        rows = new RowParser(text);
        try {
            Kernels.awaitWarm(WARM_UP_LIMIT);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while kernels warm up", e);
        }
        prove();
        if (variables != truth.assignments() || checksum != truth.checksum()) {
            close();
            throw new IllegalStateException("our parser found " + variables + " variables with checksum "
                    + Long.toHexString(checksum) + ": that is not " + truth);
        }
        for (int i = 0; i < WARM_UPS; i++) {
            parse();
            rows.parse();
        }
    }

    private void prove() {
        parser.parse(text, new Diagnostics(1), (buffer, nameOffset, nameLength, valueOffset, valueLength, line) -> {
            final byte[] name = new byte[nameLength];
            final byte[] value = new byte[valueLength];
            buffer.getBytes(nameOffset, name);
            buffer.getBytes(valueOffset, value);
            checksum += Checksum.of(name, nameLength, value, valueLength);
            variables++;
        });
    }

    /** {@return what a parse through the embedded API finds and takes} */
    Answer parse() {
        variables = 0;
        final long start = System.nanoTime();
        parser.parse(text, new Diagnostics(1),
                (buffer, nameOffset, nameLength, valueOffset, valueLength, line) -> variables++);
        return new Answer(variables, System.nanoTime() - start);
    }

    /** {@return what a parse into rows alone finds and takes} */
    Answer parseRows() {
        return rows.parse();
    }

    @Override
    public void close() {
        rows.close();
        parser.close();
    }
}
