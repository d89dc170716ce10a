package io.envcli.engine.internal.view;

import io.envcli.journal.JournalReport.Finding;
import io.envcli.journal.SalvageReport;
import io.envcli.journal.SalvageReport.Loss;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/**
 * What is lost to a view that was salvaged from a damaged journal. It lies beside the view, so that the journal need not be
 * read again for each answer.
 *
 * <pre>
 *  0             4        12                                  20             28           29
 *  | version (1) | stamp of the journal's files | last version | open-ended | losses (4) | findings (4) |
 *  a loss:     | first version (8) | last version (8) | changes lost (8) | changes (8) |
 *  a finding:  | position (8) | file in the store: length (4), UTF-8 | what: length (4), UTF-8 |
 *  the end:    | CRC32C of all before (4) |                                          all little-endian
 * </pre>
 *
 * @param stamp  of the journal's files when it was salvaged: their names, lengths and times of change.
 * @param report what is lost; its transactions are not kept.
 */
public record SalvageNote(long stamp, SalvageReport report) {
    private static final String PREFIX = "salvaged-";
    private static final int VERSION = 1;
    private static final int HEADER = 4 + 8 + 8 + 1 + 4 + 4;
    private static final int LOSS = 4 * Long.BYTES;

    private static Path file(final Path folder, final long generation) {
        return folder.resolve(PREFIX + generation);
    }

    static boolean exists(final Path folder, final long generation) {
        return Files.exists(file(folder, generation));
    }

    static void deleteAll(final Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> notes = Files.newDirectoryStream(folder, PREFIX + "*")) {
                for (final Path note : notes) {
                    Files.delete(note);
                }
            }
        }
    }

    /** Changes whenever a file of the journal does. */
    static long stampOf(final Path store) throws IOException {
        final CRC32C crc = new CRC32C();
        final CRC32C other = new CRC32C();
        try (Stream<Path> all = Files.walk(store.resolve("journal"))) {
            for (final Path file : all.sorted().toList()) {
                final BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
                if (attributes.isRegularFile()) {
                    final String line = store.relativize(file) + " " + attributes.size() + " "
                            + attributes.lastModifiedTime() + "\n";
                    crc.update(line.getBytes(StandardCharsets.UTF_8));
                    other.update((line + line.length()).getBytes(StandardCharsets.UTF_8));
                }
            }
        }
        return crc.getValue() << Integer.SIZE | other.getValue();
    }

    boolean isOf(final Path store) throws IOException {
        return stamp == stampOf(store);
    }

    /** Writes the note of a view that is not there yet. */
    void write(final Path store, final Path folder, final long generation) throws IOException {
        final List<byte[]> parts = new ArrayList<>();
        int length = HEADER + report.losses().size() * LOSS + Integer.BYTES;
        for (final Finding finding : report.findings()) {
            final byte[] file = utf8(store.relativize(finding.file()).toString());
            final byte[] what = utf8(finding.what());
            parts.add(file);
            parts.add(what);
            length += Long.BYTES + 2 * Integer.BYTES + file.length + what.length;
        }
        final ByteBuffer to = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        to.putInt(VERSION).putLong(stamp).putLong(report.lastVersion()).put((byte) (report.openEnded() ? 1 : 0));
        to.putInt(report.losses().size()).putInt(report.findings().size());
        for (final Loss loss : report.losses()) {
            to.putLong(loss.first()).putLong(loss.last()).putLong(loss.lost()).putLong(loss.changes());
        }
        for (int i = 0; i < report.findings().size(); i++) {
            to.putLong(report.findings().get(i).position());
            to.putInt(parts.get(2 * i).length).put(parts.get(2 * i));
            to.putInt(parts.get(2 * i + 1).length).put(parts.get(2 * i + 1));
        }
        to.putInt(crc(to.array(), to.position()));
        Files.write(file(folder, generation), to.array());
    }

    /** Reads the note of a view; null if there is none, or none that can be believed. */
    static @Nullable SalvageNote read(final Path store, final Path folder, final long generation) throws IOException {
        final byte[] bytes;
        try {
            bytes = Files.readAllBytes(file(folder, generation));
        } catch (final NoSuchFileException _) {
            return null;
        }
        final ByteBuffer from = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        final int end = bytes.length - Integer.BYTES;
        if (end < HEADER || from.getInt(end) != crc(bytes, end) || from.getInt() != VERSION) {
            return null;
        }
        try {
            final long stamp = from.getLong();
            final long lastVersion = from.getLong();
            final boolean openEnded = from.get() == 1;
            final int losses = from.getInt();
            final int findings = from.getInt();
            final List<Loss> lost = new ArrayList<>();
            for (int i = 0; i < losses; i++) {
                lost.add(new Loss(from.getLong(), from.getLong(), from.getLong(), from.getLong()));
            }
            final List<Finding> found = new ArrayList<>();
            for (int i = 0; i < findings; i++) {
                final long position = from.getLong();
                final Path file = store.resolve(text(from));
                found.add(new Finding(file, position, text(from)));
            }
            return new SalvageNote(stamp, new SalvageReport(lastVersion, openEnded, Map.of(), lost, found));
        } catch (final BufferUnderflowException _) {
            return null;
        }
    }

    private static String text(final ByteBuffer from) {
        final byte[] utf8 = new byte[Math.min(from.getInt(), from.remaining())];
        from.get(utf8);
        return new String(utf8, StandardCharsets.UTF_8);
    }

    private static byte[] utf8(final String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static int crc(final byte[] bytes, final int length) {
        final CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }
}
