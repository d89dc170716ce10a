package io.envcli.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A store with some history, what each of its versions has changed, and ways to damage it. */
final class DamagedStore {
    static final String ENVIRONMENT = "e";
    /** The queue's own pages, and the frame that begins the segment. */
    static final int BEGINNING = 4 * 4096;

    /** Of a view's header: where entries begin. */
    private static final int ENTRIES_OFFSET = 72;
    private static final int ENTRY_LENGTH = 48;
    private static final String JOURNAL = "journal/000001/19700101F.cq4";

    private final Path top;
    private final Random random;
    /** By version, from 1: the variables that it has set; null for one that it has unset. */
    private final List<Map<String, String>> versions = new ArrayList<>();

    DamagedStore(final Path top, final Random random) throws IOException {
        this.top = top;
        this.random = random;
        try (Store store = Store.open(config())) {
            put(store, "PUT", "first");
            importAll(store, 3000, "one ");
            put(store, "OTHER", "only here");
            put(store, "PUT", "second");
            unset(store, "NAME_7");
            importAll(store, 1000, "two ");
            put(store, "PUT", "third");
            put(store, "LAST", "of all");
        }
    }

    StoreConfig config() {
        return StoreConfig.builder().directory(top.resolve("store")).keyFile(top.resolve("key")).build();
    }

    StoreConfig config(final Path store) {
        return StoreConfig.builder().directory(store).keyFile(top.resolve("key")).create(false).build();
    }

    Path store() {
        return top.resolve("store");
    }

    private Path home() {
        try {
            return StoreHomes.newest(store());
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path journal() {
        return home().resolve(JOURNAL);
    }

    int lastVersion() {
        return versions.size();
    }

    Set<String> names() {
        final Set<String> names = new TreeSet<>();
        versions.forEach(version -> names.addAll(version.keySet()));
        return names;
    }

    private void put(final Store store, final String name, final String value) {
        final Map<String, String> version = new HashMap<>();
        version.put(name, value);
        versions.add(version);
        assertEquals(versions.size(), store.put(ENVIRONMENT, name, value));
    }

    private void unset(final Store store, final String name) {
        final Map<String, String> version = new HashMap<>();
        version.put(name, null);
        versions.add(version);
        assertEquals(versions.size(), store.unset(ENVIRONMENT, name));
    }

    private void importAll(final Store store, final int count, final String value) throws IOException {
        final Map<String, String> version = new TreeMap<>();
        final StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            version.put("NAME_" + i, value + Long.toHexString(random.nextLong()));
            text.append("NAME_").append(i).append("='").append(version.get("NAME_" + i)).append("'\n");
        }
        versions.add(version);
        final Path source = Files.writeString(top.resolve("source.env"), text);
        assertEquals(versions.size(), store
                .importFrom(ImportRequest.of(source).withEnvironment(ENVIRONMENT), ImportProgress.NONE).version());
    }

    /** What a store holds that has had these versions, but for those that are lost. */
    Map<String, String> at(final long version, final Set<Long> lost) {
        final Map<String, String> state = new TreeMap<>();
        for (int i = 1; i <= version; i++) {
            if (!lost.contains((long) i)) {
                versions.get(i - 1).forEach((name, value) -> {
                    if (value == null) {
                        state.remove(name);
                    } else {
                        state.put(name, value);
                    }
                });
            }
        }
        return state;
    }

    /** What a variable has been in any version. */
    Set<String> everOf(final String name) {
        final Set<String> ever = new TreeSet<>();
        for (final Map<String, String> version : versions) {
            if (version.get(name) != null) {
                ever.add(version.get(name));
            }
        }
        return ever;
    }

    /** What a reader shows of the environment. */
    static Map<String, String> content(final StoreReader reader) {
        final Map<String, String> content = new TreeMap<>();
        reader.forEach(ENVIRONMENT, variable -> content.put(variable.name(), variable.value()));
        return content;
    }

    void deleteView() throws IOException {
        Folders.delete(home().resolve("view"));
    }

    /** Overwrites entries of the view with zeros; the header and the buckets look whole. */
    void zeroEntries(final int from, final int to) throws IOException {
        final Path view;
        try (Stream<Path> files = Files.list(home().resolve("view"))) {
            view = files.filter(Files::isRegularFile).max(Path::compareTo).orElseThrow();
        }
        try (FileChannel channel = FileChannel.open(view, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            final ByteBuffer entries = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            channel.read(entries, ENTRIES_OFFSET);
            channel.write(ByteBuffer.allocate((to - from) * ENTRY_LENGTH),
                    entries.getLong(0) + (long) from * ENTRY_LENGTH);
        }
    }

    /** Flips a bit of the journal. */
    void flip(final long position) throws IOException {
        final byte[] bytes = Files.readAllBytes(journal());
        bytes[(int) position] ^= (byte) (1 << random.nextInt(8));
        Files.write(journal(), bytes);
    }

    /** Damages a block of the first import that holds variables which nothing has set again; where its frame begins. */
    int damageImport() throws IOException {
        final ByteBuffer journal = ByteBuffer.wrap(Files.readAllBytes(journal())).order(ByteOrder.LITTLE_ENDIAN);
        // A store that was rekeyed has the changes of puts in such frames too, but none as long.
        final int frame = frames(2).stream().max(Comparator.comparingInt(at -> journal.getInt(at + 28))).orElseThrow();
        flip(frame + journal.getInt(frame + 28) * 4L / 5);
        return frame;
    }

    /** Where the frames of a kind begin: 1 a segment, 2 changes of an import, 3 its commit, 4 a put. */
    List<Integer> frames(final int kind) throws IOException {
        final byte[] bytes = Files.readAllBytes(journal());
        final List<Integer> frames = new ArrayList<>();
        for (int at = 0; at + 4 < bytes.length; at += 4) {
            if (bytes[at] == 'E' && bytes[at + 1] == 'C' && bytes[at + 2] == 'J' && bytes[at + 3] == 'F'
                    && bytes[at + 6] == kind) {
                frames.add(at);
            }
        }
        assertTrue(!frames.isEmpty(), () -> "no frame of kind " + kind);
        return frames;
    }

    /** Every file of the store, and what is in it. */
    Map<Path, String> files() throws IOException {
        final Map<Path, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(store())) {
            for (final Path file : (Iterable<Path>) all.filter(Files::isRegularFile)::iterator) {
                files.put(store().relativize(file), Arrays.hashCode(Files.readAllBytes(file)) + " "
                        + Files.getLastModifiedTime(file));
            }
        }
        return files;
    }
}
