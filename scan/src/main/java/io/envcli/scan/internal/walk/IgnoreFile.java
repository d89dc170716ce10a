package io.envcli.scan.internal.walk;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The rules of one ignore file, by gitignore(5): the last rule that matches decides.
 *
 * <p>Most rules name a file outright ({@code node_modules}) or by what its name ends with ({@code *.class}); those are
 * looked up, and only the others are tried one by one. Threading: immutable.
 */
final class IgnoreFile {
    /** Has no rule. */
    static final IgnoreFile NONE = new IgnoreFile(List.of());

    private final List<Rule> rules = new ArrayList<>();
    /** From a name to the numbers of the rules that are that name. */
    private final Map<String, int[]> names = new HashMap<>();
    /** From an ending, the last dot and on, to the numbers of the rules that are a star and that ending. */
    private final Map<String, int[]> endings = new HashMap<>();
    private final List<Integer> globs = new ArrayList<>();

    /** What a file says about a path. */
    enum Verdict {
        /** Nothing. */
        NONE,
        /** Leave it out. */
        IGNORE,
        /** Take it, whatever an earlier rule says. */
        TAKE
    }

    /** One line. With a slash in it a pattern is anchored: it matches the path from the file's folder. */
    private record Rule(Glob glob, boolean negated, boolean folderOnly, boolean anchored) {}

    private IgnoreFile(final List<String> lines) {
        lines.forEach(this::add);
    }

    /**
     * Reads rules.
     *
     * @param text of the file.
     * @return its rules.
     */
    static IgnoreFile of(final String text) {
        return of(text.lines().toList());
    }

    /**
     * Reads rules.
     *
     * @param lines of the file.
     * @return its rules.
     */
    static IgnoreFile of(final List<String> lines) {
        final IgnoreFile file = new IgnoreFile(lines);
        return file.rules.isEmpty() ? NONE : file;
    }

    /** {@return whether it has no rule} */
    boolean isEmpty() {
        return rules.isEmpty();
    }

    private void add(final String line) {
        String text = trim(line.startsWith("\uFEFF") ? line.substring(1) : line);
        if (text.isEmpty() || text.charAt(0) == '#') {
            return;
        }
        final boolean negated = text.charAt(0) == '!';
        text = negated ? text.substring(1) : text;
        final boolean folderOnly = text.endsWith("/");
        text = folderOnly ? text.substring(0, text.length() - 1) : text;
        final boolean anchored = text.indexOf('/') >= 0;
        text = text.startsWith("/") ? text.substring(1) : text;
        if (text.isEmpty()) {
            return;
        }
        final int number = rules.size();
        rules.add(new Rule(new Glob(text), negated, folderOnly, anchored));
        if (!anchored && !Glob.isWild(text)) {
            names.merge(text, new int[]{number}, IgnoreFile::join);
        } else if (!anchored && text.startsWith("*.") && !Glob.isWild(text.substring(1))
                && text.indexOf('.', 2) < 0) {
            endings.merge(text.substring(1), new int[]{number}, IgnoreFile::join);
        } else {
            globs.add(number);
        }
    }

    private static int[] join(final int[] a, final int[] b) {
        final int[] all = new int[a.length + b.length];
        System.arraycopy(a, 0, all, 0, a.length);
        System.arraycopy(b, 0, all, a.length, b.length);
        return all;
    }

    /** Spaces at the end do not count, unless a backslash stands before them. */
    private static String trim(final String line) {
        int end = line.length();
        while (end > 0 && line.charAt(end - 1) == ' ' && !isEscaped(line, end - 1)) {
            end--;
        }
        return line.substring(0, end);
    }

    private static boolean isEscaped(final String line, final int at) {
        int slashes = 0;
        while (at - slashes > 0 && line.charAt(at - slashes - 1) == '\\') {
            slashes++;
        }
        return (slashes & 1) == 1;
    }

    /**
     * What the rules say about a path.
     *
     * @param path     with slashes, absolute or not.
     * @param start    where the part relative to the file's folder begins.
     * @param isFolder whether it is a folder.
     * @return the verdict.
     */
    Verdict match(final String path, final int start, final boolean isFolder) {
        final int nameStart = Math.max(start, path.lastIndexOf('/') + 1);
        int best = -1;
        if (!names.isEmpty()) {
            best = last(names.get(path.substring(nameStart)), isFolder);
        }
        final int dot = endings.isEmpty() ? -1 : path.lastIndexOf('.');
        if (dot >= nameStart) {
            best = Math.max(best, last(endings.get(path.substring(dot)), isFolder));
        }
        for (int i = globs.size() - 1; i >= 0 && globs.get(i) > best; i--) {
            final Rule rule = rules.get(globs.get(i));
            if ((isFolder || !rule.folderOnly) && rule.glob.matches(path, rule.anchored ? start : nameStart)) {
                best = globs.get(i);
            }
        }
        if (best < 0) {
            return Verdict.NONE;
        }
        return rules.get(best).negated ? Verdict.TAKE : Verdict.IGNORE;
    }

    private int last(final int @org.jspecify.annotations.Nullable [] numbers, final boolean isFolder) {
        if (numbers != null) {
            for (int i = numbers.length - 1; i >= 0; i--) {
                if (isFolder || !rules.get(numbers[i]).folderOnly) {
                    return numbers[i];
                }
            }
        }
        return -1;
    }
}
