package io.envcli.cli;

import io.envcli.offheap.testing.LeakCheck;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A damaged store answers with what is whole, is saved by {@code verify --repair}; backups come back. */
@ExtendWith(LeakCheck.class)
class RecoveryCommandsTest {
    private static final byte COMMIT = 3;
    private static final byte CHANGES = 2;

    @TempDir
    Path folder;
    private Sandbox sandbox;

    @BeforeEach
    void sandbox() {
        sandbox = new Sandbox(folder);
        put("OLD", "1");
        final Sandbox.Result hit = sandbox.runWith("HIT=2\n", "import", "-", "--durability", "process");
        assertEquals(0, hit.status(), hit.err());
        put("NEW", "3");
    }

    private void put(final String name, final String value) {
        assertEquals(0, sandbox.runWith(value, "put", name, "--durability", "process").status());
    }

    private Path journal() {
        return sandbox.store().resolve("journal/000001/19700101F.cq4");
    }

    /** Damages the content of a frame, and does away with the view; answers where the frame begins. */
    private int damage(final byte kind, final int number) throws IOException {
        final byte[] bytes = Files.readAllBytes(journal());
        final List<Integer> frames = new ArrayList<>();
        for (int at = 0; at + 8 < bytes.length; at += 4) {
            if (bytes[at] == 'E' && bytes[at + 1] == 'C' && bytes[at + 2] == 'J' && bytes[at + 3] == 'F'
                    && bytes[at + 6] == kind) {
                frames.add(at);
            }
        }
        bytes[frames.get(number) + 170] ^= 4;
        Files.write(journal(), bytes);
        deleteView();
        return frames.get(number);
    }

    private void deleteView() throws IOException {
        final Path view = sandbox.store().resolve("view");
        if (Files.exists(view)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(view)) {
                for (final Path file : files) {
                    Files.delete(file);
                }
            }
        }
    }

    @Test
    void whatIsWholeAnswersAndSaysWhatIsNot() throws IOException {
        final int frame = damage(CHANGES, 0);
        final Sandbox.Result behind = sandbox.run("get", "NEW");
        assertEquals("3\n", behind.out());
        assertEquals(0, behind.status(), behind.err());
        assertTrue(behind.err().contains("warning: " + journal() + ":" + frame + ": "), behind.err());
        assertTrue(behind.err().contains("version 2: 1 of 1 changes are lost"), behind.err());
        final Sandbox.Result before = sandbox.run("get", "OLD");
        assertEquals("1\n", before.out());
        assertEquals(1, before.status(), before.err());
        assertTrue(before.err().contains("this is the value of version 1; a later one may be lost"), before.err());
        final Sandbox.Result then = sandbox.run("get", "OLD", "--at", "1");
        assertEquals("1\n", then.out());
        assertEquals(0, then.status(), then.err());
        final Sandbox.Result lost = sandbox.run("get", "HIT");
        assertEquals(2, lost.status());
        assertTrue(lost.err().contains("whether it is set is not known"), lost.err());
        final Sandbox.Result list = sandbox.run("list", "--json");
        assertEquals(1, list.status());
        assertEquals(2, list.array("variables").size());
        assertTrue(list.err().contains("verify --repair"), list.err());
        final Sandbox.Result export = sandbox.run("export");
        assertEquals("NEW=3\nOLD=1\n", export.out());
        assertEquals(1, export.status());
        final Sandbox.Result verify = sandbox.run("verify");
        assertEquals(1, verify.status());
        assertTrue(verify.out().contains(journal() + ":"), verify.out());
        for (final String line : List.of("status", "history NEW", "log", "diff default --at 1", "run -- true")) {
            assertEquals(2, sandbox.run(line.split(" ")).status(), line);
        }
        final Sandbox.Result refused = sandbox.runWith("4", "put", "NEXT");
        assertEquals(2, refused.status());
        assertTrue(refused.err().contains("verify --repair"), refused.err());
    }

    @Test
    void aDamagedStoreIsSaved() throws IOException {
        final int frame = damage(CHANGES, 0);
        final byte[] before = Files.readAllBytes(journal());
        final String saved = folder.resolve("saved").toString();
        final Sandbox.Result repair = sandbox.run("verify", "--repair", saved);
        assertEquals(1, repair.status(), repair.err());
        assertTrue(repair.out().contains(journal() + ":" + frame + ": "), repair.out());
        assertTrue(repair.out().contains("version 2: 1 of 1 changes lost\n"), repair.out());
        assertTrue(repair.out().contains("saved: 2 changes, up to version 3"), repair.out());
        assertEquals("NEW=3\nOLD=1\n", sandbox.run("export", "--store", saved).out());
        assertEquals(0, sandbox.run("verify", "--store", saved).status());
        final Sandbox.Result log = sandbox.run("log", "--store", saved);
        assertEquals(0, log.status(), log.err());
        assertTrue(log.out().contains("lost: "), log.out());
        assertEquals(0, sandbox.runWith("4", "put", "NEXT", "--store", saved).status());
        final Sandbox.Result taken = sandbox.run("verify", "--repair", saved);
        assertEquals(2, taken.status());
        assertTrue(taken.err().contains("nothing is overwritten"), taken.err());
        assertArrayEquals(before, Files.readAllBytes(journal()));
        assertEquals(2, sandbox.run("verify", "--partial").status());
    }

    @Test
    void scriptsAreToldWhatIsLost() throws IOException {
        final int frame = damage(COMMIT, 0);
        final Sandbox.Result repair = sandbox.run("verify", "--repair", folder.resolve("saved").toString(), "--json");
        assertEquals(1, repair.status());
        assertEquals(false, repair.field("complete"));
        assertEquals(3, repair.number("version"));
        assertEquals(List.of(Map.of("first_version", 2L, "last_version", 2L)), repair.array("losses"));
        assertEquals(journal().toString(), ((Map<?, ?>) repair.array("findings").getFirst()).get("file"));
        assertEquals((long) frame, ((Map<?, ?>) repair.array("findings").getFirst()).get("position"));
    }

    @Test
    void aWholeStoreIsSavedWhole() {
        final Sandbox.Result repair = sandbox.run("verify", "--repair", folder.resolve("saved").toString());
        assertEquals(0, repair.status(), repair.err());
        assertTrue(repair.out().startsWith("all saved: 3 changes, up to version 3"), repair.out());
    }

    @Test
    void aBackupComesBack() throws IOException {
        final String backup = folder.resolve("backup").toString();
        final String key = folder.resolve("key.copy").toString();
        final Sandbox.Result made = sandbox.run("backup", backup, "--key-to", key);
        assertEquals(0, made.status(), made.err());
        assertTrue(made.out().startsWith("backed up version 3: 3 changes"), made.out());
        assertEquals(0, sandbox.run("verify", "--store", backup).status());
        assertEquals("3\n", sandbox.run("get", "NEW", "--store", backup).out());
        assertEquals(2, sandbox.run("backup", backup).status(), "it is there already");
        assertEquals(2, sandbox.run("restore", backup).status(), "so is the store");
        final String restored = folder.resolve("restored").toString();
        final Sandbox.Result keyless = sandbox.run("restore", backup, "--store", restored, "--key-file",
                folder.resolve("none").toString());
        assertEquals(0, keyless.status(), keyless.err());
        assertTrue(keyless.err().contains("is not there"), keyless.err());
        final Sandbox.Result result = sandbox.run("restore", backup, "--store", restored + "2", "--key-file", key,
                "--json");
        assertEquals(3, result.number("version"));
        assertEquals(true, result.field("seals_checked"));
        assertEquals("3\n", sandbox.run("get", "NEW", "--store", restored, "--key-file", key).out());
        final Sandbox.Result told = sandbox.run("backup", folder.resolve("other").toString());
        assertTrue(told.err().contains("the key is not in it: keep a copy of " + sandbox.key()), told.err());
        assertFalse(Files.exists(folder.resolve("other/key")));
    }

    @Test
    void anOlderBackupTakesThePlaceOfARekeyedStore() throws IOException {
        final String backup = folder.resolve("backup").toString();
        assertEquals(0, sandbox.run("rekey").status());
        assertEquals(0, sandbox.run("backup", backup).status());
        put("LATER", "4");
        assertEquals(0, sandbox.runWith("5", "put", "LATER").status()); // with a head record
        Files.move(sandbox.store(), folder.resolve("aside"));
        final Sandbox.Result restored = sandbox.run("restore", backup);
        assertEquals(0, restored.status(), restored.err());
        assertEquals("NEW=3\nHIT=2\nOLD=1\n".lines().sorted().toList(),
                sandbox.run("export").out().lines().sorted().toList());
        final Sandbox.Result verified = sandbox.run("verify");
        assertEquals(0, verified.status(), verified.out() + verified.err());
        Files.move(sandbox.store(), folder.resolve("aside2"));
        Files.move(folder.resolve("aside"), sandbox.store());
        assertEquals("5\n", sandbox.run("get", "LATER").out());
    }
}
