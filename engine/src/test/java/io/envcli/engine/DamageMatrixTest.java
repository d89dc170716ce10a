package io.envcli.engine;

import io.envcli.engine.FaultTable.Lost;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * A file of a store that was closed is damaged: a bit, a cut, a page of zeros, frames exchanged, an older state in place of a
 * newer. Nothing wrong is ever answered and no variable that is there called absent, neither before nor after the next
 * writer; what cannot be answered {@code verify} has named, with its file; what is whole stays readable.
 * {@code -Ddamage.cases=…} tries more, {@code -Ddamage.seed=…} the same again.
 */
final class DamageMatrixTest {
    private static final long SEED = Long.getLong("damage.seed", System.nanoTime());
    private static final int CASES = Integer.getInteger("damage.cases", 10);
    private static final int VARIABLES = 4000;
    private static final String JOURNAL = "19700101F.cq4";
    private static final String TABLE = "metadata.cq4t";
    private static final int PAGE = 4096;
    /** The queue's own pages, and the frame that begins the segment. */
    private static final int BEGINNING = 4 * PAGE;
    /** Of a frame: kind, length. Kind of one that holds changes. */
    private static final int KIND = 6;
    private static final int LENGTH = 28;
    private static final byte CHANGES = 2;
    private static final byte WHOLE = 4;
    private static final byte[] MAGIC = {'E', 'C', 'J', 'F'};

    @TempDir
    private Path folder;
    private final Random random = new Random(SEED);
    private final Map<String, String> expected = new HashMap<>();
    /** Files of the store as it was when it was closed before, by name. */
    private final Map<Path, byte[]> older = new HashMap<>();
    private Path whole = Path.of("");

    /** What is done to a file, and from where on it differs. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    private record Damaged(byte[] bytes, int position) {}

    private interface Damage {
        Damaged to(byte[] bytes);
    }

    private FaultTable table = new FaultTable("never written");

    @BeforeEach
    void write() throws IOException {
        System.out.println("damage.seed=" + SEED);
        whole = Files.createDirectory(folder.resolve("whole"));
        try (Store store = Store.open(config(whole))) {
            put(store, "before");
        }
        for (final Path file : files()) {
            older.put(whole.relativize(file), Files.readAllBytes(file));
        }
        final StringBuilder text = new StringBuilder();
        for (int i = 0; i < VARIABLES; i++) {
            expected.put("NAME_" + i, "value " + i + " " + Long.toHexString(random.nextLong()));
            text.append("NAME_").append(i).append("='").append(expected.get("NAME_" + i)).append("'\n");
        }
        final Path source = Files.writeString(folder.resolve("source.env"), text);
        try (Store store = Store.open(config(whole))) {
            store.importFrom(ImportRequest.of(source).withEnvironment("e"), ImportProgress.NONE);
            put(store, "second");
            put(store, "behind");
        }
    }

    @AfterEach
    void tell() throws IOException {
        table.write();
    }

    private static StoreConfig config(final Path top) {
        return StoreConfig.builder().directory(top.resolve("store")).keyFile(top.resolve("key")).build();
    }

    private void put(final Store store, final String value) {
        expected.put("PUT", value);
        store.put("e", "PUT", value);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(whole)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    @Test
    void aBitIsFlipped() throws IOException {
        everyFile("a bit flipped", bytes -> {
            final int at = random.nextInt(bytes.length);
            final byte[] damaged = bytes.clone();
            damaged[at] ^= (byte) (1 << random.nextInt(8));
            return new Damaged(damaged, at);
        });
    }

    @Test
    void aFileIsCut() throws IOException {
        everyFile("a file cut", bytes -> {
            final int length = random.nextInt(bytes.length);
            return new Damaged(Arrays.copyOf(bytes, length), length);
        });
    }

    @Test
    void aPageIsZeroed() throws IOException {
        everyFile("a page of 4 KiB zeroed", bytes -> {
            final int page = random.nextInt((bytes.length + PAGE - 1) / PAGE) * PAGE;
            final byte[] damaged = bytes.clone();
            Arrays.fill(damaged, page, Math.min(page + PAGE, bytes.length), (byte) 0);
            return new Damaged(damaged, page);
        });
    }

    @Test
    void anOlderFileIsPutBack() throws IOException {
        table = new FaultTable("one file put back to an older state");
        for (final Map.Entry<Path, byte[]> old : older.entrySet()) {
            if (Files.exists(whole.resolve(old.getKey()))) {
                check(old.getKey(), new Damaged(old.getValue(), 0));
            }
        }
    }

    @Test
    void framesAreExchangedOrRepeated() throws IOException {
        final Path file = files().stream().filter(path -> path.endsWith(JOURNAL)).findFirst().orElseThrow();
        final byte[] bytes = Files.readAllBytes(file);
        final List<Integer> frames = frames(bytes);
        table = new FaultTable("frames exchanged, or an older one repeated");
        for (final int one : frames) {
            for (final int other : frames) {
                final int length = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(one + LENGTH);
                if (one < other
                        && length == ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(other + LENGTH)) {
                    final byte[] repeated = bytes.clone();
                    System.arraycopy(bytes, one, repeated, other, length);
                    check(whole.relativize(file), new Damaged(repeated, other));
                    final byte[] exchanged = repeated.clone();
                    System.arraycopy(bytes, other, exchanged, one, length);
                    check(whole.relativize(file), new Damaged(exchanged, one));
                }
            }
        }
        assertTrue(table.cases() >= 6, "the puts are of one length");
    }

    private static List<Integer> frames(final byte[] bytes) {
        final List<Integer> frames = new ArrayList<>();
        for (int at = 0; at + LENGTH < bytes.length; at += 4) {
            if (Arrays.equals(bytes, at, at + MAGIC.length, MAGIC, 0, MAGIC.length)
                    && (bytes[at + KIND] == CHANGES || bytes[at + KIND] == WHOLE)) {
                frames.add(at);
            }
        }
        return frames;
    }

    private void everyFile(final String fault, final Damage damage) throws IOException {
        table = new FaultTable(fault + ", in each kind of file");
        for (final Path file : files()) {
            final byte[] bytes = Files.readAllBytes(file);
            for (int i = 0; i < CASES; i++) {
                check(whole.relativize(file), damage.to(bytes));
            }
        }
    }

    private void check(final Path file, final Damaged damaged) throws IOException {
        table.tried(() -> damageAndLook(file, damaged));
    }

    private void damageAndLook(final Path file, final Damaged damaged) throws IOException {
        final Path top = Files.createDirectory(folder.resolve("case"));
        try {
            copy(top);
            Files.write(top.resolve(file), damaged.bytes);
            final String what = file + " from " + damaged.position + " on, damage.seed=" + SEED;
            final String told = verify(config(top));
            final long start = System.nanoTime();
            final int refused = read(config(top), what);
            table.recovered(System.nanoTime() - start);
            judge(file, damaged, refused, told, what);
            if (write(config(top))) {
                read(config(top), what + ", after the next writer");
            }
        } finally {
            Folders.delete(top);
        }
    }

    private void judge(final Path file, final Damaged damaged, final int refused, final String told,
            final String what) throws IOException {
        final int length = (int) Files.size(whole.resolve(file));
        if (refused > 0) {
            assertTrue(told.contains(file.toString()), () -> what + ": verify says '" + told + "'");
        }
        if (file.endsWith(JOURNAL) && damaged.position < length - PAGE) {
            assertFalse(told.isEmpty(), () -> what + ": verify has not noticed");
        }
        if (file.endsWith(JOURNAL) && damaged.position >= BEGINNING && damaged.bytes.length == length) {
            assertTrue(refused < expected.size() / 2, () -> what + ": " + refused + " variables cannot be read");
        }
        if (!file.endsWith(JOURNAL) && !file.endsWith("key")) {
            assertEquals(0, refused, () -> what + ": the journal is whole");
        }
        assertTrue(!file.endsWith(TABLE) || told.isEmpty(), () -> what + ": " + told);
    }

    private void copy(final Path top) throws IOException {
        for (final Path file : files()) {
            final Path target = top.resolve(whole.relativize(file));
            Files.createDirectories(target.getParent());
            Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
        }
    }

    /** What is wrong, as {@code verify} tells it; empty if nothing is. */
    private static String verify(final StoreConfig config) {
        try {
            return String.join("\n", StoreVerifier.verify(config).findings());
        } catch (final StoreException e) {
            return String.valueOf(e.getMessage());
        }
    }

    /** Reads every variable; how many cannot be. */
    private int read(final StoreConfig config, final String what) {
        try (StoreReader reader = StoreReader.open(config)) {
            int refused = 0;
            for (final Map.Entry<String, String> variable : expected.entrySet()) {
                try {
                    final Variable found = reader.get("e", variable.getKey());
                    Lost.unless(found != null, () -> what + ": " + variable.getKey() + " is answered as not there");
                    assertTrue(found != null && found.value().equals(variable.getValue()),
                            () -> what + ": " + variable.getKey() + " is answered wrong: " + found);
                } catch (final StoreException _) {
                    refused++;
                }
            }
            return refused;
        } catch (final StoreException _) {
            return expected.size();
        }
    }

    private static boolean write(final StoreConfig config) {
        try (Store store = Store.open(config)) {
            return store.put("after", "NAME", "value") > 0;
        } catch (final StoreException _) {
            return false;
        }
    }
}
