package io.envcli.journal;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class KeysTest {
    private static final HexFormat HEX = HexFormat.of();

    @TempDir
    Path folder;

    @Test
    void aKeyIsMadeForItsOwnerAloneAndReadBack() throws IOException {
        final Path file = folder.resolve("config").resolve("key");
        final byte[] bytes;
        try (UserKey key = UserKey.create(file)) {
            bytes = key.bytes().clone();
            assertFalse(key.toString().contains(HEX.formatHex(bytes)));
        }
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertEquals("rwx------",
                PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("config"))));
        assertEquals("env-cli-key-1 " + HEX.formatHex(bytes) + "\n", Files.readString(file));
        try (UserKey key = UserKey.load(file)) {
            assertArrayEquals(bytes, key.bytes());
        }
        assertThrows(FileAlreadyExistsException.class, () -> UserKey.create(file));
        try (var entries = Files.list(folder.resolve("config"))) {
            assertEquals(1, entries.count());
        }
    }

    @Test
    void aKeyThatOthersMayReadIsRefusedWithTheRemedy() throws IOException {
        final Path file = folder.resolve("key");
        UserKey.create(file).close();
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        final JournalException e = assertThrows(JournalException.class, () -> UserKey.load(file));
        assertTrue(e.toString().contains("chmod 600 '" + file + "'"), e.toString());
    }

    @Test
    void aKeyThatOthersMayExchangeIsRefusedWithTheRemedy() throws IOException {
        final Path open = Files.createDirectory(folder.resolve("open"));
        final Path file = open.resolve("key");
        UserKey.create(file).close();
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
        final JournalException e = assertThrows(JournalException.class, () -> UserKey.load(file));
        assertTrue(e.toString().contains("chmod o-w '" + open + "'"), e.toString());
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxr-x"));
        UserKey.load(file).close();
        Files.setAttribute(open, "unix:mode", 0x3ff);
        UserKey.load(file).close();
    }

    @Test
    void whatAKilledChangeHasLeftIsDeleted() throws IOException {
        final Path file = folder.resolve("key");
        UserKey.create(file).close();
        final Path left = Files.copy(file, folder.resolve(".key.4711"));
        final Path other = Files.copy(file, folder.resolve(".key2.4711"));
        KeyFile.change(file).close();
        assertFalse(Files.exists(left));
        assertTrue(Files.exists(other), "it belongs to another key");
    }

    @Test
    void threadsThatChangeAKeyWaitForEachOther() throws Exception {
        final Path file = folder.resolve("key");
        UserKey.create(file).close();
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            final List<Future<?>> changes = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                changes.add(threads.submit(() -> {
                    try (KeyFile change = KeyFile.change(file)) {
                        change.add();
                    }
                    return null;
                }));
            }
            for (final Future<?> change : changes) {
                change.get();
            }
        }
        assertEquals(9, Files.readAllLines(file).size());
        assertEquals(9, Files.readAllLines(file).stream().distinct().count());
    }

    @Test
    void aFileOfSeveralKeysIsTheOneThatAStoreHas() throws IOException {
        final Path file = folder.resolve("key");
        final Path store = folder.resolve("store");
        final String first;
        try (UserKey key = UserKey.create(file)) {
            first = key.id();
            try (StoreLock lock = StoreLock.acquire(store)) {
                JournalWriter.open(lock, key, JournalConfig.DEFAULT).close();
            }
        }
        for (int i = 2; i <= UserKey.MAX_KEYS; i++) {
            try (KeyFile change = KeyFile.change(file)) {
                change.add();
            }
            try (UserKey key = UserKey.load(file)) {
                assertEquals(i, key.count());
                assertTrue(key.isCurrent());
                JournalReader.open(store, key).close();
                assertFalse(key.isCurrent());
                assertEquals(first, key.id());
            }
        }
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        final String full = Files.readString(file);
        try (KeyFile change = KeyFile.change(file)) {
            assertThrows(JournalException.class, change::add);
            assertEquals(full, Files.readString(file));
            change.retire();
        }
        assertTrue(Files.readString(file).startsWith("env-cli-key-1 "));
        try (UserKey key = UserKey.load(file)) {
            assertThrows(WrongKeyException.class, () -> JournalReader.open(store, key));
        }
        for (final String damaged : new String[]{full.replaceFirst("key-2", "key-1"), full + full, full.substring(1),
            full.substring(0, full.length() - 1), full.replaceFirst("\n", "x")}) {
            Files.writeString(file, damaged);
            assertThrows(JournalException.class, () -> UserKey.load(file));
        }
    }

    @Test
    void whatIsNoKeyFileIsRefused() throws IOException {
        final Path file = folder.resolve("key");
        assertThrows(NoSuchFileException.class, () -> UserKey.load(file));
        final String digits = "0123456789abcdef".repeat(4);
        for (final String text : new String[]{"", "x", digits, "env-cli-key-1 " + digits, "env-cli-key-1 " + digits
                + "0\n",
            "env-cli-key-1 " + digits.replace('a', 'g') + "\n", "env-cli-key-2 " + digits + "\n"}) {
            Files.writeString(file, text);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            final JournalException e = assertThrows(JournalException.class, () -> UserKey.load(file), text);
            assertFalse(e.toString().contains("0123"), e.toString());
        }
    }

    @Test
    void aClosedKeyIsWiped() {
        final UserKey key = TestJournal.key(1);
        final byte[] bytes = key.bytes();
        key.close();
        assertArrayEquals(new byte[32], bytes);
        assertThrows(IllegalStateException.class, key::bytes);
    }

    @Test
    void derivationIsThatOfRfc5869() {
        // Its first test case, cut to 32 bytes.
        final byte[] derived = Hkdf.derive(HEX.parseHex("0b".repeat(22)), HEX.parseHex("000102030405060708090a0b0c"),
                HEX.parseHex("f0f1f2f3f4f5f6f7f8f9"), 32);
        assertEquals("3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf", HEX.formatHex(derived));
    }

    @Test
    void derivationIsThatOfTheJdk() throws GeneralSecurityException {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        for (int i = 0; i < 50; i++) {
            final byte[] key = bytes(random, 1 + random.nextInt(100));
            final byte[] salt = bytes(random, 1 + random.nextInt(100));
            final byte[] info = bytes(random, random.nextInt(50));
            final int length = 1 + random.nextInt(32);
            final byte[] expected = KDF.getInstance("HKDF-SHA256").deriveData(
                    HKDFParameterSpec.ofExtract().addIKM(key).addSalt(salt).thenExpand(info, length));
            assertArrayEquals(expected, Hkdf.derive(key, salt, info, length), "seed=" + seed);
        }
    }

    @Test
    void theKeysOfAStoreArePinned() {
        try (UserKey user = TestJournal.key(1); StoreKeys keys = StoreKeys.derive(user, new byte[16])) {
            assertEquals(32, keys.fingerprintKey().length);
            assertEquals(16, keys.nameHashKey().length);
            assertEquals(jdk(user.bytes(), new byte[16], "env-cli 1 fingerprint", 32),
                    HEX.formatHex(keys.fingerprintKey()));
            assertEquals(jdk(user.bytes(), new byte[16], "env-cli 1 name hash", 16),
                    HEX.formatHex(keys.nameHashKey()));
            assertEquals(jdk(user.bytes(), new byte[48], "env-cli 1 block", 32),
                    HEX.formatHex(keys.blockKey(new byte[32], 0)));
        }
    }

    private static String jdk(final byte[] key, final byte[] salt, final String info, final int length) {
        try {
            return HEX.formatHex(KDF.getInstance("HKDF-SHA256").deriveData(HKDFParameterSpec.ofExtract().addIKM(key)
                    .addSalt(salt).thenExpand(info.getBytes(StandardCharsets.US_ASCII), length)));
        } catch (final GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] bytes(final Random random, final int length) {
        final byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
