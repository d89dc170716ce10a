package io.envcli.scan.internal.walk;

import java.util.ArrayList;
import java.util.List;

/**
 * A glob over a path as gitignore(5) has it: {@code *}, {@code ?} and {@code [a-z]} stay within a segment, {@code **} alone
 * between slashes stands for any number of segments, a backslash takes the next character as it is.
 *
 * <p>Both levels, segments and characters, are matched with one step back to the latest star, so the time is at most
 * pattern times path. Threading: immutable.
 */
final class Glob {
    private static final String ANY = "**";

    private final String[] segments;

    /**
     * Takes a pattern.
     *
     * @param pattern without a leading or trailing slash.
     */
    Glob(final String pattern) {
        segments = split(pattern.replace("\\/", "/")).toArray(String[]::new);
    }

    /** {@return whether a text has a character that means more than itself} */
    static boolean isWild(final String text) {
        for (int i = 0; i < text.length(); i++) {
            if ("*?[\\".indexOf(text.charAt(i)) >= 0) {
                return true;
            }
        }
        return false;
    }

    /** A slash in brackets is no separator. */
    private static List<String> split(final String pattern) {
        final List<String> parts = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < pattern.length(); i++) {
            final char c = pattern.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '[') {
                i = Math.max(i, Brackets.end(pattern, i) - 1);
            } else if (c == '/') {
                parts.add(segment(pattern.substring(start, i)));
                start = i + 1;
            }
        }
        parts.add(segment(pattern.substring(start)));
        return parts;
    }

    private static String segment(final String text) {
        return text.length() > 2 && text.chars().allMatch(c -> c == '*') ? ANY : text;
    }

    /**
     * Whether a path matches as a whole.
     *
     * @param path  with slashes, neither first nor last.
     * @param start of the part to match.
     * @return whether it does.
     */
    boolean matches(final String path, final int start) {
        int pattern = 0;
        int at = start;
        int starPattern = -1;
        int starAt = 0;
        while (at <= path.length()) {
            final int end = segmentEnd(path, at);
            if (pattern < segments.length && segments[pattern].equals(ANY)) {
                if (pattern == segments.length - 1) {
                    return true; // something is left, or the loop would be over
                }
                starPattern = pattern++;
                starAt = at;
            } else if (pattern < segments.length && matchesSegment(segments[pattern], path, at, end)) {
                pattern++;
                at = end + 1;
            } else if (starPattern >= 0) {
                starAt = segmentEnd(path, starAt) + 1;
                at = starAt;
                pattern = starPattern + 1;
            } else {
                return false;
            }
        }
        return pattern == segments.length;
    }

    private static int segmentEnd(final String path, final int from) {
        final int slash = path.indexOf('/', from);
        return slash < 0 ? path.length() : slash;
    }

    /** The classic wildcard match: on a mismatch the latest star takes one character more. */
    private static boolean matchesSegment(final String pattern, final String text, final int from, final int to) {
        int p = 0;
        int t = from;
        int starP = -1;
        int starT = 0;
        while (t < to) {
            final char c = p < pattern.length() ? pattern.charAt(p) : 0;
            if (c == '*') {
                starP = p++;
                starT = t;
                continue;
            }
            final int next = p < pattern.length() ? step(pattern, p, text.charAt(t)) : -1;
            if (next >= 0) {
                p = next;
                t++;
            } else if (starP >= 0) {
                p = starP + 1;
                t = ++starT;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }

    /** The place in the pattern after what matches one character; negative if that does not match. */
    private static int step(final String pattern, final int at, final char c) {
        return switch (pattern.charAt(at)) {
            case '?' -> at + 1;
            case '[' -> Brackets.match(pattern, at, c);
            case '\\' -> at + 1 < pattern.length() && pattern.charAt(at + 1) == c ? at + 2 : -1;
            default -> pattern.charAt(at) == c ? at + 1 : -1;
        };
    }
}
