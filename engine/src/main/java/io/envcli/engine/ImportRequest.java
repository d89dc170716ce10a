package io.envcli.engine;

import io.envcli.engine.StoreException.Kind;
import io.envcli.engine.dialect.Dialect;
import io.envcli.engine.internal.files.FileFinder;
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
 * @param excluded    globs of files and folders to leave out below the folders; one without {@code /} is matched with names,
 *                    wherever they are, one with {@code /} with paths below the folder.
 */
public record ImportRequest(List<Path> paths, @Nullable InputStream stream, Dialect dialect,
        @Nullable String environment, List<String> excluded) {
    private static final int NAMED = 20;

    /** Copies the lists. */
    public ImportRequest {
        paths = List.copyOf(paths);
        excluded = List.copyOf(excluded);
        if (paths.isEmpty() == (stream == null)) {
            throw new IllegalArgumentException("an import takes either paths or a stream");
        }
    }

    /**
     * A request that leaves nothing out.
     *
     * @param paths       as there.
     * @param stream      as there.
     * @param dialect     as there.
     * @param environment as there.
     */
    public ImportRequest(final List<Path> paths, final @Nullable InputStream stream, final Dialect dialect,
            final @Nullable String environment) {
        this(paths, stream, dialect, environment, List.of());
    }

    /**
     * Checks that there is something to import: before a store is made for it, for example.
     *
     * @throws StoreException if a path does not exist, or no dotenv file is below any.
     */
    public void check() {
        find();
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
    FileFinder.Found find() {
        final FileFinder.Found found = FileFinder.find(paths, environment, excluded);
        if (found.files().isEmpty() && !found.skipped().isEmpty()) {
            throw new StoreException(Kind.INVALID, "nothing was imported; skipped was "
                    + String.join(" | ", found.skipped().subList(0, Math.min(NAMED, found.skipped().size()))));
        }
        if (found.files().isEmpty() && stream == null) {
            throw new StoreException(Kind.INVALID, "no dotenv files below "
                    + String.join(", ", paths.stream().map(Path::toString).toList())
                    + "; files are taken that are named .env, .env.*, .env-*, .env_* or *.env");
        }
        return found;
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
        return new ImportRequest(paths, stream, other, environment, excluded);
    }

    /**
     * The same request into one environment.
     *
     * @param name of the environment; null to take it from the file names.
     * @return a new request.
     */
    public ImportRequest withEnvironment(final @Nullable String name) {
        return new ImportRequest(paths, stream, dialect, name, excluded);
    }

    /**
     * The same request without some files and folders.
     *
     * @param globs of what is left out below folders.
     * @return a new request.
     */
    public ImportRequest without(final List<String> globs) {
        return new ImportRequest(paths, stream, dialect, environment, globs);
    }
}
