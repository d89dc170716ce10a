package io.envcli.journal;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The words of a commit as bytes: source, user and host. Those of the commit before are often the same, and are kept.
 *
 * <p>Threading: one thread.
 */
final class CommitWords {
    private static final int MAX_WORD = 0xFFFF;
    /** Of all three together, in bytes. */
    static final int MAX_LENGTH = 3 * (Short.BYTES + MAX_WORD);

    private byte[] bytes = new byte[256];
    private int length;
    private String source = "";
    private String user = "";
    private String host = "";

    /** Encodes what a commit says; answers how long it is. */
    int encode(final CommitInfo info) {
        if (length == 0 || !source.equals(info.source()) || !user.equals(info.user()) || !host.equals(info.host())) {
            source = info.source();
            user = info.user();
            host = info.host();
            length = 0;
            add(source);
            add(user);
            add(host);
        }
        return length;
    }

    private void add(final String word) {
        final byte[] utf8 = word.getBytes(StandardCharsets.UTF_8);
        final int count = Math.min(utf8.length, MAX_WORD);
        if (length + Short.BYTES + count > bytes.length) {
            bytes = Arrays.copyOf(bytes, length + Short.BYTES + count + bytes.length);
        }
        LittleEndian.putShort(bytes, length, count);
        System.arraycopy(utf8, 0, bytes, length + Short.BYTES, count);
        length += Short.BYTES + count;
    }

    /** What {@link #encode} has written, from the start on; borrowed. */
    byte[] bytes() {
        return bytes;
    }

    void wipe() {
        Arrays.fill(bytes, (byte) 0);
        length = 0;
    }
}
