package io.envcli.cli;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Paths as references of RFC 3986: relative ones stay relative. */
final class FileUri {
    private static final String PLAIN = "-._~/";
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private FileUri() {}

    /**
     * A path as a reference.
     *
     * @param path with slashes.
     * @return such as {@code src/a%20b.js}, or {@code file:///src/app.js} of an absolute one.
     */
    static String of(final String path) {
        final StringBuilder uri = new StringBuilder(path.startsWith("/") ? "file://" : "");
        for (final byte b : path.getBytes(StandardCharsets.UTF_8)) {
            final char c = (char) (b & 0xFF);
            final boolean isPlain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
                    || PLAIN.indexOf(c) >= 0;
            if (isPlain) {
                uri.append(c);
            } else {
                uri.append('%').append(HEX.toHexDigits(b));
            }
        }
        return uri.toString();
    }
}
