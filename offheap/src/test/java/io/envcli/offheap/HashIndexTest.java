package io.envcli.offheap;

import io.envcli.offheap.testing.LeakCheck;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

@ExtendWith(LeakCheck.class)
class HashIndexTest {
    static final byte[] STORE = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    static final byte[] BOOT = "boot-boot-boot-b".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    private Path folder;
    private Names names;

    @BeforeEach
    void open() {
        names = new Names();
    }

    @AfterEach
    void close() {
        names.close();
    }

    private HashIndex create(final long entries, final long versions) throws IOException {
        return HashIndex.create(folder.resolve("1"), 1, STORE, BOOT, entries, versions);
    }

    private void put(final HashIndex index, final int environment, final long name, final long value,
            final long version) {
        final int ordinal = index.transaction(1000 + version);
        assertTrue(index.upsert(environment, names.hash(name), names.fingerprint(value), ordinal, version << 4, 0) > 0);
        index.commit(ordinal, version, version << 20, 1_700_000_000_000L + version);
    }

    @Test
    void findsWhatIsCommittedAndNothingElse() throws IOException {
        try (HashIndex index = create(100, 10)) {
            final int environment = index.environment(names.hash(1), 0x550);
            assertEquals(environment, index.environment(names.hash(1), 0x990), "found, not made again");
            final int ordinal = index.transaction(77);
            assertEquals(HashIndex.INSERTED,
                    index.upsert(environment, names.hash(2), names.fingerprint(3), ordinal, 0x70, 0));
            assertEquals(HashIndex.NOT_FOUND, index.reader().find(environment, names.hash(2)));
            assertFalse(Names.holds(index, environment, names.hash(2), names.fingerprint(3)));
            assertEquals(0, index.version(index.find(environment, Names.hash0(2), Names.hash1(2))));
            index.commit(ordinal, 5, 0x1230, 999);

            final HashIndexReader reader = index.reader();
            assertEquals(environment, reader.findEnvironment(names.hash(1)));
            assertEquals(0x550, reader.location(environment));
            final long entry = reader.find(environment, names.hash(2));
            assertEquals(0x70, reader.location(entry));
            assertEquals(Names.fingerprint0(3), reader.fingerprint0(entry));
            assertEquals(~3L, reader.fingerprint1(entry));
            assertEquals(ordinal, reader.ordinal(entry));
            assertEquals(5, reader.version(ordinal));
            assertEquals(77, reader.transaction(ordinal));
            assertEquals(0x1230, reader.commitLocation(ordinal));
            assertEquals(999, reader.timeMillis(ordinal));
            assertEquals(ordinal, reader.ordinalOfVersion(5));
            assertEquals(HashIndex.NOT_FOUND, reader.ordinalOfVersion(4));
            assertEquals(HashIndex.NOT_FOUND, reader.find(environment, names.hash(4)));
            assertEquals(HashIndex.NOT_FOUND, reader.at(4).find(environment, names.hash(2)));
            assertTrue(Names.holds(index, environment, names.hash(2), names.fingerprint(3)));
            assertFalse(Names.holds(index, environment, names.hash(2), names.fingerprint(4)));
        }
    }

    @Test
    void whatChangesNothingIsNotWritten() throws IOException {
        try (HashIndex index = create(100, 10)) {
            final int environment = index.environment(names.hash(1), 0);
            put(index, environment, 2, 20, 1);
            final int ordinal = index.transaction(9);
            final long entries = index.entryCount();
            final long first = entries + 1;
            assertEquals(HashIndex.UNCHANGED,
                    index.upsert(environment, names.hash(2), names.fingerprint(20), ordinal, 0, 0, first));
            assertEquals(entries, index.previousEntry());
            assertEquals(HashIndex.UNCHANGED, index.upsert(environment, names.hash(3), names.fingerprint(0), ordinal, 0,
                    VariableTable.UNSET, first));
            assertEquals(0, index.previousEntry());
            assertEquals(entries, index.entryCount());
            assertEquals(HashIndex.NEW_VERSION,
                    index.upsert(environment, names.hash(2), names.fingerprint(21), ordinal, 0, 0, first));
            assertEquals(HashIndex.REPLACED,
                    index.upsert(environment, names.hash(2), names.fingerprint(20), ordinal, 0, 0, first),
                    "the newest entry is the transaction's own");
            index.commit(ordinal, 2, 0, 0);
            assertTrue(Names.holds(index, environment, names.hash(2), names.fingerprint(20)));
            assertEquals(HashIndex.NEW_VERSION,
                    index.upsert(environment, names.hash(2), names.fingerprint(20), index.transaction(10), 0, 0),
                    "written where no first entry is given");
        }
    }

    @Test
    void theSameNameInOtherEnvironmentsIsAnotherVariable() throws IOException {
        try (HashIndex index = create(100, 10)) {
            final int one = index.environment(names.hash(1), 0);
            final int two = index.environment(names.hash(2), 0);
            put(index, one, 7, 1, 1);
            assertEquals(HashIndex.NOT_FOUND, index.reader().find(two, names.hash(7)));
            put(index, two, 7, 2, 2);
            assertEquals(Names.fingerprint0(1),
                    index.reader().fingerprint0(index.reader().find(one, names.hash(7))));
            assertEquals(2, index.environmentCount());
            assertEquals(2, index.variableCount());
            assertEquals(1, index.reader().forEach(one, (entry, location, f0, f1, version) -> {}));
        }
    }

    @Test
    void anImportThatEndsAfterAPutWins() throws IOException {
        try (HashIndex index = create(100, 10)) {
            final int environment = index.environment(names.hash(1), 0);
            final int anImport = index.transaction(1);
            index.upsert(environment, names.hash(2), names.fingerprint(10), anImport, 0, 0);
            put(index, environment, 2, 20, 1);
            assertEquals(HashIndex.REPLACED,
                    index.upsert(environment, names.hash(2), names.fingerprint(11), anImport, 0, 0));
            put(index, environment, 2, 21, 2);
            assertEquals(Names.fingerprint0(21), current(index.reader(), environment, 2));
            assertTrue(Names.holds(index, environment, names.hash(2), names.fingerprint(21)),
                    "the import is still open");
            index.commit(anImport, 3, 0, 0);
            assertEquals(Names.fingerprint0(11), current(index.reader(), environment, 2));
            assertEquals(Names.fingerprint0(21), current(index.reader().at(2), environment, 2));
            assertEquals(Names.fingerprint0(20), current(index.reader().at(1), environment, 2));
            final List<Long> versions = new ArrayList<>();
            assertEquals(4, index.reader().history(environment, names.hash(2),
                    (entry, location, f0, f1, version) -> versions.add(version)));
            assertEquals(List.of(2L, 3L, 1L, 3L), versions);
        }
    }

    private long current(final HashIndexReader reader, final int environment, final long name) {
        return reader.fingerprint0(reader.find(environment, names.hash(name)));
    }

    @Test
    void anAbandonedTransactionLeavesNothingBehind() throws IOException {
        try (HashIndex index = create(100, 10)) {
            final int environment = index.environment(names.hash(1), 0);
            final int ordinal = index.transaction(1);
            index.upsert(environment, names.hash(2), names.fingerprint(10), ordinal, 0, 0);
            index.abandon(ordinal);
            assertEquals(HashIndex.NOT_FOUND, index.reader().find(environment, names.hash(2)));
            assertEquals(0, index.reader().version(ordinal));
            put(index, environment, 2, 20, 1);
            assertTrue(Names.holds(index, environment, names.hash(2), names.fingerprint(20)));
            assertThrows(IllegalArgumentException.class, () -> index.commit(ordinal, 2, 0, 0));
        }
    }

    @Test
    void onlyWhatIsCommittedIsCounted() throws IOException {
        try (HashIndex index = create(100, 10)) {
            final int environment = index.environment(names.hash(1), 0);
            put(index, environment, 2, 20, 1);
            final int anImport = index.transaction(9);
            index.upsert(environment, names.hash(2), names.fingerprint(0), anImport, 0, VariableTable.UNSET);
            index.upsert(environment, names.hash(2), names.fingerprint(21), anImport, 0, 0);
            index.upsert(environment, names.hash(3), names.fingerprint(30), anImport, 0, 0);
            index.upsert(environment, names.hash(4), names.fingerprint(40), anImport, 0, 0);
            assertEquals(1, index.variableCount(), "the import is open");
            put(index, environment, 5, 50, 2);
            assertEquals(2, index.variableCount());
            index.abandon(anImport);
            assertEquals(2, index.variableCount());
            put(index, environment, 3, 31, 3);
            assertEquals(3, index.variableCount(), "what was abandoned does not count as set");
        }
    }

    @Test
    void anUnsetVariableIsNotFoundButHasHistory() throws IOException {
        try (HashIndex index = create(100, 10)) {
            final int environment = index.environment(names.hash(1), 0);
            put(index, environment, 2, 20, 1);
            final int ordinal = index.transaction(1);
            index.upsert(environment, names.hash(2), names.fingerprint(0), ordinal, 0x40, VariableTable.UNSET);
            index.commit(ordinal, 2, 0, 0);
            final HashIndexReader reader = index.reader();
            assertEquals(HashIndex.NOT_FOUND, reader.find(environment, names.hash(2)));
            final long change = reader.findChange(environment, names.hash(2));
            assertTrue(reader.isUnset(change));
            assertEquals(0x40, reader.location(change));
            assertEquals(0, reader.forEach(environment, (entry, location, f0, f1, version) -> {}));
            assertFalse(Names.holds(index, environment, names.hash(2), names.fingerprint(0)));
            assertEquals(0, index.variableCount());
            assertTrue(reader.at(1).find(environment, names.hash(2)) > 0);
        }
    }

    @Test
    void saysFullBeforeItChangesAnything() throws IOException {
        try (HashIndex index = create(2, 1)) {
            final int environment = index.environment(names.hash(1), 0);
            final int ordinal = index.transaction(1);
            assertEquals(HashIndex.FULL, index.transaction(2));
            assertEquals(1, index.upsert(environment, names.hash(2), names.fingerprint(0), ordinal, 0, 0));
            assertEquals(HashIndex.FULL,
                    index.upsert(environment, names.hash(3), names.fingerprint(0), ordinal, 0, 0));
            assertEquals(HashIndex.FULL, index.environment(names.hash(4), 0));
            index.commit(ordinal, 1, 0, 0);
            assertTrue(index.reader().verify().isIntact());
        }
    }

    @Test
    void growsWithoutLosingOrMovingAnything() throws IOException {
        HashIndex index = create(4, 2);
        try (HashIndexReader old = HashIndexReader.open(folder.resolve("1"))) {
            final int environment = index.environment(names.hash(1), 0);
            for (int i = 1; i <= 500; i++) {
                if (index.room() == 0 || index.transactionRoom() == 0) {
                    index = index.grow(folder.resolve("g" + i));
                }
                put(index, environment, i % 100, i, i);
                assertEquals(i + 1, index.find(environment, Names.hash0(i % 100), Names.hash1(i % 100)));
            }
            assertTrue(old.isSuperseded());
            assertTrue(old.isDirty());
            final HashIndexReader reader = index.reader();
            for (int i = 401; i <= 500; i++) {
                assertEquals(Names.fingerprint0(i), current(reader, environment, i % 100));
                assertEquals(Names.fingerprint0(i - 100), current(reader.at(400), environment, i % 100));
            }
            assertEquals(100, reader.forEach(environment, (entry, location, f0, f1, version) -> {}));
        } finally {
            index.close();
        }
        try (HashIndexReader reader = HashIndexReader.open(index.file())) {
            final HashIndexReport report = reader.verify();
            assertTrue(report.isIntact(), report::toString);
            assertEquals(501, report.entries());
            assertEquals(100, report.variables());
            assertEquals(500, report.versions());
            assertFalse(reader.isDirty());
        }
    }

    @Test
    void opensAgainWhatWasClosed() throws IOException {
        final Path file = folder.resolve("1");
        try (HashIndex index = create(100, 10)) {
            put(index, index.environment(names.hash(1), 0), 2, 3, 1);
            index.applied(11, -12);
        }
        try (HashIndex index = HashIndex.open(file, BOOT); HashIndexReader other = HashIndexReader.open(file)) {
            assertTrue(other.isDirty());
            assertTrue(other.isOfBoot(BOOT));
            assertTrue(other.isOfStore(STORE));
            assertFalse(other.isOfStore(BOOT));
            put(index, index.environment(names.hash(1), 0), 2, 4, 2);
            assertEquals(1, other.version());
            assertEquals(2, other.lastVersion());
            final long[] position = new long[2];
            assertTrue(other.applied(position));
            assertEquals(11, position[0]);
            assertEquals(-12, position[1]);
            assertEquals(3, index.entryCount());
            assertThrows(IndexDamagedException.class, () -> HashIndex.open(file, BOOT), "it is dirty");
        }
        assertThrows(IndexDamagedException.class, () -> HashIndex.open(file, STORE), "another boot");
        final HashIndex index = HashIndex.open(file, BOOT);
        index.closeDirty();
        assertThrows(IndexDamagedException.class, () -> HashIndex.open(file, BOOT), "it was not closed");
        assertThrows(FileAlreadyExistsException.class, () -> create(1, 1));
        assertArrayEquals(new String[]{"1"}, folder.toFile().list(), "no unfinished file is left");
    }

    @Test
    void refusesWhatCannotBe() throws IOException {
        assertThrows(IllegalArgumentException.class, () -> create(0, 1));
        assertThrows(IllegalArgumentException.class, () -> create(1, 1L << 31));
        assertThrows(IllegalArgumentException.class,
                () -> HashIndex.create(folder.resolve("x"), 1, new byte[15], BOOT, 1, 1));
        try (HashIndex index = create(10, 10)) {
            final int ordinal = index.transaction(1);
            index.commit(ordinal, 3, 0, 0);
            final int second = index.transaction(2);
            assertThrows(IllegalArgumentException.class, () -> index.commit(second, 3, 0, 0));
            assertThrows(IllegalArgumentException.class, () -> index.commit(3, 4, 0, 0));
            assertThrows(IndexOutOfBoundsException.class, () -> index.location(1));
            assertEquals(HashIndex.DAMAGED, index.upsert(5, names.hash(1), names.fingerprint(1), second, 0, 0));
        }
    }
}
