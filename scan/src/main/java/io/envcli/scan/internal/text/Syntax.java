package io.envcli.scan.internal.text;

import io.envcli.scan.internal.text.Opener.Kind;
import io.envcli.scan.internal.text.Opener.Option;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What comments and strings look like in a language, as the lines of its table say:
 *
 * <pre>
 * comment OPEN [CLOSE] [OPTION]...
 * string OPEN CLOSE [inner=OPEN] [OPTION]...
 * character | regex | rust-raw | cpp-raw | percent | heredoc [inner=OPEN] | escape
 * island OPEN[,OPEN] CLOSE
 * </pre>
 *
 * <p>Threading: immutable once built.
 */
public final class Syntax {
    private static final int ASCII = 128;

    private final List<List<Opener>> byFirst = new ArrayList<>();
    private final List<String> islandOpens = new ArrayList<>();
    /** Of bytes that in code neither begin nor end anything, nor end a line. */
    private final boolean[] plain = new boolean[256];

    /** Begins with no comments and no strings. */
    public Syntax() {
        for (int i = 0; i < ASCII; i++) {
            byFirst.add(new ArrayList<>());
        }
        Arrays.fill(plain, true);
        plain['\n'] = false;
        plain['{'] = false;
        plain['}'] = false;
    }

    /**
     * Adds a line of a table.
     *
     * @param word  the first word of the line.
     * @param words the others.
     * @return false if the line is about something else.
     */
    public boolean add(final String word, final List<String> words) {
        switch (word) {
            case "comment" -> comment(words);
            case "string" -> add(Kind.STRING, words.get(0), words.get(1), words.subList(2, words.size()));
            case "character" -> add(Kind.CHARACTER, "'", "'", List.of());
            case "regex" -> add(Kind.REGEX, "/", "/", List.of());
            case "rust-raw" -> List.of("r\"", "r#", "br\"", "br#")
                    .forEach(open -> add(Kind.RUST_RAW, open, "", List.of("word")));
            case "cpp-raw" ->
                List.of("R\"", "u8R\"", "LR\"").forEach(open -> add(Kind.CPP_RAW, open, "", List.of("word")));
            case "percent" -> List.of("%q", "%Q", "%w", "%W", "%i", "%(")
                    .forEach(open -> add(Kind.PERCENT, open, "", List.of()));
            case "heredoc" -> add(Kind.HEREDOC, words.get(0), "", words.subList(1, words.size()));
            case "escape" -> add(Kind.ESCAPE, "\\", "", List.of());
            case "island" -> {
                islandOpens.addAll(List.of(words.get(0).split(",")));
                add(Kind.ISLAND_END, words.get(1), "", List.of());
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private void comment(final List<String> words) {
        final boolean isLine = words.size() == 1 || isOption(words.get(1));
        add(isLine ? Kind.LINE_COMMENT : Kind.BLOCK_COMMENT, words.get(0), isLine ? "" : words.get(1),
                words.subList(isLine ? 1 : 2, words.size()));
    }

    private static boolean isOption(final String word) {
        return word.chars().allMatch(Character::isLowerCase);
    }

    private void add(final Kind kind, final String open, final String close, final List<String> words) {
        final Set<Option> options = EnumSet.noneOf(Option.class);
        String inner = null;
        for (final String word : words) {
            if (word.startsWith("inner=")) {
                inner = word.substring("inner=".length());
            } else {
                options.add(Option.valueOf(word.toUpperCase(Locale.ROOT)));
            }
        }
        plain[open.charAt(0)] = false;
        final List<Opener> list = byFirst.get(open.charAt(0));
        list.add(new Opener(kind, open, close, inner, options));
        list.sort(Comparator.comparingInt((Opener opener) -> opener.open().length()).reversed());
    }

    /** Whether a byte of code is nothing but that. */
    boolean isPlain(final byte c) {
        return plain[c & 0xFF];
    }

    /** What may begin with a byte, longest first; null if it is plain. */
    @Nullable
    List<Opener> openers(final byte first) {
        if (first < 0) {
            return null;
        }
        final List<Opener> list = byFirst.get(first);
        return list.isEmpty() ? null : list;
    }

    /** What begins code in text that is none; empty if all text is code. */
    List<String> islandOpens() {
        return islandOpens;
    }
}
