package io.envcli.journal;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Whatever is written, in whatever order transactions alternate, is replayed and read by location as it was. */
class FramePropertyTest {
    private static final int LONGEST = 131_071;

    /** A change to write; the name's length is at least 1, and name and value have at most 131,071 bytes together. */
    record Written(int environment, int nameLength, int valueLength, int line, int flags) {}

    /** What to do with one of three transactions: a frame, then perhaps a commit. */
    record Step(int transaction, List<Written> changes, boolean commit) {}

    @Property(tries = 25, shrinking = ShrinkingMode.OFF)
    void whatIsWrittenIsRead(@ForAll("steps") final List<Step> steps) throws IOException {
        final Path store = Files.createTempDirectory("journal");
        try {
            check(store, steps);
        } finally {
            delete(store);
        }
    }

    private static void check(final Path store, final List<Step> steps) throws IOException {
        final List<String> expected = new ArrayList<>();
        final List<Long> locations = new ArrayList<>();
        try (TestJournal journal = new TestJournal(store, TestJournal.SMALL)) {
            write(journal, steps, expected, locations);
        }
        final TestJournal.Log log = new TestJournal.Log();
        try (JournalReader reader = JournalReader.open(store, TestJournal.key(1))) {
            reader.replay(Checkpoint.START, log);
        }
        assertEquals(expected, log.events);
        assertEquals(locations, log.locations);
        final List<String> changes = expected.stream().filter(line -> !line.startsWith("commit")).toList();
        try (BlockReader blocks = BlockReader.open(store, TestJournal.key(1))) {
            for (int i = changes.size() - 1; i >= 0; i -= 3) {
                final Block block = blocks.read(locations.get(i));
                final String transaction = changes.get(i).substring(0, changes.get(i).indexOf(' '));
                assertEquals(changes.get(i), TestJournal.describe(Long.parseLong(transaction),
                        block.section().environment(), block.change()));
            }
        }
        final JournalReport report = JournalVerifier.verify(store, TestJournal.key(1));
        assertTrue(report.isIntact(), report::toString);
        assertEquals(changes.size(), report.changes());
    }

    private static void write(final TestJournal journal, final List<Step> steps, final List<String> expected,
            final List<Long> locations) throws IOException {
        final JournalWriter writer = journal.writer();
        final long[] transactions = {writer.nextTransaction(), writer.nextTransaction(), writer.nextTransaction()};
        final boolean[] begun = new boolean[transactions.length];
        for (final Step step : steps) {
            final long transaction = transactions[step.transaction];
            final boolean whole = step.commit && step.changes.size() % 2 == 0 && !begun[step.transaction];
            if (whole) {
                writer.beginWhole(transaction);
            } else {
                writer.beginFrame(transaction);
            }
            final List<Long> relative = new ArrayList<>();
            for (final Written change : step.changes) {
                final String environment = "environment/" + change.environment;
                journal.section(environment);
                final String name = text(change.nameLength, 'N');
                final boolean unset = (change.flags & Change.UNSET) != 0;
                final String value = text(change.valueLength, 'v');
                relative.add(journal.add(change.flags, change.line, name, TestJournal.utf8(value)));
                expected.add(transaction + " " + environment + ":" + change.line + " " + change.flags + " " + name
                        + "=" + (unset ? "" : value + "/" + change.line));
            }
            final long appended = whole ? 0 : writer.append();
            begun[step.transaction] |= !relative.isEmpty();
            final long version = step.commit ? writer.commit(transaction, TestJournal.INFO) : 0;
            final long base = whole ? writer.lastFrameLocation() : appended;
            relative.forEach(location -> locations.add(base + location));
            if (step.commit) {
                expected.add("commit " + transaction + " version " + version);
                transactions[step.transaction] = writer.nextTransaction();
                begun[step.transaction] = false;
            }
        }
    }

    private static String text(final int length, final char first) {
        final StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append((char) (first + i % 5));
        }
        return text.toString();
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        final Arbitrary<Integer> nameLength = Arbitraries.frequencyOf(Tuple.of(20,
                Arbitraries.integers().between(1, 40)), Tuple.of(1, Arbitraries.of(127, 128, 4096, 65535)));
        final Arbitrary<Integer> valueLength = Arbitraries.frequencyOf(Tuple.of(40,
                Arbitraries.integers().between(0, 100)),
                Tuple.of(4, Arbitraries.of(127, 128, 4095, 4096, 16383, 16384)),
                Tuple.of(1, Arbitraries.just(LONGEST)));
        final Arbitrary<Written> written = Combinators.combine(Arbitraries.integers().between(0, 2), nameLength,
                valueLength, Arbitraries.integers().between(0, Integer.MAX_VALUE),
                Arbitraries.of(0, 0, 0, Change.UNSET, 4, 0x7E))
                .as((environment, name, value, line, flags) -> new Written(environment, name,
                        Math.min(value, LONGEST - name), line, flags));
        final Arbitrary<List<Written>> changes = Arbitraries.oneOf(written.list().ofMaxSize(60),
                written.list().ofSize(1));
        return Combinators.combine(Arbitraries.integers().between(0, 2), changes, Arbitraries.of(true, false))
                .as(Step::new).list().ofMaxSize(12);
    }

    private static void delete(final Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (final Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
