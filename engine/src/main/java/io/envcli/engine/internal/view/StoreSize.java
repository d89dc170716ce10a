package io.envcli.engine.internal.view;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;

/** How much is below a folder. */
public final class StoreSize {
    private StoreSize() {}

    /**
     * The lengths of all files below a folder. Files that vanish meanwhile count as nothing.
     *
     * @param folder to look into.
     * @return bytes; 0 if there is no such folder.
     * @throws IOException if it cannot be listed.
     */
    public static long of(final Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return 0;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.mapToLong(StoreSize::length).sum();
        } catch (final UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static long length(final Path file) {
        try {
            return Files.isRegularFile(file) ? Files.size(file) : 0;
        } catch (final NoSuchFileException e) {
            return 0;
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
