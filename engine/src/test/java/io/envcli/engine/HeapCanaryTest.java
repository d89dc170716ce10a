package io.envcli.engine;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What is left in the heap of a process that has read a variable: neither its value nor that of another. */
final class HeapCanaryTest {
    private static final String CANARY = "canary-value-8c1f27d0e5";
    private static final String READ = "read-value-51e7b3a9f4";

    @TempDir
    private Path folder;
    private StoreConfig config;

    @BeforeEach
    void makeStore() {
        config = StoreConfig.builder().directory(folder.resolve("store")).keyFile(folder.resolve("key"))
                .expectedBytes(0).build();
        try (Store store = Store.open(config)) {
            store.put("default", "OTHER", CANARY);
            store.put("default", "READ", READ);
        }
    }

    private byte[] dump(final String how) throws IOException, InterruptedException {
        final Path dump = folder.resolve("dump.hprof");
        final List<String> command = new ArrayList<>(Child.java());
        command.addAll(List.of("-Xmx64m", HeapChild.class.getName(), config.directory().toString(),
                config.keyFile().toString(), "READ", dump.toString(), how));
        final Process child = new ProcessBuilder(command).inheritIO().start();
        assertEquals(how.equals("leak") ? 1 : 0, child.waitFor());
        return Files.readAllBytes(dump);
    }

    private static boolean holds(final byte[] dump, final String text) {
        return new String(dump, StandardCharsets.ISO_8859_1).contains(text)
                || new String(dump, StandardCharsets.ISO_8859_1).contains(
                        new String(text.getBytes(StandardCharsets.UTF_16LE), StandardCharsets.ISO_8859_1));
    }

    @Test
    void noValueIsLeftWhenTheReaderIsClosed() throws Exception {
        final byte[] dump = dump("all");
        assertTrue(holds(dump, "io.envcli.engine") || holds(dump, "io/envcli/engine"), "it is a dump of that process");
        assertFalse(holds(dump, CANARY), "the value of a variable that nobody asked for");
        assertFalse(holds(dump, READ), "the value that was read, and wiped");
    }

    @Test
    void aValueThatIsKeptIsFound() throws Exception {
        assertTrue(holds(dump("leak"), READ), "so this test can fail");
    }
}
