package io.envcli.offheap;

import io.envcli.offheap.testing.LeakCheck;
import org.agrona.UnsafeApi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Whatever is damaged: the right answer or DAMAGED, never a wrong one, never "not found" for what is there. */
@ExtendWith(LeakCheck.class)
class HashIndexDamageTest {
    private static final long SEED = 20260102;
    private static final int ENVIRONMENTS = 2;
    private static final int NAMES = 20;
    private static final int VERSIONS = 60;
    private static final int PAGE = 4096;

    @TempDir
    private Path folder;
    private Path file;
    private Names names;
    private byte[] intact;
    private final Random random = new Random(SEED);
    private final int[] environments = new int[ENVIRONMENTS];

    @BeforeEach
    void build() throws IOException {
        names = new Names();
        file = folder.resolve("index");
        // Tight, so that buckets overflow and no part of the file is idle.
        try (HashIndex index = HashIndex.create(file, 1, HashIndexTest.STORE, HashIndexTest.BOOT,
                ENVIRONMENTS + VERSIONS, VERSIONS)) {
            for (int i = 0; i < ENVIRONMENTS; i++) {
                environments[i] = index.environment(names.hash(1000 + i), 16L * (i + 1));
            }
            for (int version = 1; version <= VERSIONS; version++) {
                final int ordinal = index.transaction(version);
                index.upsert(environments[version % ENVIRONMENTS], names.hash(version % NAMES),
                        names.fingerprint(version), ordinal, version * 16L, 0);
                index.commit(ordinal, version, version * 32L, version);
            }
        }
        intact = Files.readAllBytes(file);
    }

    @AfterEach
    void close() {
        names.close();
    }

    /** {@return how many answers were DAMAGED} */
    private int verifyAnswers(final HashIndexReader reader, final String what) {
        assertEquals(VERSIONS, reader.version(), what);
        int damaged = 0;
        for (int i = 0; i < ENVIRONMENTS; i++) {
            final int environment = reader.findEnvironment(names.hash(1000 + i));
            if (environment == HashIndexReader.DAMAGED) {
                damaged++;
            } else {
                assertEquals(environments[i], environment, what);
            }
        }
        for (int version = VERSIONS; version > VERSIONS - NAMES; version--) {
            damaged += verifyVariable(reader, version, what);
        }
        for (final int environment : environments) {
            final Set<Long> expected = new HashSet<>();
            for (int version = VERSIONS; version > VERSIONS - NAMES; version--) {
                if (environments[version % ENVIRONMENTS] == environment) {
                    expected.add((long) version);
                }
            }
            final Set<Long> listed = new HashSet<>();
            final long count = reader.forEach(environment, (entry, location, f0, f1, version) -> listed.add(version));
            assertTrue(expected.containsAll(listed), what);
            if (count == HashIndexReader.DAMAGED) {
                damaged++;
            } else {
                assertEquals(expected, listed, what);
            }
        }
        final long count = reader.forEachEnvironment((environment, location, variables) -> {});
        assertTrue(count == ENVIRONMENTS || count == HashIndexReader.DAMAGED, what);
        return damaged;
    }

    private int verifyVariable(final HashIndexReader reader, final int version, final String what) {
        final int environment = environments[version % ENVIRONMENTS];
        final long entry = reader.find(environment, names.hash(version % NAMES));
        final long older = reader.at(version - 1).find(environment, names.hash(version % NAMES));
        if (entry != HashIndexReader.DAMAGED) {
            assertEquals(version * 16L, reader.location(entry), what);
            assertEquals(Names.fingerprint0(version), reader.fingerprint0(entry), what);
            assertEquals(version, reader.version(reader.ordinal(entry)), what);
        }
        if (older != HashIndexReader.DAMAGED) {
            assertEquals((version - NAMES) * 16L, reader.location(older), what);
        }
        final long time = reader.timeMillis(version);
        assertTrue(time == version || time == HashIndexReader.DAMAGED, what);
        final int ordinal = reader.ordinalOfVersion(version);
        assertTrue(ordinal == version || ordinal == HashIndexReader.DAMAGED, what);
        return entry == HashIndexReader.DAMAGED || older == HashIndexReader.DAMAGED ? 1 : 0;
    }

    @Test
    void flippedBitsOfAnIndexInUse() throws IOException {
        int noticed = 0;
        try (HashIndexReader reader = HashIndexReader.open(file); Region region = map()) {
            assertEquals(0, verifyAnswers(reader, "intact"));
            final int length = intact.length - HashIndexDescriptor.HEADER_LENGTH;
            for (int i = 0; i < 3000; i++) {
                final int at = HashIndexDescriptor.HEADER_LENGTH + random.nextInt(length);
                final byte flipped = (byte) (intact[at] ^ (1 << random.nextInt(8)));
                UnsafeApi.putByte(region.address() + at, flipped);
                noticed += verifyAnswers(reader, "seed=" + SEED + " at=" + at + " byte=" + flipped);
                UnsafeApi.putByte(region.address() + at, intact[at]);
            }
            assertEquals(0, verifyAnswers(reader, "intact again"));
        }
        assertTrue(noticed > 400, "noticed=" + noticed);
    }

    private Region map() throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return Region.map(Owner.TEST, channel, MapMode.READ_WRITE, 0, intact.length);
        }
    }

    @Test
    void eachFlippedBitOfTheHeader() throws IOException {
        for (int bit = 0; bit < 264 * 8; bit++) {
            final byte[] damaged = intact.clone();
            damaged[bit / 8] ^= (byte) (1 << (bit % 8));
            Files.write(file, damaged);
            final String what = "bit=" + bit;
            try (HashIndexReader reader = HashIndexReader.openOnce(file)) {
                verifyAnswers(reader, what);
                if (bit / 8 < HashIndexDescriptor.HEADER_CRC + 4) {
                    throw new AssertionError(what + " was not noticed");
                }
            } catch (final IndexDamagedException noticed) {
                assertTrue(String.valueOf(noticed.getMessage()).startsWith(file.toString()), what);
            }
        }
    }

    @Test
    void zeroedAndOverwrittenPages() throws IOException {
        for (int length = 256; length <= PAGE; length *= 4) {
            for (int from = 0; from < intact.length; from += length) {
                verifyFile(overwrite(from, length, (byte) 0), "zeroed from=" + from + " length=" + length);
                verifyFile(overwrite(from, length, (byte) 0xFF), "filled from=" + from + " length=" + length);
                final byte[] noise = intact.clone();
                for (int i = from; i < Math.min(from + length, noise.length); i++) {
                    noise[i] = (byte) random.nextInt();
                }
                verifyFile(noise, "noise from=" + from + " length=" + length + " seed=" + SEED);
            }
        }
    }

    @Test
    void movedPieces() throws IOException {
        for (int i = 0; i < 150; i++) {
            final int length = 8 << random.nextInt(6);
            final int from = random.nextInt(intact.length / length) * length;
            final int to = random.nextInt(intact.length / length) * length;
            final byte[] damaged = intact.clone();
            System.arraycopy(intact, from, damaged, to, length);
            verifyFile(damaged, "seed=" + SEED + " from=" + from + " to=" + to + " length=" + length);
        }
    }

    private byte[] overwrite(final int from, final int length, final byte value) {
        final byte[] damaged = intact.clone();
        Arrays.fill(damaged, from, Math.min(from + length, damaged.length), value);
        return damaged;
    }

    private void verifyFile(final byte[] damaged, final String what) throws IOException {
        Files.write(file, damaged);
        try (HashIndexReader reader = HashIndexReader.open(file)) {
            final int noticed = verifyAnswers(reader, what);
            final HashIndexReport report = reader.verify();
            assertTrue(noticed == 0 || !report.isIntact(), () -> what + " " + report);
        } catch (final IndexDamagedException noticed) {
            assertTrue(String.valueOf(noticed.getMessage()).startsWith(file.toString()), what);
        }
        verifyWriter(what);
    }

    /** A writer on a damaged index must not take what is there for missing. */
    private void verifyWriter(final String what) throws IOException {
        try (HashIndex index = HashIndex.open(file, HashIndexTest.BOOT);
                HashIndex grown = index.grow(folder.resolve("grown"))) {
            final int ordinal = grown.transaction(1);
            for (int version = VERSIONS; version > VERSIONS - NAMES; version--) {
                final int environment = grown.environment(names.hash(1000 + version % ENVIRONMENTS), 0);
                final int code = environment < 0 ? HashIndex.DAMAGED
                        : grown.upsert(environment,
                                names.hash(version % NAMES), names.fingerprint(version), ordinal, 0, 0);
                assertTrue(code == HashIndex.NEW_VERSION || code == HashIndex.DAMAGED, what + " code=" + code);
            }
        } catch (final IndexDamagedException noticed) {
            assertTrue(String.valueOf(noticed.getMessage()).startsWith(folder.toString()), what);
        } finally {
            Files.deleteIfExists(folder.resolve("grown"));
        }
    }

    @Test
    void cutOffFiles() throws IOException {
        for (int length = 0; length < intact.length; length += 1 + random.nextInt(64)) {
            Files.write(file, Arrays.copyOf(intact, length));
            final String what = "length=" + length;
            assertThrows(IndexDamagedException.class, () -> HashIndexReader.open(file), what);
            assertThrows(IndexDamagedException.class, () -> HashIndexReader.openOnce(file), what);
            assertThrows(IndexDamagedException.class, () -> HashIndex.open(file, HashIndexTest.BOOT), what);
        }
    }

    @Test
    void verifySaysWhatAndWhere() throws IOException {
        final int entry = HashIndexDescriptor.HEADER_LENGTH
                + 64 * (int) Math.ceil((ENVIRONMENTS + VERSIONS) / 5.6) + 48 * 10;
        final byte[] damaged = intact.clone();
        damaged[entry + 20] ^= 1;
        Files.write(file, damaged);
        try (HashIndexReader reader = HashIndexReader.open(file)) {
            final HashIndexReport report = reader.verify();
            assertFalse(report.isIntact());
            assertTrue(report.findings().contains(
                    new HashIndexReport.Finding(HashIndexReport.Code.ENTRY, entry)), report::toString);
        }
    }
}
