package io.envcli.offheap.testing;

import io.envcli.offheap.testing.DiskTrace.Content;
import io.envcli.offheap.testing.DiskTrace.Inode;
import io.envcli.offheap.testing.DiskTrace.State;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import static io.envcli.offheap.testing.DiskTrace.SECTOR;

/**
 * What a disk might hold after power failed in a {@link DiskTrace}, drawn at random from all that POSIX allows:
 *
 * <ul>
 * <li>of a file, each sector or page, by itself, is as it was at the file's last sync, or at any time since, or torn between
 * two of these; so is its length;
 * <li>of a folder, each name, by itself, is as it was at the folder's last sync, or at any time since; only a rename is never
 * half done.
 * </ul>
 *
 * A real file system keeps more order than that. Threading: one thread.
 */
public final class PowerCut {
    /** One in so many sectors that differ is torn, in a case that has torn ones. */
    private static final int TORN = 4;

    private final DiskTrace trace;
    private final int cut;
    private final Random random;
    /** Of each file and folder that was ever synced before the cut: the state in which it was. */
    private final Map<Inode, Integer> synced = new HashMap<>();
    private final Map<Inode, Integer> times = new HashMap<>();
    private final Taste names;
    private final int unit;
    private final boolean tearing;

    /** What is likely to be left of a thing: any mixture would make cases alike. */
    private enum Taste {
        OLD, NEW, ANY
    }

    /**
     * A power cut.
     *
     * @param trace  of what came before, and after.
     * @param cut    number of the last state before it.
     * @param random what decides.
     */
    public PowerCut(final DiskTrace trace, final int cut, final Random random) {
        this.trace = trace;
        this.cut = cut;
        this.random = random;
        names = taste();
        unit = random.nextBoolean() ? 1 : 4096 / SECTOR;
        tearing = random.nextInt(3) == 0;
        for (final Inode inode : trace.state(0).files().keySet()) {
            synced.put(inode, 0);
        }
        for (final Inode inode : trace.state(0).folders().keySet()) {
            synced.put(inode, 0);
        }
        for (int i = 0; i <= cut; i++) {
            final @Nullable Inode inode = trace.state(i).synced();
            if (inode != null) {
                synced.put(inode, trace.state(i).syncedIn());
            }
        }
    }

    private Taste taste() {
        return Taste.values()[random.nextInt(Taste.values().length)];
    }

    /**
     * Writes down what is left.
     *
     * @param target an empty folder, to become the one that was traced.
     * @throws IOException if it cannot be written.
     */
    public void writeTo(final Path target) throws IOException {
        folder(trace.root(), target);
    }

    private void folder(final Inode folder, final Path target) throws IOException {
        for (final Map.Entry<String, Inode> entry : names(folder).entrySet()) {
            final Path path = target.resolve(entry.getKey());
            final Inode inode = entry.getValue();
            if (isFolder(inode)) {
                Files.createDirectory(path, DiskTrace.FOLDER_MODE);
                folder(inode, path);
            } else {
                Files.createFile(path, DiskTrace.FILE_MODE);
                Files.write(path, content(inode));
            }
        }
    }

    private boolean isFolder(final Inode inode) {
        for (int i = cut; i >= 0; i--) {
            if (trace.state(i).folders().containsKey(inode)) {
                return true;
            }
        }
        return false;
    }

    /** Each entry has the names of one time, at which a rename is done or not. Where two want one name the later has it. */
    private Map<String, Inode> names(final Inode folder) {
        final int base = synced.getOrDefault(folder, -1);
        final Map<String, Inode> left = new HashMap<>();
        for (int i = Math.max(base, 0); i <= cut; i++) {
            for (final Map.Entry<String, Inode> entry : entries(i, folder).entrySet()) {
                final int time = Math.max(base, times.computeIfAbsent(entry.getValue(), _ -> time(names, -1)));
                if (time >= 0 && entry.getValue().equals(entries(time, folder).get(entry.getKey()))) {
                    left.put(entry.getKey(), entry.getValue());
                }
            }
        }
        entries(base, folder).forEach((name, inode) -> {
            if (isNeverMissing(name, base, folder) && !left.containsValue(inode)) {
                left.putIfAbsent(name, inode);
            }
        });
        return left;
    }

    /** A name that one file after another had: what was renamed to it took it over, so it never was nobody's. */
    private boolean isNeverMissing(final String name, final int base, final Inode folder) {
        for (int i = base; i <= cut; i++) {
            if (!entries(i, folder).containsKey(name)) {
                return false;
            }
        }
        return true;
    }

    private Map<String, Inode> entries(final int time, final Inode folder) {
        return time < 0 ? Map.of() : trace.state(time).folders().getOrDefault(folder, Map.of());
    }

    /** A time from {@code oldest} to the cut. */
    private int time(final Taste taste, final int oldest) {
        return switch (random.nextInt(8) == 0 ? Taste.ANY : taste) {
            case OLD -> oldest;
            case NEW -> cut;
            case ANY -> random.nextBoolean() ? cut : oldest + random.nextInt(cut - oldest + 1);
        };
    }

    private byte[] content(final Inode file) {
        final List<Content> since = since(file);
        final Taste taste = taste();
        final Content lengthOf = since.get(pick(taste, since.size()));
        final byte[] bytes = new byte[lengthOf.length()];
        for (int at = 0; at * SECTOR < bytes.length; at += unit) {
            final Content page = since.get(pick(taste, since.size()));
            for (int i = at; i < at + unit && i * SECTOR < bytes.length; i++) {
                final byte[] sector = tearing ? torn(page, since.getFirst(), i) : sector(page, i);
                System.arraycopy(sector, 0, bytes, i * SECTOR, Math.min(SECTOR, bytes.length - i * SECTOR));
            }
        }
        return bytes;
    }

    private int pick(final Taste taste, final int size) {
        return switch (taste) {
            case OLD -> random.nextInt(32) == 0 ? random.nextInt(size) : 0;
            case NEW -> random.nextInt(32) == 0 ? random.nextInt(size) : size - 1;
            case ANY -> random.nextInt(size);
        };
    }

    /** What the file held at its last sync, and everything it held since then. */
    @SuppressWarnings("ReferenceEquality") // States share what has not changed.
    private List<Content> since(final Inode file) {
        final @Nullable Integer base = synced.get(file);
        final List<Content> contents = new ArrayList<>();
        contents.add(base == null ? Content.EMPTY : trace.state(base).files().getOrDefault(file, Content.EMPTY));
        for (int i = base == null ? 0 : base; i <= cut; i++) {
            final State state = trace.state(i);
            final @Nullable Content content = state.files().get(file);
            if (content != null && content != contents.getLast()) {
                contents.add(content);
            }
        }
        return contents;
    }

    @SuppressWarnings("ReferenceEquality") // As above.
    private byte[] torn(final Content page, final Content old, final int i) {
        final byte[] after = sector(page, i);
        final byte[] before = sector(old, i);
        if (after == before || random.nextInt(TORN) != 0) {
            return after;
        }
        final int at = Long.BYTES * random.nextInt(SECTOR / Long.BYTES);
        final boolean head = random.nextBoolean();
        final byte[] torn = Arrays.copyOf(head ? after : before, SECTOR);
        System.arraycopy(head ? before : after, at, torn, at, SECTOR - at);
        return torn;
    }

    private static byte[] sector(final Content content, final int i) {
        return i < content.sectors().size() ? content.sectors().get(i) : new byte[SECTOR];
    }
}
