package io.envcli.perf.workload;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes dotenv text: the same seed, profile and size give the same bytes, on any machine.
 *
 * <p>Streams: memory use does not depend on the size. Threading: one thread.
 */
public final class WorkloadGenerator {
    private static final int LINES_BEFORE = 1;
    private static final int COMMENT_LENGTH = 16;
    private static final int COMMENT_TEXT = 32;
    private static final int CRLF_SECTION = 2;
    /** Every so many assignments the line ends may change, as where text was pasted from another system. */
    private static final int SECTION_SHIFT = 6;
    /** Comment lines before an assignment, each with the same chance: 0.73 on average. */
    private static final byte[] COMMENTS = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 2,
        2, 2, 2, 3, 5};
    /** Blank lines before those, each with the same chance: 0.36 on average. */
    private static final byte[] BLANKS = {0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1};
    private static final Lengths COMMENT_LENGTHS = new Lengths(0, 1, 0.1, 8, 0.25, 20, 0.5, 39, 0.75, 66, 0.9, 80,
            0.99, 120, 1, 190);
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final Profile profile;
    private final long seed;
    private final Draws draws;
    private final Variables variables;
    private final Assignment assignment = new Assignment();
    private final Assignment replaced = new Assignment();

    /**
     * A generator.
     *
     * @param profile of the text.
     * @param seed    of the text.
     */
    public WorkloadGenerator(final Profile profile, final long seed) {
        this.profile = profile;
        this.seed = seed;
        this.draws = new Draws(~Draws.mix(seed));
        this.variables = new Variables(profile, seed);
    }

    /**
     * Writes a workload to a file, replacing it.
     *
     * @param count distinct variables, at least 1.
     * @param file  to write.
     * @return the truth about it.
     * @throws IOException if the file cannot be written.
     */
    public Truth generate(final long count, final Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            return generate(count, out);
        }
    }

    /**
     * Writes a workload.
     *
     * @param count distinct variables, at least 1.
     * @param out   receives the text in large pieces; not closed.
     * @return the truth about it.
     * @throws IOException if {@code out} fails.
     */
    public Truth generate(final long count, final OutputStream out) throws IOException {
        if (count < 1) {
            throw new IllegalArgumentException("variables=" + count + " must be at least 1");
        }
        final TextOutput text = new TextOutput(out);
        if (profile == Profile.REALISTIC && draws.below(-1, CRLF_SECTION, 2) == 0) {
            text.write(BYTE_ORDER_MARK, BYTE_ORDER_MARK.length);
        }
        long checksum = 0;
        long distinct = 0;
        long position = 0;
        for (; distinct < count; position++) {
            variables.read(position, assignment);
            checksum += assignment.checksum();
            if (variables.firstOf(position) == position) {
                distinct++;
            } else {
                variables.read(variables.previousOf(position), replaced);
                checksum -= replaced.checksum();
            }
            write(position, text);
        }
        text.flush();
        return new Truth(profile, seed, count, position, text.lines(), text.bytes(), text.crc32c(), checksum);
    }

    private void write(final long position, final TextOutput text) throws IOException {
        text.reserve();
        if (profile == Profile.REALISTIC) {
            text.carriageReturns(draws.below(position >> SECTION_SHIFT, CRLF_SECTION, 32) == 0);
            linesBefore(position, text);
        } else {
            text.carriageReturns(assignment.form == Form.CRLF);
        }
        text.write(assignment);
    }

    private void linesBefore(final long position, final TextOutput text) {
        final long bits = draws.bits(position, LINES_BEFORE);
        for (int i = BLANKS[Draws.scale(bits, BLANKS.length)]; i > 0; i--) {
            text.endLine();
        }
        for (int i = COMMENTS[Draws.scale(bits << 32, COMMENTS.length)]; i > 0; i--) {
            text.comment(draws.bits(position, COMMENT_TEXT + i),
                    COMMENT_LENGTHS.pick(draws.bits(position, COMMENT_LENGTH + i)));
        }
    }
}
