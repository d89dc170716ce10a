package io.envcli.engine;

import io.envcli.engine.StoreException.Kind;
import io.envcli.offheap.testing.SmallDisk;
import io.envcli.offheap.testing.Strace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * What a process may lose while it has a store open: file handles, permission, the disk's goodwill, the store itself. It gets a
 * clear error, nothing that failed was acknowledged, and once the cause is gone the same process goes on.
 */
@Timeout(120)
final class FaultsWhileOpenIT {
    private static final int VALUE_LENGTH = 100_000;
    private static final int MOST_PUTS = 40;
    private static final long IN_PLACE_FOR_NS = 1_000_000;
    private static final String OPEN = "open POWER " + (1 << 20) + " 60000";

    @TempDir
    private Path top;

    private Path store() {
        return top.resolve("store");
    }

    private StoreConfig config() {
        return StoreConfig.builder().directory(store()).keyFile(top.resolve("key")).build();
    }

    private Child start(final List<String> before) throws IOException {
        return Child.start(before, store(), top.resolve("key"));
    }

    /** Puts until the journal rolls, or anything else, fails; how many were acknowledged, and what was said then. */
    private record Refused(int acknowledged, String said) {}

    private static Refused putUntilRefused(final Child child, final int from) throws IOException {
        for (int i = from; i < MOST_PUTS; i++) {
            final String answer = child.ask(put(i));
            if (!answer.startsWith(StoreChild.DONE)) {
                assertTrue(answer.startsWith(StoreChild.REFUSED), answer);
                return new Refused(i, answer);
            }
        }
        throw new AssertionError("nothing was refused");
    }

    private static String put(final int number) {
        return "put e NAME_" + number + " " + VALUE_LENGTH;
    }

    /** In the same process: closes the store, opens it again and goes on. */
    private static void goesOn(final Child child, final String fault, final int next, final int version)
            throws IOException {
        FaultTable.once(fault, () -> {
            child.ask("close");
            child.done(OPEN);
            assertEquals(String.valueOf(version), child.done(put(next)));
        });
        child.done("close");
    }

    private void check(final int versions) {
        try (StoreReader reader = StoreReader.open(config())) {
            assertEquals(versions, reader.version());
            for (int i = 0; i < versions; i++) {
                final String name = "NAME_" + i;
                assertEquals(StoreChild.value(name, VALUE_LENGTH),
                        Objects.requireNonNull(reader.get("e", name), name).value());
            }
        }
        assertEquals(List.of(), StoreVerifier.verify(config()).findings());
    }

    private static void run(final String... command) throws IOException, InterruptedException {
        final Process process = new ProcessBuilder(command).inheritIO().start();
        assertEquals(0, process.waitFor(), () -> String.join(" ", command));
    }

    private static boolean installed(final String program) throws InterruptedException {
        try {
            return new ProcessBuilder(program, "--version").redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor() == 0;
        } catch (final IOException _) {
            return false;
        }
    }

    @Test
    void noFileHandlesAreLeft() throws IOException, InterruptedException {
        assumeTrue(installed("prlimit"), "skipped: prlimit is not installed");
        final Refused refused;
        try (Child child = start(List.of())) {
            child.done(OPEN);
            child.done("read");
            child.done("put warm NAME 10");
            child.done("load"); // A class that is loaded later would need a handle.
            limit(child, "3:");
            refused = putUntilRefused(child, 0);
            assertTrue(refused.said.contains("Too many open files"), refused.said);
            assertTrue(child.ask("read").startsWith(StoreChild.REFUSED), "a reader needs handles");
            limit(child, "4096:");
            goesOn(child, "no file handles are left", refused.acknowledged, refused.acknowledged + 2);
        }
        assertEquals(List.of(), StoreVerifier.verify(config()).findings());
    }

    private static void limit(final Child child, final String handles) throws IOException, InterruptedException {
        run("prlimit", "--pid", String.valueOf(child.pid()), "--nofile=" + handles);
    }

    /** Root may do everything because of a capability, which it can go without. */
    @Test
    void permissionIsLost() throws IOException, InterruptedException {
        final boolean root = ProcessHandle.current().info().user().orElse("").equals("root");
        assumeTrue(!root || installed("setpriv"), "skipped: run by root, and setpriv is not installed");
        final List<String> ordinary = root ? List.of("setpriv", "--bounding-set=-dac_override,-dac_read_search")
                : List.of();
        final Refused refused;
        try (Child child = start(ordinary)) {
            child.done(OPEN);
            final Path journal = store().resolve("journal");
            mode(journal, "r-x------");
            refused = putUntilRefused(child, 0);
            assertTrue(refused.said.contains("ermission denied") && refused.said.contains("journal/000002"),
                    refused.said);
            mode(journal, "rwx------");
            goesOn(child, "permission is lost", refused.acknowledged, refused.acknowledged + 1);
        }
        check(refused.acknowledged + 1);
    }

    private static void mode(final Path path, final String mode) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
    }

    private static String expected(final String command) {
        return command.equals("read") ? "3" : StoreChild.value(command.substring("get e ".length()), VALUE_LENGTH);
    }

    @Test
    void readingFails() throws IOException {
        try (Store store = Store.open(config())) {
            for (int i = 0; i < 3; i++) {
                store.put("e", "NAME_" + i, StoreChild.value("NAME_" + i, VALUE_LENGTH));
            }
        }
        final Strace strace = new Strace(top.resolve("trace"));
        final Path queue = store().toRealPath().resolve("journal/000001/19700101F.cq4");
        final List<String> answers = new ArrayList<>();
        for (int place = 1; place <= 12; place++) {
            Files.deleteIfExists(top.resolve("trace"));
            try (Child child = start(strace.command(List.of("-P", queue.toString(), "-e", "trace=read,pread64", "-e",
                    "inject=read,pread64:error=EIO:when=" + place)))) {
                for (final String command : List.of("read", "get e NAME_1", "get e NAME_2")) {
                    String answer = child.ask(command);
                    // Each kind of call fails once, so a second failure may follow.
                    for (int again = 0; again < 2 && !answer.startsWith(StoreChild.DONE); again++) {
                        answers.add(answer);
                        answer = child.ask(command);
                    }
                    assertEquals(StoreChild.DONE + " " + expected(command), answer);
                }
            }
            if (strace.injected().isEmpty()) {
                break;
            }
        }
        assertTrue(answers.size() >= 2, answers::toString);
        final FaultTable table = new FaultTable("reading the journal fails");
        try {
            for (final String answer : answers) {
                table.tried(() -> assertTrue(answer.startsWith(StoreChild.REFUSED + " IO ")
                        && answer.contains(store().toString()) && answer.contains("Input/output error"), answer));
            }
        } finally {
            table.write();
        }
        check(3);
    }

    @Test
    void theDiskIsReadOnly() throws IOException {
        try (SmallDisk disk = SmallDisk.mount(top.resolve("disk"), "64m")) {
            final StoreConfig config = StoreConfig.builder().directory(disk.folder().resolve("store"))
                    .keyFile(top.resolve("key")).build();
            try (Store store = Store.open(config)) {
                store.put("e", "NAME", "1");
            }
            disk.remount("ro");
            final StoreException refused = assertThrows(StoreException.class, () -> Store.open(config));
            assertEquals(Kind.IO, refused.kind());
            assertTrue(String.valueOf(refused.getMessage()).toLowerCase(Locale.ROOT).contains("read-only"),
                    refused::getMessage);
            FaultTable.once("the disk is read-only", () -> {
                try (StoreReader reader = StoreReader.open(config)) {
                    assertEquals("1", Objects.requireNonNull(reader.get("e", "NAME")).value());
                }
                assertEquals(List.of(), StoreVerifier.verify(config).findings());
                disk.remount("rw");
                try (Store store = Store.open(config)) {
                    assertEquals(2, store.put("e", "NAME", "2"));
                }
            });
        }
    }

    /** Mapped files live on without a name: what goes into them would be acknowledged and gone. */
    @Test
    void theStoreIsDeleted() throws IOException {
        for (final Durability durability : List.of(Durability.POWER, Durability.PROCESS)) {
            try (Child child = start(List.of())) {
                child.done("open " + durability + " " + (1 << 20) + " 60000");
                child.done(put(0));
                Folders.delete(store());
                final long deleted = System.nanoTime();
                while (System.nanoTime() - deleted < IN_PLACE_FOR_NS) {
                    Thread.onSpinWait(); // A file that has its name is believed to keep it for so long.
                }
                final Refused refused = putUntilRefused(child, 1);
                assertTrue(refused.said.contains("it was deleted or moved while the store was open"), refused.said);
                assertEquals(1, refused.acknowledged, durability + ": acknowledged and gone");
                goesOn(child, "the store is deleted under its writer, and made anew", 0, 1);
            }
            check(1);
            Folders.delete(store());
        }
    }
}
