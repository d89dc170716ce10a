package io.envcli.perf.workload;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;

import static org.junit.jupiter.api.Assertions.*;

class WorkloadGeneratorTest {
    private static final int COUNT = 40_000;

    private record Sizes(int nameLength, int valueLength, Form form) {}

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"REALISTIC, 1, d40755b18f442699995f78046895f5766c72bb550e51f30c29d6d809abdc44c1",
        "BULK, 1, 8f889dd79266a01af96a4d79303a353451f804f0ebda75d99c5fbcbfc1ba3174"})
    void sameSeedSameBytes(final Profile profile, final long seed, final String sha256)
            throws IOException, NoSuchAlgorithmException {
        final byte[] text = text(profile, seed, COUNT);
        assertArrayEquals(text, text(profile, seed, COUNT));
        assertEquals(sha256, HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text)),
                "the generator writes other bytes than before: increase WorkloadCache.GENERATION");
        assertFalse(Arrays.equals(text, text(profile, seed + 1, COUNT)));
    }

    @ParameterizedTest
    @EnumSource(Profile.class)
    void truthAgreesWithTheTextAndWithSinglePositions(final Profile profile) throws IOException {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        final Truth truth = new WorkloadGenerator(profile, 7).generate(COUNT, out);
        final byte[] text = out.toByteArray();
        assertEquals(text.length, truth.bytes());
        assertEquals(count(text, '\n'), truth.lines());
        final CRC32C crc = new CRC32C();
        crc.update(text);
        assertEquals(crc.getValue(), truth.crc32c());

        final Variables variables = new Variables(profile, 7);
        final Assignment assignment = new Assignment();
        final Map<String, String> last = new HashMap<>();
        for (long position = 0; position < truth.assignments(); position++) {
            variables.read(position, assignment);
            last.put(assignment.nameText(), new String(assignment.valueBytes(), StandardCharsets.UTF_8));
        }
        assertEquals(COUNT, truth.variables());
        assertEquals(COUNT, last.size());
        assertEquals(truth.checksum(), checksum(last));
        for (long position = 0; position < truth.assignments(); position += 13) {
            assertEquals(last.get(variables.name(position)),
                    new String(variables.lastValue(position, truth.assignments()), StandardCharsets.UTF_8));
        }
        assertEquals(profile == Profile.REALISTIC, truth.assignments() > truth.variables(), "duplicates");
    }

    private static long checksum(final Map<String, String> variables) {
        long sum = 0;
        for (final Map.Entry<String, String> variable : variables.entrySet()) {
            final byte[] name = variable.getKey().getBytes(StandardCharsets.UTF_8);
            final byte[] value = variable.getValue().getBytes(StandardCharsets.UTF_8);
            sum += Checksum.of(name, name.length, value, value.length);
        }
        return sum;
    }

    @Test
    void realisticTextIsLikeRealFiles() throws IOException {
        final String[] lines = new String(text(Profile.REALISTIC, 3, COUNT), StandardCharsets.UTF_8).split("\r?\n");
        final double bytes = text(Profile.REALISTIC, 3, COUNT).length;
        assertBetween(28, 34, bytes / lines.length, "bytes a line");
        assertBetween(0.33, 0.37, share(lines, "#.*"), "comment lines");
        assertBetween(0.15, 0.19, share(lines, ""), "blank lines");

        final List<Sizes> all = assignments(Profile.REALISTIC, 3);
        final int[] names = all.stream().mapToInt(a -> a.nameLength).sorted().toArray();
        final int[] values = all.stream().mapToInt(a -> a.valueLength).sorted().toArray();
        assertBetween(2, 9, names[0], "shortest name");
        assertBetween(16, 18, quantile(names, 0.5), "median of names");
        assertBetween(27, 29, quantile(names, 0.9), "p90 of names");
        assertBetween(50, 60, quantile(names, 1), "longest name");
        assertBetween(3, 5, quantile(values, 0.5), "median of values");
        assertBetween(18, 22, quantile(values, 0.9), "p90 of values");
        assertBetween(45, 60, quantile(values, 0.99), "p99 of values");
        assertBetween(3_000, 4_000, quantile(values, 1), "longest value");

        assertBetween(0.32, 0.36, share(all, Form.EMPTY), "empty");
        assertBetween(0.09, 0.11, share(all, Form.DOUBLE_QUOTED, Form.CERTIFICATE, Form.ESCAPED_CERTIFICATE), "\"");
        assertBetween(0.011, 0.017, share(all, Form.SINGLE_QUOTED, Form.JSON), "'");
        assertBetween(0.007, 0.011, share(all, Form.INLINE_COMMENT), "inline comments");
        assertBetween(0.008, 0.012, share(all, Form.REFERENCE), "references");
        assertBetween(0.017, 0.023, share(lines, "export .*") * lines.length / all.size(), "export");
        for (final Form form : List.of(Form.CERTIFICATE, Form.ESCAPED_CERTIFICATE, Form.JSON, Form.BACKTICK_QUOTED,
                Form.NON_ASCII, Form.LONG_SECRET)) {
            assertTrue(share(all, form) > 0, form.name());
        }
    }

    @Test
    void bulkTextIsLikeABigExport() throws IOException {
        final byte[] text = text(Profile.BULK, 3, COUNT);
        assertBetween(64, 69, (double) text.length / COUNT, "bytes a variable");
        assertEquals(COUNT, count(text, '\n'), "one line each");
        assertBetween(0.062, 0.070, 1 - share(assignments(Profile.BULK, 3), Form.PLAIN), "off the fast path");
        assertBetween(0.013, 0.017, (double) count(text, '\r') / COUNT, "CRLF");
    }

    @Test
    void someRealisticFilesStartWithAByteOrderMark() throws IOException {
        int marked = 0;
        for (int seed = 0; seed < 20; seed++) {
            marked += text(Profile.REALISTIC, seed, 1)[0] == (byte) 0xEF ? 1 : 0;
        }
        assertBetween(1, 19, marked, "files of 20 with a byte-order mark");
    }

    @Test
    void folderHasItsFilesAndItsTruth() throws IOException {
        final FolderWorkload workload = new FolderWorkload(5, 12, 20);
        final Truth truth = workload.generate(folder);
        assertEquals(240, truth.variables());
        assertEquals("team-0/service-00/staging", workload.environment(1));
        long bytes = 0;
        for (int file = 0; file < 12; file++) {
            bytes += Files.size(folder.resolve(workload.path(file)));
        }
        assertEquals(bytes, truth.bytes());
    }

    @Test
    void cacheGeneratesOnce() throws IOException {
        final WorkloadCache cache = new WorkloadCache(folder.resolve("cache"));
        final WorkloadCache.Entry first = cache.get(Profile.BULK, -9, 500);
        final Object written = Files.getLastModifiedTime(first.file());
        assertEquals(first, cache.get(Profile.BULK, -9, 500));
        assertEquals(written, Files.getLastModifiedTime(first.file()));
        Files.writeString(first.file(), "A=1\n");
        assertEquals(first.truth().bytes(), Files.size(cache.get(Profile.BULK, -9, 500).file()));
    }

    @Test
    void refusesAnEmptyWorkload() {
        assertThrows(IllegalArgumentException.class,
                () -> new WorkloadGenerator(Profile.BULK, 1).generate(0, OutputStream.nullOutputStream()));
    }

    private static byte[] text(final Profile profile, final long seed, final int count) throws IOException {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        new WorkloadGenerator(profile, seed).generate(count, out);
        return out.toByteArray();
    }

    private static List<Sizes> assignments(final Profile profile, final long seed) {
        final Variables variables = new Variables(profile, seed);
        final List<Sizes> all = new ArrayList<>();
        final Assignment scratch = new Assignment();
        for (int position = 0; position < COUNT; position++) {
            variables.read(position, scratch);
            all.add(new Sizes(scratch.nameLength, scratch.valueLength, scratch.form));
        }
        return all;
    }

    private static double share(final List<Sizes> all, final Form... forms) {
        final List<Form> wanted = List.of(forms);
        return all.stream().filter(a -> wanted.contains(a.form)).count() / (double) all.size();
    }

    private static double share(final String[] lines, final String pattern) {
        return Arrays.stream(lines).filter(line -> line.matches(pattern)).count() / (double) lines.length;
    }

    private static int quantile(final int[] sorted, final double p) {
        return sorted[(int) Math.round(p * (sorted.length - 1))];
    }

    private static long count(final byte[] text, final char wanted) {
        long count = 0;
        for (final byte b : text) {
            count += b == wanted ? 1 : 0;
        }
        return count;
    }

    private static void assertBetween(final double low, final double high, final double actual, final String what) {
        assertTrue(actual >= low && actual <= high, what + ": " + actual + " is not in " + low + " to " + high);
    }
}
