package io.envcli.engine.internal.files;

import io.envcli.engine.StoreException;
import io.envcli.engine.StoreException.Kind;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.PatternSyntaxException;

/**
 * What an import of a folder leaves out: files and folders that match a glob. One without {@code /} is matched with names,
 * wherever they are; one with {@code /} with paths below the folder.
 */
final class Exclusions {
    private final List<PathMatcher> names = new ArrayList<>();
    private final List<PathMatcher> paths = new ArrayList<>();

    /**
     * Reads globs.
     *
     * @param globs in the JDK's syntax: {@code *}, {@code ?}, {@code [...]}, <code>{a,b}</code>, and {@code **} across
     *              folders.
     * @throws StoreException of kind INVALID if one is none.
     */
    Exclusions(final List<String> globs) {
        for (final String glob : globs) {
            final String trimmed = glob.replaceFirst("^\\./", "").replaceFirst("(?<=.)/$", "");
            (trimmed.contains("/") ? paths : names).add(matcher(glob, trimmed.replaceFirst("^/", "")));
        }
    }

    private static PathMatcher matcher(final String glob, final String trimmed) {
        try {
            return FileSystems.getDefault().getPathMatcher("glob:" + trimmed);
        } catch (final PatternSyntaxException e) {
            throw new StoreException(Kind.INVALID, "'" + EnvironmentNames.printable(glob) + "' is no glob: "
                    + e.getDescription() + "; nothing was imported", e);
        }
    }

    /**
     * Whether something is left out.
     *
     * @param relative its path below the folder.
     * @return true to leave it out, with all that is below it.
     */
    boolean has(final Path relative) {
        final Path name = relative.getFileName();
        return names.stream().anyMatch(matcher -> name != null && matcher.matches(name))
                || paths.stream().anyMatch(matcher -> matcher.matches(relative));
    }
}
