package io.envcli.engine;

import io.envcli.engine.StoreException.Kind;
import io.envcli.engine.dialect.Reason;
import io.envcli.offheap.testing.LeakCheck;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What is wrong with an input or a disk gives a clear error or reject, and the store is as it was. */
@ExtendWith(LeakCheck.class)
final class BadInputTest {
    @TempDir
    private Path top;

    private StoreConfig config() {
        return StoreConfig.builder().directory(top.resolve("store")).keyFile(top.resolve("key"))
                .durability(Durability.PROCESS).build();
    }

    private ImportReport importBytes(final byte[] text) throws IOException {
        final Path file = Files.write(top.resolve("in.env"), text);
        try (Store store = Store.open(config())) {
            return store.importFrom(ImportRequest.of(file), ImportProgress.NONE);
        }
    }

    private ImportReport importText(final String text) throws IOException {
        return importBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    private Reason onlyReason(final ImportReport report) {
        assertEquals(1, report.sources().size());
        assertEquals(1, report.sources().get(0).diagnostics().size());
        return report.sources().get(0).diagnostics().get(0).reason();
    }

    private Map<String, String> stored() {
        try (StoreReader reader = StoreReader.open(config())) {
            return StoreTest.all(reader, "in");
        }
    }

    @Test
    void aNulIsRejected() throws IOException {
        assertEquals(Reason.NUL_IN_VALUE, onlyReason(importText("A=x\u0000y\nB=2\n")));
        assertEquals(Map.of("B", "2"), stored());
    }

    @Test
    void nameAndValueAtTheLimitAreTakenAndOneByteMoreIsRejected() throws IOException {
        final ImportReport report = importText("A=" + "x".repeat(131_069) + "\nB=" + "x".repeat(131_070) + "\nC=3\n");
        assertEquals(Reason.TOO_LONG, onlyReason(report));
        assertEquals(2, report.sources().get(0).diagnostics().get(0).line());
        assertEquals(Map.of("A", "x".repeat(131_069), "C", "3"), stored());
    }

    @Test
    void aJournalThatIsCutBeforeItsFirstFrameIsDamagedAndNoNewStore() throws IOException {
        importText("A=1\n");
        final Path queue = top.resolve("store/journal/000001/19700101F.cq4");
        try (FileChannel channel = FileChannel.open(queue, StandardOpenOption.WRITE)) {
            channel.truncate(3_000);
        }
        final VerifyReport report = StoreVerifier.verify(config());
        // The queue's own pages, and the frame that is not there.
        assertEquals(2, report.findings().size(), report.findings()::toString);
        assertTrue(report.findings().stream().allMatch(finding -> finding.contains(queue.toString())),
                report.findings()::toString);
        assertEquals(Kind.DAMAGED, assertThrows(StoreException.class, () -> Store.open(config())).kind());
        assertEquals(Kind.DAMAGED, assertThrows(StoreException.class, () -> StoreReader.open(config())).kind());
    }

    @Test
    void everyFileOfAStoreIsForItsOwnerAlone() throws IOException {
        Files.createDirectory(top.resolve("store"));
        importText("A=1\n");
        try (Stream<Path> files = Files.walk(top.resolve("store"))) {
            for (final Path file : files.skip(1).toList()) {
                final String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
                assertEquals(Files.isDirectory(file) ? "rwx------" : "rw-------", mode, file::toString);
            }
        }
    }

    @Test
    void aFolderIsNoKeyFile() throws IOException {
        importText("A=1\n");
        final StoreConfig wrong = StoreConfig.builder().directory(top.resolve("store")).keyFile(top).build();
        final StoreException refused = assertThrows(StoreException.class, () -> StoreReader.open(wrong));
        assertEquals(Kind.KEY, refused.kind());
        assertTrue(String.valueOf(refused.getMessage()).contains("folder"), refused::getMessage);
    }

    @Test
    void aNameOf70000BytesIsRejected() throws IOException {
        assertEquals(Reason.NAME_TOO_LONG, onlyReason(importText("A=1\n" + "N".repeat(70_000) + "=x\nC=3\n")));
        assertEquals(Map.of("A", "1", "C", "3"), stored());
    }

    @Test
    void anEmptyFileIsAnEmptyVersion() throws IOException {
        final ImportReport report = importText("");
        assertEquals(1, report.version());
        assertEquals(0, report.variables());
        assertEquals(0, report.environments());
        assertEquals(List.of(top.resolve("in.env").toString()), report.empty());
        assertEquals(0, report.rejected() + report.warnings());
        try (StoreReader reader = StoreReader.open(config())) {
            assertEquals(List.of(), reader.environments());
            assertEquals(0, reader.status().environments());
        }
    }

    @Test
    void openQuotesAllOverAreReadInLinearTime() throws IOException {
        // Each line opens a quote that the next one seems to close: a parser that looks far for each is quadratic here.
        final Path file = top.resolve("in.env");
        try (OutputStream out = Files.newOutputStream(file)) {
            final byte[] lines = "A='x\nB=\"y\nC=`z\n".repeat(10_000).getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < 200; i++) {
                out.write(lines);
            }
        }
        try (Store store = Store.open(config())) {
            final ImportReport report = store.importFrom(ImportRequest.of(file), ImportProgress.NONE);
            assertEquals(3, report.variables());
            assertTrue(report.warnings() > 1_000_000, "warnings: " + report.warnings());
        }
    }

    @Test
    void aFolderWithoutDotenvFilesIsSaid() throws IOException {
        final Path folder = Files.createDirectory(top.resolve("empty"));
        try (Store store = Store.open(config())) {
            final StoreException e = assertThrows(StoreException.class,
                    () -> store.importFrom(ImportRequest.of(folder), ImportProgress.NONE));
            assertEquals(Kind.INVALID, e.kind());
            assertEquals(0, store.status().version());
        }
    }

    @Test
    void aFileThatIsCutWhileItIsReadChangesNothing() throws IOException {
        final Path file = Files.writeString(top.resolve("in.env"), "A=after\n" + "# comment\n".repeat(100_000));
        final ImportProgress cut = (files, bytes, total) -> {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.truncate(bytes);
            } catch (final IOException e) {
                throw new UncheckedIOException(e);
            }
        };
        try (Store store = Store.open(config())) {
            store.put("in", "A", "before");
            final StoreException e = assertThrows(StoreException.class,
                    () -> store.importFrom(ImportRequest.of(file), cut));
            assertEquals(Kind.IO, e.kind());
            assertEquals(file + ": cannot be read: it was cut while it was read; nothing was imported", e.getMessage());
            assertEquals(1, store.status().version());
        }
        assertEquals(Map.of("A", "before"), stored());
    }

    @Test
    void aFullDiskIsAnErrorAndTheStoreIsAsBefore() throws IOException, InterruptedException {
        final Path disk = Files.createDirectory(top.resolve("disk"));
        Assumptions.assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=12m", "tmpfs", disk.toString()),
                "skipped: mounting a tmpfs needs root");
        try {
            fill(StoreConfig.builder().directory(disk.resolve("store")).keyFile(top.resolve("key"))
                    .durability(Durability.POWER).build());
        } finally {
            assertTrue(run("umount", disk.toString()));
        }
    }

    private void fill(final StoreConfig config) throws IOException {
        try (Store store = Store.open(config)) {
            store.put("e", "A", "before");
        }
        final Path file = top.resolve("large.env");
        Files.writeString(file, "A=after\n" + ("N=" + "x".repeat(1_000) + "\n").repeat(20_000));
        try (Store store = Store.open(config)) {
            final StoreException e = assertThrows(StoreException.class,
                    () -> store.importFrom(ImportRequest.of(file).withEnvironment("e"), ImportProgress.NONE));
            assertEquals(Kind.DISK_FULL, e.kind(), e.getMessage());
        }
        try (StoreReader reader = StoreReader.open(config)) {
            assertEquals("before", Objects.requireNonNull(reader.get("e", "A")).value());
            assertEquals(1, reader.version());
        }
        assertEquals(List.of(), StoreVerifier.verify(config).findings());
    }

    private static boolean run(final String... command) throws IOException, InterruptedException {
        final Process process = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
    }
}
