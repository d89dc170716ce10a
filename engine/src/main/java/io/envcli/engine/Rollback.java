package io.envcli.engine;

import io.envcli.engine.internal.pipeline.Importer;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * Makes a store what it was at a version: what differs by fingerprint is set as it was then, or unset, in one transaction.
 *
 * <p>Threading: used by one thread, once.
 */
final class Rollback {
    /** Values go in pieces of about this size, so that few are in memory at once. */
    private static final int PIECE_BYTES = 1 << 20;

    private final StoreReader reader;
    private final Importer importer;
    private final String source;
    private boolean changes;

    /**
     * A rollback.
     *
     * @param reader   of the store; moved about. Borrowed.
     * @param importer whose transaction takes the changes; the caller commits it. Borrowed.
     * @param source   that the journal names.
     */
    Rollback(final StoreReader reader, final Importer importer, final String source) {
        this.reader = reader;
        this.importer = importer;
        this.source = source;
    }

    /**
     * Puts the changes into the transaction.
     *
     * @param version to go back to.
     * @return whether there are any.
     */
    boolean to(final long version) {
        final long newest = reader.version();
        final Set<String> environments = new TreeSet<>(reader.environments());
        reader.moveTo(version);
        environments.addAll(reader.environments());
        for (final String environment : environments) {
            reader.moveTo(newest);
            final List<ListedVariable> now = reader.list(environment);
            reader.moveTo(version);
            change(environment, Difference.between(now, reader.list(environment)));
        }
        return changes;
    }

    private void change(final String environment, final List<Difference> differences) {
        final List<byte[]> unset = new ArrayList<>();
        final Piece piece = new Piece();
        for (final Difference difference : differences) {
            final ListedVariable then = difference.right();
            if (then == null) {
                unset.add(Objects.requireNonNull(difference.left()).utf8());
            } else {
                final Variable variable = Objects.requireNonNull(reader.get(environment, then.name()),
                        "listed just now");
                piece.add(then.utf8(), variable.valueBytes());
                variable.wipe();
                if (piece.size() > PIECE_BYTES) {
                    set(environment, piece);
                }
            }
        }
        set(environment, piece);
        if (!unset.isEmpty()) {
            importer.unset(environment, unset, source);
        }
        changes |= !differences.isEmpty();
    }

    private void set(final String environment, final Piece piece) {
        if (piece.size() > 0) {
            importer.read(piece.stream(), environment, source);
            piece.wipe();
        }
    }

    /** Variables in the dialect {@code environ}, which takes every name and value that a store does. */
    private static final class Piece extends ByteArrayOutputStream {
        void add(final byte[] name, final byte[] value) {
            write(name, 0, name.length);
            write('=');
            write(value, 0, value.length);
            write(0);
        }

        ByteArrayInputStream stream() {
            return new ByteArrayInputStream(buf, 0, count);
        }

        void wipe() {
            Arrays.fill(buf, (byte) 0);
            reset();
        }
    }
}
