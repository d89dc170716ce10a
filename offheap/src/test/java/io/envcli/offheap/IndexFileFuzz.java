package io.envcli.offheap;

import io.envcli.offheap.testing.Edits;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/**
 * An index of which anything was changed, its header's checksum right or not, is opened for reading and for writing, asked for
 * everything, verified, and grown. It answers rightly or says that it is damaged; it never fails in another way.
 */
public final class IndexFileFuzz {
    private static final int NAMES = 5;
    private static final int VERSIONS = 12;
    /** Nothing else is named so: an answer that is not damaged must not find it. */
    private static final int UNKNOWN = 999;
    private static final int ENVIRONMENT = -1;

    private final Path folder;
    private final byte[] intact;
    private final Names names = new Names();

    private IndexFileFuzz() throws IOException {
        folder = Files.createTempDirectory("index-fuzz");
        final Path file = folder.resolve("intact");
        try (HashIndex index = HashIndex.create(file, 1, HashIndexTest.STORE, HashIndexTest.BOOT, 1 + VERSIONS,
                VERSIONS)) {
            final int environment = index.environment(names.hash(ENVIRONMENT), 0);
            for (int version = 1; version <= VERSIONS; version++) {
                final int ordinal = index.transaction(version);
                index.upsert(environment, names.hash(version % NAMES), names.fingerprint(version), ordinal,
                        version * 16L, 0);
                index.commit(ordinal, version, version * 32L, version);
            }
        }
        intact = Files.readAllBytes(file);
        file.toFile().deleteOnExit();
        folder.toFile().deleteOnExit();
    }

    /** Made when the first input comes. */
    private static final class Holder {
        static final IndexFileFuzz INSTANCE = make();

        private static IndexFileFuzz make() {
            try {
                return new IndexFileFuzz();
            } catch (final IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /**
     * Tries one.
     *
     * @param input the first byte says whether the header's checksum is made right; the rest are {@link Edits}.
     * @throws IOException if files cannot be written.
     */
    public static void fuzzerTestOneInput(final byte[] input) throws IOException {
        Holder.INSTANCE.test(input);
    }

    private void test(final byte[] input) throws IOException {
        final byte[] edited = Edits.apply(intact, input);
        final boolean forged = input.length > 0 && (input[input.length - 1] & 1) != 0
                && edited.length >= HashIndexDescriptor.IMMUTABLE_LENGTH;
        if (forged) {
            final CRC32C crc = new CRC32C();
            crc.update(edited, 0, HashIndexDescriptor.HEADER_CRC);
            ByteBuffer.wrap(edited).order(ByteOrder.LITTLE_ENDIAN).putInt(HashIndexDescriptor.HEADER_CRC,
                    (int) crc.getValue());
        }
        final Path file = folder.resolve("edited");
        Files.write(file, edited);
        try (HashIndexReader reader = HashIndexReader.open(file)) {
            read(reader, forged);
            reader.verify();
        } catch (final IndexDamagedException _) {
            // As it should be.
        }
        try (HashIndexReader reader = HashIndexReader.openOnce(file)) {
            read(reader, forged);
        } catch (final IndexDamagedException _) {
            // As it should be.
        }
        write(file);
        Files.deleteIfExists(file);
    }

    /** Where the header lies with a right checksum, places are elsewhere, and all that is asked is to survive. */
    private void read(final HashIndexReader reader, final boolean forged) {
        reader.applied(new long[2]);
        reader.isOfStore(HashIndexTest.STORE);
        reader.isOfBoot(HashIndexTest.BOOT);
        final HashIndexReader all = reader.at(VERSIONS);
        final int environment = all.findEnvironment(names.hash(ENVIRONMENT));
        check(forged || environment != HashIndexReader.NOT_FOUND, "the environment is called absent");
        if (environment > 0) {
            for (int name = 0; name < NAMES; name++) {
                final long entry = all.find(environment, names.hash(name));
                check(forged || entry != HashIndexReader.NOT_FOUND, "a variable is called absent");
                final int expected = VERSIONS - Math.floorMod(VERSIONS - name, NAMES);
                check(forged || entry < 0 || all.location(entry) == expected * 16L, "a variable's place is wrong");
                all.history(environment, names.hash(name), (found, location, f0, f1, version) -> check(
                        forged || location == version * 16, "a version's place is wrong"));
            }
            check(forged || all.find(environment, names.hash(UNKNOWN)) <= 0, "a variable that nobody set");
            final long listed = all.forEach(environment, (entry, location, f0, f1, version) -> check(
                    forged || location == version * 16, "a listed place is wrong"));
            check(forged || listed < 0 || listed == NAMES, "so many are listed: " + listed);
        }
        all.forEachEnvironment((number, location, variables) -> {});
        for (int version = 0; version <= VERSIONS; version++) {
            all.ordinalOfVersion(version);
            all.timeMillis(version);
        }
    }

    private void write(final Path file) throws IOException {
        final Path grown = folder.resolve("grown");
        try (HashIndex index = HashIndex.open(file, HashIndexTest.BOOT); HashIndex larger = index.grow(grown)) {
            final int ordinal = larger.transaction(VERSIONS + 1);
            final int environment = larger.environment(names.hash(ENVIRONMENT), 0);
            if (environment > 0 && ordinal > 0) {
                larger.upsert(environment, names.hash(0), names.fingerprint(99), ordinal, 1600, 0);
                larger.upsert(environment, names.hash(UNKNOWN), names.fingerprint(98), ordinal, 1616, 0);
                larger.abandon(ordinal);
            }
        } catch (final IndexDamagedException _) {
            // As it should be.
        } finally {
            Files.deleteIfExists(grown);
        }
    }

    private static void check(final boolean holds, final String what) {
        if (!holds) {
            throw new AssertionError(what);
        }
    }
}
