package io.envcli.perf.peers;

import io.envcli.perf.workload.Truth;
import io.envcli.perf.workload.Variables;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A workload as Redis takes it in bulk: one HSET for each variable, in the protocol RESP. */
final class RespFile {
    private static final int BUFFER = 1 << 20;

    private RespFile() {}

    /**
     * Writes it.
     *
     * @param truth about the workload, whose names are all distinct.
     * @param hash  that the variables go into.
     * @param file  to write; replaced.
     * @throws IOException if it cannot be written.
     */
    static void write(final Truth truth, final String hash, final Path file) throws IOException {
        final Variables variables = new Variables(truth.profile(), truth.seed());
        final byte[] command = "HSET".getBytes(StandardCharsets.US_ASCII);
        final byte[] key = hash.getBytes(StandardCharsets.UTF_8);
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), BUFFER)) {
            for (long position = 0; position < truth.assignments(); position++) {
                out.write("*4\r\n".getBytes(StandardCharsets.US_ASCII));
                bulk(out, command);
                bulk(out, key);
                bulk(out, variables.name(position).getBytes(StandardCharsets.UTF_8));
                bulk(out, variables.lastValue(position, truth.assignments()));
            }
        }
    }

    private static void bulk(final OutputStream out, final byte[] bytes) throws IOException {
        out.write(("$" + bytes.length + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.write(bytes);
        out.write('\r');
        out.write('\n');
    }
}
