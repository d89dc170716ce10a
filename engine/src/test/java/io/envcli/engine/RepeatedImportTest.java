package io.envcli.engine;

import io.envcli.engine.dialect.Dialect;
import io.envcli.offheap.testing.LeakCheck;
import io.envcli.ringbuffers.Layout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** What an import sets several times counts by its last value: an equal one adds no history. */
@ExtendWith(LeakCheck.class)
final class RepeatedImportTest {
    private static final int ROUNDS = 60;
    private static final int MOST_LINES = 12;

    @TempDir
    private Path top;

    private StoreConfig config(final Layout layout) {
        return StoreConfig.builder().directory(top.resolve("store")).keyFile(top.resolve("key"))
                .durability(Durability.PROCESS).layout(layout).build();
    }

    private ImportReport load(final Store store, final String text) throws IOException {
        Files.writeString(top.resolve("in.env"), text);
        return store.importFrom(new ImportRequest(List.of(top.resolve("in.env")), null,
                Dialect.DOTENV, "e"), ImportProgress.NONE);
    }

    @Test
    void theSameDuplicatesAgainAddNoHistory() throws IOException {
        final String text = "A=1\nB=x\nA=2\nB=x\nA=3\n";
        try (Store store = Store.open(config(Layout.FUSED))) {
            load(store, text);
            final ImportReport again = load(store, text);
            assertEquals(2, again.variables());
            assertEquals(2, again.unchanged());
            assertEquals(3, again.warnings());
            try (StoreReader reader = store.reader()) {
                assertEquals(1, reader.history("e", "A").size());
                assertEquals(1, reader.history("e", "B").size());
                reader.forEachVersion(version -> {
                    assertEquals(version.version() == 1 ? 5 : 0, version.variables(), "version " + version.version());
                    return true;
                });
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Layout.class)
    void historyGrowsWhereTheLastValueDiffers(final Layout layout) throws IOException {
        final long seed = new Random().nextLong();
        final Random random = new Random(seed);
        final Map<String, String> expected = new LinkedHashMap<>();
        final Map<String, Integer> changes = new LinkedHashMap<>();
        try (Store store = Store.open(config(layout))) {
            for (int round = 0; round < ROUNDS; round++) {
                final Map<String, String> last = new LinkedHashMap<>();
                final StringBuilder text = new StringBuilder();
                for (int i = random.nextInt(MOST_LINES); i >= 0; i--) {
                    final String name = String.valueOf((char) ('A' + random.nextInt(3)));
                    final String value = String.valueOf(random.nextInt(3));
                    text.append(name).append('=').append(value).append('\n');
                    last.put(name, value);
                }
                final long unchanged = last.entrySet().stream()
                        .filter(it -> it.getValue().equals(expected.get(it.getKey()))).count();
                last.forEach((name, value) -> changes.merge(name, value.equals(expected.get(name)) ? 0 : 1,
                        Integer::sum));
                expected.putAll(last);
                final String context = "seed " + seed + ", round " + round + ": " + text;
                final ImportReport report = load(store, text.toString());
                assertEquals(last.size(), report.variables(), context);
                assertEquals(unchanged, report.unchanged(), context);
                check(store, expected, changes, context);
            }
        }
    }

    private static void check(final Store store, final Map<String, String> expected, final Map<String, Integer> changes,
            final String context) {
        try (StoreReader reader = store.reader()) {
            final Map<String, String> found = new LinkedHashMap<>();
            reader.forEach("e", it -> found.put(it.name(), it.value()));
            assertEquals(expected, found, context);
            changes.forEach((name, count) -> assertEquals(count, reader.history("e", name).size(),
                    name + ", " + context));
        }
    }
}
