package io.envcli.scan.internal.cache;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/** What version of the rules and of what applies them runs: a hash of the jars, or folders of classes, that have them. */
public final class Version {
    private static final String JAR = "jar:";

    private Version() {}

    /**
     * The version.
     *
     * @param classes one of each jar.
     * @return a hash of the content of the jars.
     * @throws IOException if one cannot be read.
     */
    public static long of(final List<Class<?>> classes) throws IOException {
        long version = 1;
        for (final Class<?> one : classes) {
            version = 31 * version + hash(place(one));
        }
        return version;
    }

    /**
     * The jar or folder that a class is loaded from now. Its code source does not tell: with an AOT cache that is the place of
     * the jar when the cache was made, and has no location once that is gone.
     */
    private static Path place(final Class<?> one) throws IOException {
        final String file = one.getName().replace('.', '/') + ".class";
        final URL url = one.getResource('/' + file);
        if (url == null) {
            throw new IOException("class=" + one.getName() + " has no place");
        }
        final String text = url.toString();
        try {
            return Path.of(new URI(text.startsWith(JAR) ? text.substring(JAR.length(), text.lastIndexOf("!/"))
                    : text.substring(0, text.length() - file.length())));
        } catch (final URISyntaxException | IllegalArgumentException e) {
            throw new IOException("class=" + one.getName() + " has no place in the file system", e);
        }
    }

    private static long hash(final Path path) throws IOException {
        final CRC32 crc = new CRC32();
        if (Files.isRegularFile(path)) {
            update(crc, path);
        } else {
            try (Stream<Path> files = Files.walk(path)) {
                for (final Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                    update(crc, file);
                }
            }
        }
        return crc.getValue();
    }

    private static void update(final CRC32 crc, final Path file) throws IOException {
        crc.update(Files.readAllBytes(file));
    }
}
