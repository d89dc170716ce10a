package io.envcli.engine;

import io.envcli.offheap.testing.LeakCheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

@ExtendWith(LeakCheck.class)
final class KnownValuesTest {
    @TempDir
    private Path top;

    private StoreConfig config() {
        return StoreConfig.builder().directory(top.resolve("store")).keyFile(top.resolve("key"))
                .durability(Durability.PROCESS).build();
    }

    @Test
    void tellsWhichBytesAreAValueNowAndOfWhom() {
        try (Store store = Store.open(config())) {
            store.put("a", "OLD", "value-before-1");
            store.put("a", "OLD", "value-after-2");
            store.put("a", "GONE", "value-gone-3");
            store.put("b/c", "LONG", "x".repeat(4_000));
            store.unset("a", "GONE");
            for (int i = 0; i < 50; i++) {
                store.put("many", "N" + i, "number-" + i);
            }
        }
        final Map<Long, String> found = new TreeMap<>();
        try (StoreReader reader = StoreReader.open(config());
                KnownValues known = reader.knownValues();
                KnownValues.Search search = known.search()) {
            final KnownValues.Visitor visitor = (tag, handle) -> found.put(tag, known.holder(handle).toString());
            add(search, "value-before-1", 1, visitor);
            add(search, "value-after-2", 2, visitor);
            add(search, "value-gone-3", 3, visitor);
            add(search, "x".repeat(4_000), 4, visitor);
            add(search, "x".repeat(3_999), 5, visitor);
            for (int i = 0; i < 20_000; i++) { // many batches
                add(search, "number-" + i, 100 + i, visitor);
            }
            search.flush(visitor);
            assertThrows(IllegalArgumentException.class,
                    () -> search.add(new byte[KnownValues.Search.LONGEST + 1], 0, KnownValues.Search.LONGEST + 1, 0,
                            visitor));
        }
        assertEquals("Holder[environment=a, name=OLD]", found.remove(2L));
        assertEquals("Holder[environment=b/c, name=LONG]", found.remove(4L));
        for (int i = 0; i < 50; i++) {
            assertEquals("Holder[environment=many, name=N" + i + "]", found.remove(100L + i));
        }
        assertEquals(Map.of(), found);
    }

    private static void add(final KnownValues.Search search, final String text, final long tag,
            final KnownValues.Visitor visitor) {
        final byte[] bytes = ("  " + text).getBytes(StandardCharsets.UTF_8);
        search.add(bytes, 2, bytes.length - 2, tag, visitor);
    }
}
