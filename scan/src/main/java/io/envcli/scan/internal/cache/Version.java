package io.envcli.scan.internal.cache;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/** What version of the rules and of what applies them runs: a hash of the jars, or folders of classes, that have them. */
public final class Version {
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
            final CodeSource source = one.getProtectionDomain().getCodeSource();
            if (source == null) {
                throw new IOException("class=" + one.getName() + " has no place");
            }
            try {
                version = 31 * version + hash(Path.of(new URI(source.getLocation().toString())));
            } catch (final URISyntaxException | IllegalArgumentException e) {
                throw new IOException("class=" + one.getName() + " has no place in the file system", e);
            }
        }
        return version;
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
