package io.envcli.journal;

import io.envcli.offheap.Owner;
import io.envcli.offheap.Region;
import org.agrona.UnsafeApi;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A store with its writer, and changes to write from memory outside the heap. */
final class TestJournal implements AutoCloseable {
    static final CommitInfo INFO = new CommitInfo(1_700_000_000_000L, 7, "a.env", "user", "host");
    /** Small everywhere, so that little data makes many of everything. */
    static final JournalConfig SMALL = new JournalConfig(1 << 20, 4 << 10, 64 << 10, 1 << 20, 64 << 10, 256 << 10);

    private final Path store;
    private final UserKey key = key(1);
    private final Region memory = Region.allocate(Owner.TEST, 400_000);
    private final StoreLock lock;
    private final JournalWriter writer;

    TestJournal(final Path store, final JournalConfig config) throws IOException {
        this.store = store;
        try {
            this.lock = StoreLock.acquire(store);
        } catch (final IOException | RuntimeException e) {
            memory.close();
            throw e;
        }
        try {
            this.writer = JournalWriter.open(lock, key, config);
        } catch (final IOException | RuntimeException e) {
            lock.close();
            memory.close();
            throw e;
        }
    }

    static UserKey key(final int seed) {
        final byte[] bytes = new byte[UserKey.LENGTH];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (seed * 31 + i);
        }
        return UserKey.of(bytes);
    }

    static Path queueFile(final Path store, final int segment) {
        return StoreFolders.queueFile(StoreFolders.segment(StoreFolders.journal(store), segment));
    }

    Path store() {
        return store;
    }

    JournalWriter writer() {
        return writer;
    }

    void section(final String environment) {
        writer.section(utf8(environment), utf8(environment + ".env"), (byte) 3);
    }

    /** Adds a change; its fingerprint is made of its line. */
    long add(final int flags, final int line, final String name, final byte[] value) {
        final byte[] nameBytes = utf8(name);
        final long nameAddress = put(0, nameBytes);
        final long valueAddress = put(nameBytes.length + 1, value);
        final long fingerprint = memory.address() + nameBytes.length + value.length + 2;
        UnsafeApi.putLong(fingerprint, line);
        UnsafeApi.putLong(fingerprint + 8, ~line);
        return writer.add(flags, line, nameAddress, nameBytes.length, valueAddress, value.length, fingerprint);
    }

    long set(final int line, final String name, final String value) {
        return add(0, line, name, utf8(value));
    }

    /** One transaction of one frame; answers the locations of its changes. */
    List<Long> put(final String environment, final int count) throws IOException {
        final long transaction = writer.nextTransaction();
        final List<Long> locations = frame(transaction, environment, count);
        writer.commit(transaction, INFO);
        return locations;
    }

    /** One transaction whose one frame carries its commit; answers the locations of its changes. */
    List<Long> putWhole(final String environment, final int count) throws IOException {
        final long transaction = writer.nextTransaction();
        writer.beginWhole(transaction);
        final List<Long> locations = add(environment, count);
        writer.commit(transaction, INFO);
        locations.replaceAll(location -> writer.lastFrameLocation() + location);
        return locations;
    }

    List<Long> frame(final long transaction, final String environment, final int count) throws IOException {
        writer.beginFrame(transaction);
        final List<Long> locations = add(environment, count);
        final long base = writer.append();
        locations.replaceAll(location -> base + location);
        return locations;
    }

    private List<Long> add(final String environment, final int count) {
        section(environment);
        final List<Long> locations = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            locations.add(set(i + 1, "NAME_" + i, "value of " + environment + " " + i));
        }
        return locations;
    }

    private long put(final int offset, final byte[] bytes) {
        for (int i = 0; i < bytes.length; i++) {
            UnsafeApi.putByte(memory.address() + offset + i, bytes[i]);
        }
        return memory.address() + offset;
    }

    static byte[] utf8(final String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Replays all of a store into lines of text, one per event. */
    static List<String> replay(final Path store) throws IOException {
        final Log log = new Log();
        try (JournalReader reader = JournalReader.open(store, key(1))) {
            reader.replay(Checkpoint.START, log);
        }
        return log.events;
    }

    /** Notes what it is told. */
    static final class Log implements ReplayHandler {
        final List<String> events = new ArrayList<>();
        final List<Long> locations = new ArrayList<>();
        private long transaction;
        private String environment = "";

        @Override
        public void onFrame(final FrameInfo frame) {
            transaction = frame.transaction();
        }

        @Override
        public void onSection(final Section section) {
            environment = section.environment();
        }

        @Override
        public void onChange(final Change change) {
            events.add(describe(transaction, environment, change));
            locations.add(change.location());
        }

        @Override
        public void onCommit(final Commit commit) {
            events.add("commit " + commit.transaction() + " version " + commit.version());
        }

        @Override
        public void onNeverCommitted(final long number) {
            events.add("never " + number);
        }
    }

    static String describe(final long transaction, final String environment, final Change change) {
        return transaction + " " + environment + ":" + change.line() + " " + change.flags() + " " + change.name() + "="
                + new String(change.value(), StandardCharsets.UTF_8)
                + (change.isUnset() ? "" : "/" + LittleEndian.getLong(change.buffer(), change.fingerprintOffset()));
    }

    @Override
    public void close() throws IOException {
        try {
            writer.close();
        } finally {
            lock.close();
            memory.close();
            key.close();
        }
    }
}
