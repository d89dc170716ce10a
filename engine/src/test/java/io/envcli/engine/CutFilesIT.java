package io.envcli.engine;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * Files that are cut under the process that has them mapped: touching a page that is gone is a SIGBUS, which the JVM turns into
 * an InternalError. The process must fail clearly and answer nothing wrong, and the next one recovers.
 */
@Timeout(120)
final class CutFilesIT {
    private static final int SEGMENT_BYTES = 1 << 30;
    private static final int VALUE_LENGTH = 300;
    private static final int PUTS_AFTER = 1_000;
    private static final int PAGE = 4096;
    /** Puts after which the JVM has compiled what appends: faults are then thrown later than they happen. */
    private static final int HOT = 20_000;

    @TempDir
    private Path top;

    private StoreConfig config() {
        return StoreConfig.builder().directory(top.resolve("store")).keyFile(top.resolve("key")).build();
    }

    private Child start(final Durability durability) throws IOException {
        final Child child = Child.start(List.of(), config().directory(), config().keyFile());
        child.done("open " + durability + " " + SEGMENT_BYTES + " 60000");
        return child;
    }

    @ParameterizedTest
    @ValueSource(longs = {0, PAGE})
    void aViewThatIsCutFailsTheWriterAndIsRebuilt(final long length) throws IOException {
        final int acknowledged;
        try (Child child = start(Durability.POWER)) {
            child.done("puts e NAME_ 50 " + VALUE_LENGTH);
            cut(newestView(), length);
            acknowledged = putUntilRefused(child, 50, "view");
            assertTrue(child.ask(put(0)).startsWith(StoreChild.REFUSED), "the pipeline is stopped");
            child.ask("close");
        }
        check(acknowledged);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, HOT})
    void aJournalThatIsCutBehindItsEndFailsTheWriterAndIsContinued(final int before) throws IOException {
        final int acknowledged;
        try (Child child = start(Durability.PROCESS)) {
            child.done("puts e NAME_ " + before + " " + VALUE_LENGTH);
            final Path journal = lastSegment();
            cut(journal, dataEnd(journal));
            acknowledged = putUntilRefused(child, before, "journal");
            assertTrue(child.ask(put(0)).startsWith(StoreChild.REFUSED), "the journal takes no more writes");
            child.ask("close");
        }
        check(acknowledged);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, PAGE})
    void aViewThatIsCutUnderAReaderIsNeverAnsweredFrom(final long length) throws IOException {
        try (Store store = Store.open(config())) {
            for (int i = 0; i < 200; i++) {
                store.put("e", "NAME_" + i, StoreChild.value("NAME_" + i, VALUE_LENGTH));
            }
        }
        try (Child child = Child.start(List.of(), config().directory(), config().keyFile())) {
            child.done("read");
            child.tell("gets e NAME_ 200 " + VALUE_LENGTH);
            cut(newestView(), length);
            final String answer = child.answer();
            assertTrue(answer.startsWith(StoreChild.REFUSED), answer);
        }
        check(200);
    }

    /** Puts variables until one is refused; how many were acknowledged, those before included. */
    private static int putUntilRefused(final Child child, final int from, final String named) throws IOException {
        for (int i = from; i < from + PUTS_AFTER; i++) {
            final String answer = child.ask(put(i));
            if (!answer.startsWith(StoreChild.DONE)) {
                assertTrue(answer.startsWith(StoreChild.REFUSED) && answer.contains(named), answer);
                return i;
            }
        }
        throw new AssertionError("the cut was never noticed");
    }

    private static String put(final int number) {
        return "put e NAME_" + number + " " + VALUE_LENGTH;
    }

    /** What was acknowledged is there; of what was not, at most the one that was under way. */
    private void check(final int acknowledged) {
        try (StoreReader reader = StoreReader.open(config())) {
            for (int i = 0; i < acknowledged; i++) {
                final String name = "NAME_" + i;
                assertEquals(StoreChild.value(name, VALUE_LENGTH),
                        Objects.requireNonNull(reader.get("e", name), name).value());
            }
            assertTrue(reader.version() <= acknowledged + 1, "version=" + reader.version());
        }
        assertEquals(List.of(), StoreVerifier.verify(config()).findings());
        try (Store store = Store.open(config())) {
            store.put("e", "AFTER", "1");
        }
    }

    private static void cut(final Path file, final long length) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            assertTrue(channel.size() > length, () -> file + " is short already");
            channel.truncate(length);
        }
    }

    /** The end of the page in which the file's data end: what is behind it was only allocated ahead. */
    private static long dataEnd(final Path file) throws IOException {
        final byte[] content = Files.readAllBytes(file);
        int end = content.length;
        while (content[end - 1] == 0) {
            end--;
        }
        return (end + PAGE - 1L) / PAGE * PAGE;
    }

    private Path newestView() throws IOException {
        return newest(top.resolve("store/view"));
    }

    private Path lastSegment() throws IOException {
        return newest(top.resolve("store/journal")).resolve("19700101F.cq4");
    }

    private static Path newest(final Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.max(Path::compareTo).orElseThrow();
        }
    }
}
