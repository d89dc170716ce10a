package io.envcli.scan.internal.walk;

import io.envcli.scan.internal.walk.IgnoreFile.Verdict;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Globs of the command line, by ripgrep's rules: one that begins with {@code !} leaves out, any other takes; where there is
 * one that takes, a file that none takes is left out. They go before every ignore file, and {@code {a,b}} stands for both.
 *
 * <p>Threading: immutable.
 */
final class Overrides {
    /** So many patterns may come out of one with braces. */
    private static final int MOST = 1_000;

    private final IgnoreFile globs;
    private final boolean takesSome;
    private final String base;

    /**
     * Takes globs.
     *
     * @param globs as typed.
     * @param base  the folder that an anchored one is relative to.
     * @throws IllegalArgumentException if the braces of one stand for too many patterns.
     */
    Overrides(final List<String> globs, final Path base) {
        final List<String> lines = new ArrayList<>();
        for (final String glob : globs) {
            expand(glob, lines);
        }
        this.globs = IgnoreFile.of(lines);
        this.takesSome = globs.stream().anyMatch(glob -> !glob.startsWith("!"));
        final String text = base.toAbsolutePath().normalize().toString();
        this.base = text.endsWith("/") ? text : text + "/";
    }

    private static void expand(final String glob, final List<String> into) {
        if (into.size() > MOST) {
            throw new IllegalArgumentException("glob=" + glob + " stands for more than " + MOST + " patterns");
        }
        final int close = glob.indexOf('}');
        final int open = close < 0 ? -1 : glob.lastIndexOf('{', close);
        if (open < 0) {
            into.add(glob.startsWith("#") ? "\\" + glob : glob);
            return;
        }
        for (final String choice : glob.substring(open + 1, close).split(",", -1)) {
            expand(glob.substring(0, open) + choice + glob.substring(close + 1), into);
        }
    }

    /**
     * What the globs say.
     *
     * @param path     absolute.
     * @param top      length of the absolute path of what is scanned, for what lies outside the base.
     * @param isFolder whether it is a folder.
     * @return the verdict: note that a glob that matches takes.
     */
    Verdict match(final String path, final int top, final boolean isFolder) {
        if (globs.isEmpty()) {
            return Verdict.NONE;
        }
        return switch (globs.match(path, path.startsWith(base) ? base.length() : top, isFolder)) {
            case IGNORE -> Verdict.TAKE;
            case TAKE -> Verdict.IGNORE;
            case NONE -> takesSome && !isFolder ? Verdict.IGNORE : Verdict.NONE;
        };
    }
}
