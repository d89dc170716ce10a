package io.envcli.engine;

import io.envcli.engine.StoreException.Kind;
import io.envcli.engine.dialect.Dialect;
import io.envcli.engine.internal.files.FileFinder;
import io.envcli.engine.internal.files.SourceFile;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What to import. Either paths (files, and folders whose files are found by their names) or a stream.
 *
 * @param paths       files and folders, in the order they apply; empty for a stream.
 * @param stream      to read to its end; null for paths. Borrowed: the caller closes it.
 * @param dialect     how the text is read.
 * @param environment all goes into this one; null to take it from the file names ({@code default} for a stream).
 */
public record ImportRequest(List<Path> paths, @Nullable InputStream stream, Dialect dialect,
        @Nullable String environment) {

    /** Copies the list. */
    public ImportRequest {
        paths = List.copyOf(paths);
        if (paths.isEmpty() == (stream == null)) {
            throw new IllegalArgumentException("an import takes either paths or a stream");
        }
    }

    /**
     * Checks that there is something to import: before a store is made for it, for example.
     *
     * @throws StoreException if a path does not exist, or no dotenv file is below any.
     */
    public void check() {
        files();
    }

    /**
     * How much there is to read, as far as that can be told without looking into folders.
     *
     * @return bytes of the files; {@link Long#MAX_VALUE} if a folder or a stream is among what is to be read.
     */
    public long expectedBytes() {
        long bytes = 0;
        for (final Path path : paths) {
            if (Files.isDirectory(path)) {
                return Long.MAX_VALUE;
            }
            try {
                bytes += Files.size(path);
            } catch (final IOException _) {
                // The import will say what is wrong with it.
            }
        }
        return stream == null ? bytes : Long.MAX_VALUE;
    }

    /** The files to read, in order; none if there is a stream. */
    List<SourceFile> files() {
        final List<SourceFile> files = FileFinder.find(paths, environment);
        if (files.isEmpty() && stream == null) {
            throw new StoreException(Kind.INVALID, "no dotenv files below "
                    + String.join(", ", paths.stream().map(Path::toString).toList())
                    + "; files are taken that are named .env, .env.*, .env-*, .env_* or *.env");
        }
        return files;
    }

    /**
     * Imports files and folders, read as npm dotenv reads them.
     *
     * @param paths files and folders.
     * @return the request.
     */
    public static ImportRequest of(final Path... paths) {
        return new ImportRequest(List.of(paths), null, Dialect.DOTENV, null);
    }

    /**
     * The same request in another dialect.
     *
     * @param other how the text is read.
     * @return a new request.
     */
    public ImportRequest withDialect(final Dialect other) {
        return new ImportRequest(paths, stream, other, environment);
    }

    /**
     * The same request into one environment.
     *
     * @param name of the environment; null to take it from the file names.
     * @return a new request.
     */
    public ImportRequest withEnvironment(final @Nullable String name) {
        return new ImportRequest(paths, stream, dialect, name);
    }
}
