package io.envcli.engine;

import io.envcli.engine.StoreException.Kind;
import io.envcli.offheap.testing.SmallDisk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

/** The disk is full when a put needs a larger view: the put must fail before it is journaled, or it would be set after all. */
@Timeout(120)
final class FullDiskAtViewGrowthIT {
    /** Leaves the first view room for less than a full group of puts. */
    private static final int VARIABLES = 4_085;

    @TempDir
    private Path top;

    @Test
    void aPutThatFailsIsNotSet() throws IOException {
        try (SmallDisk disk = SmallDisk.mount(top.resolve("disk"), "8m")) {
            final StoreConfig config = StoreConfig.builder().directory(disk.folder().resolve("store"))
                    .keyFile(top.resolve("key")).build();
            final Path filler = disk.folder().resolve("filler");
            try (Store store = Store.open(config)) {
                store.importFrom(ImportRequest.of(variables()).withEnvironment("e"), ImportProgress.NONE);
                fill(filler);
                final StoreException refused = assertThrows(StoreException.class, () -> store.put("e", "LATE", "1"));
                assertEquals(Kind.DISK_FULL, refused.kind());
            }
            try (StoreReader reader = StoreReader.open(config)) {
                assertEquals(1, reader.version());
                assertNull(reader.get("e", "LATE"));
            }
            Files.delete(filler);
            FaultTable.once("the disk is full", () -> {
                try (Store store = Store.open(config)) {
                    assertEquals(2, store.put("e", "LATE", "1"));
                }
                try (StoreReader reader = StoreReader.open(config)) {
                    assertNotNull(reader.get("e", "LATE"));
                }
            });
        }
    }

    private Path variables() throws IOException {
        final StringBuilder text = new StringBuilder();
        for (int i = 0; i < VARIABLES; i++) {
            text.append("NAME_").append(i).append("=1\n");
        }
        return Files.writeString(top.resolve("variables.env"), text);
    }

    /** Takes all space there is. */
    private static void fill(final Path filler) throws IOException {
        final byte[] page = new byte[4096];
        try (OutputStream out = Files.newOutputStream(filler)) {
            while (Files.getFileStore(filler).getUsableSpace() > 0) {
                out.write(page);
            }
        }
    }
}
