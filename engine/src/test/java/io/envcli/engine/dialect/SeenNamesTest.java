package io.envcli.engine.dialect;

import io.envcli.offheap.OffHeap;
import io.envcli.offheap.Owner;
import io.envcli.offheap.Region;
import io.envcli.offheap.Slab;
import io.envcli.offheap.VariableTable;
import io.envcli.offheap.testing.LeakCheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Names of very many, very long and very similar kinds; that finding duplicates takes linear time, and gives memory back. */
@ExtendWith(LeakCheck.class)
class SeenNamesTest {
    private static final int SMALL_SLAB = 4_096;
    private static final int COLLIDING = 1 << 16;

    @Test
    void manyNamesWithDuplicatesNearAndFar() {
        final long seed = new Random().nextLong();
        final Random random = new Random(seed);
        final List<String> names = numbered(200_000, i -> "NAME_" + Integer.toString(random.nextInt(150_000), 36));
        try (TextParser parser = new TextParser(Dialect.DOTENV)) {
            assertEquals(PlainNames.duplicates(names), PlainNames.found(parser, PlainNames.text(names, '\n')),
                    () -> "seed " + seed);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {65_535, 65_534, 65_528, 4_096, 64, 63, 57, 56, 55, 32, 31, 8, 7, 2})
    void namesThatDifferInOneByte(final int length) {
        final List<String> names = new ArrayList<>();
        final String name = "N".repeat(length);
        for (final int at : new int[]{0, length / 2, length - 1}) {
            names.add(name);
            names.add(name.substring(0, at) + "X" + name.substring(at + 1));
            names.add(name.substring(0, length - 1));
        }
        try (TextParser parser = new TextParser(Dialect.DOTENV.newParser(), SMALL_SLAB)) {
            assertEquals(PlainNames.duplicates(names), PlainNames.found(parser, PlainNames.text(names, '\n')));
        }
    }

    @Test
    void namesThatAreNotAscii() {
        final List<String> names = List.of("é", "日本", "é", "e", "😀", "日本", "日", "é ", "");
        try (TextParser parser = new TextParser(Dialect.ENVIRON)) {
            assertEquals(List.of(3, 6), PlainNames.found(parser, PlainNames.text(names, '\0')));
        }
    }

    @Test
    void eachTextBeginsWithoutNames() {
        final List<String> many = numbered(50_000, i -> "A" + i);
        try (TextParser parser = new TextParser(Dialect.DOTENV)) {
            for (final List<String> names : List.of(many, List.of("A1", "A2", "A1"), List.<String>of(), many, many)) {
                assertEquals(PlainNames.duplicates(names), PlainNames.found(parser, PlainNames.text(names, '\n')));
            }
        }
    }

    @Test
    void aTextWhoseVisitorThrewLeavesNoNames() {
        final byte[] text = PlainNames.text(List.of("A", "B"), '\n');
        try (TextParser parser = new TextParser(Dialect.DOTENV)) {
            try {
                parser.parse(text, new Diagnostics(1), (buffer, name, nameLength, value, valueLength, line) -> {
                    throw new IllegalStateException("enough");
                });
            } catch (final IllegalStateException e) {
                assertEquals("enough", e.getMessage());
            }
            assertEquals(List.of(), PlainNames.found(parser, text));
        }
    }

    @Test
    void smallTextsAfterALargeOneGiveItsMemoryBack() {
        final byte[] small = PlainNames.text(List.of("A"), '\n');
        try (TextParser parser = new TextParser(Dialect.DOTENV)) {
            final long before = OffHeap.bytes(Owner.SCRATCH);
            PlainNames.found(parser, PlainNames.text(numbered(100_000, i -> "A" + i), '\n'));
            assertTrue(OffHeap.bytes(Owner.SCRATCH) > before + 100_000L * Long.BYTES);
            PlainNames.found(parser, small);
            PlainNames.found(parser, small);
            assertEquals(before, OffHeap.bytes(Owner.SCRATCH));
        }
    }

    @Test
    void timeIsLinearForNamesThatAreMadeToCollide() {
        final String filler = "_".repeat(30);
        assertLinear(SeenNamesTest::colliding);
        assertLinear(i -> "N" + ((long) i << 20));
        assertLinear(i -> Integer.toString(i, 36) + filler);
        assertLinear(i -> filler + Integer.toString(i, 36));
        assertLinear(i -> filler + Integer.toString(i, 36) + filler);
        assertLinear(i -> "AB".repeat(i % 300 + 1));
        assertLinear(i -> "SAME");
    }

    private static void assertLinear(final IntFunction<String> family) {
        final Set<String> set = new HashSet<>();
        int flagged = 0;
        try (SeenNames seen = new SeenNames()) {
            for (int i = 0; i < COLLIDING; i += 256) {
                final int first = i;
                final List<String> part = numbered(256, j -> family.apply(first + j));
                flagged += flagged(seen, part);
                set.addAll(part);
            }
            assertEquals(COLLIDING - set.size(), flagged, () -> family.apply(1));
            // At most half full, linear probing looks at 2.5 slots for a new name and at 1.5 for another; the rest is chance.
            assertTrue(seen.probes() < 4L * COLLIDING, () -> family.apply(1) + ": " + seen.probes());
        }
    }

    /** Each bit of the number as one of two pairs of letters that the hash of strings and arrays cannot tell apart. */
    private static String colliding(final int number) {
        final StringBuilder name = new StringBuilder();
        for (int bit = 0; bit < 16; bit++) {
            name.append((number >>> bit & 1) == 0 ? "Aa" : "BB");
        }
        return name.toString();
    }

    private static int flagged(final SeenNames seen, final List<String> names) {
        final int capacity = 256 * 1024;
        try (Region region = Region.allocate(Owner.TEST, Slab.length(0, capacity))) {
            final Slab slab = new Slab(region, 0, 0, capacity);
            int at = 0;
            for (int row = 0; row < names.size(); row++) {
                final byte[] name = names.get(row).getBytes(StandardCharsets.UTF_8);
                slab.putText(at, name, name.length);
                slab.table().set(row, slab.textOffset() + at, name.length, 0, 0, row + 1, 0);
                at += name.length;
            }
            slab.textLength(at);
            slab.rowCount(names.size());
            seen.flagDuplicates(slab);
            return (int) IntStream.range(0, names.size())
                    .filter(row -> (slab.table().flags(row) & VariableTable.DUPLICATE) != 0).count();
        }
    }

    @Test
    void namesOfOneHashAreComparedByTheirBytes() {
        try (Region region = Region.allocate(Owner.TEST, 64); NameLog log = new NameLog()) {
            region.buffer(0, 64).putStringWithoutLengthAscii(0, "ABCDEFGHIJ ABCDEFGHIK");
            final long name = region.address();
            final long place = log.append(7, name, 10);
            assertTrue(log.matches(place, 7, name, 10));
            assertFalse(log.matches(place, 7, name + 11, 10));
            assertFalse(log.matches(place, 7, name, 9));
            assertFalse(log.matches(place, 8, name, 10));
        }
    }

    private static List<String> numbered(final int count, final IntFunction<String> name) {
        return IntStream.range(0, count).mapToObj(name).toList();
    }
}
