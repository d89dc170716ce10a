package io.envcli.scan.internal.rule;

import io.envcli.scan.internal.text.Text;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * All languages, and which of them a file is in: by its name, else by the interpreter that its first line names. Where
 * several claim it, the first whose probe stands in the text.
 *
 * <p>Threading: immutable.
 */
public final class Languages {
    private static final List<String> NAMES = List.of("github-actions", "spring", "javascript", "python", "java",
            "kotlin", "go",
            "rust", "ruby", "php", "csharp", "c", "shell", "dockerfile", "kubernetes", "compose", "config", "terraform",
            "systemd");
    private static final int LONGEST_FIRST_LINE = 128;
    /** At the end of the name of an interpreter. */
    private static final Pattern VERSION = Pattern.compile("-?\\d+(\\.\\d+)*$");

    private final List<Language> all = new ArrayList<>();
    /** By a name as a whole, or by its ending with the dot. */
    private final Map<String, List<Language>> byName = new HashMap<>();
    /** By their ending with the dot; under the empty one those that have none. */
    private final Map<String, List<Wildcard>> wildcards = new HashMap<>();
    private final Map<String, Language> byInterpreter = new HashMap<>();

    /** A glob with one star, after folders if it has a slash. */
    private record Wildcard(String folders, String begin, String end, Language language) {
        static Wildcard of(final String glob, final Language language) {
            final int slash = glob.lastIndexOf('/') + 1;
            final int star = glob.indexOf('*');
            return new Wildcard(glob.substring(0, slash), glob.substring(slash, star), glob.substring(star + 1),
                    language);
        }

        boolean matches(final String path) {
            final int slash = path.lastIndexOf('/') + 1;
            return path.length() - slash >= begin.length() + end.length() && path.startsWith(begin, slash)
                    && path.endsWith(end)
                    && (folders.isEmpty() || ("/" + path.substring(0, slash)).endsWith("/" + folders));
        }
    }

    /** Reads all tables. */
    public Languages() {
        for (final String name : NAMES) {
            final Language language = Language.read(name);
            all.add(language);
            language.interpreters().forEach(interpreter -> byInterpreter.put(interpreter, language));
            language.types().values().forEach(globs -> globs.forEach(glob -> add(glob, language)));
        }
    }

    private void add(final String glob, final Language language) {
        final boolean isEnding = glob.startsWith("*.") && glob.indexOf('.', 2) < 0;
        if (isEnding || glob.indexOf('*') < 0) {
            byName.computeIfAbsent(isEnding ? glob.substring(1) : glob, key -> new ArrayList<>()).add(language);
        } else {
            final Wildcard wildcard = Wildcard.of(glob, language);
            wildcards.computeIfAbsent(ending(wildcard.end()), key -> new ArrayList<>()).add(wildcard);
        }
    }

    private static String ending(final String name) {
        return name.substring(Math.max(0, name.lastIndexOf('.')));
    }

    /** The language of a name that one has. */
    Language named(final String name) {
        return all.stream().filter(language -> language.name().equals(name)).findFirst().orElseThrow();
    }

    /** {@return the names of all types of files, sorted} */
    public List<String> types() {
        final TreeSet<String> names = new TreeSet<>();
        all.forEach(language -> names.addAll(language.types().keySet()));
        return List.copyOf(names);
    }

    /**
     * Which files are of a type.
     *
     * @param type as {@link #types()} has it.
     * @return tells by a file's path whether it is one; never, if there is no such type.
     */
    public Predicate<String> isOfType(final String type) {
        final List<Wildcard> globs = new ArrayList<>();
        final Set<String> names = new HashSet<>();
        for (final Language language : all) {
            for (final String glob : language.types().getOrDefault(type, List.of())) {
                if (glob.indexOf('*') < 0) {
                    names.add(glob);
                } else {
                    globs.add(Wildcard.of(glob, language));
                }
            }
        }
        return path -> names.contains(path.substring(path.lastIndexOf('/') + 1))
                || globs.stream().anyMatch(glob -> glob.matches(path));
    }

    /**
     * The languages that a file may be in, by its path.
     *
     * @param path with slashes.
     * @return those, the likeliest first.
     */
    public List<Language> candidates(final String path) {
        final String name = path.substring(path.lastIndexOf('/') + 1);
        final int dot = name.lastIndexOf('.');
        final String ending = dot < 0 ? "" : name.substring(dot);
        for (final String key : dot < 0 ? List.of("") : List.of(ending, "")) {
            for (final Wildcard wildcard : wildcards.getOrDefault(key, List.of())) {
                if (wildcard.matches(path)) {
                    return List.of(wildcard.language());
                }
            }
        }
        final List<Language> named = byName.get(name);
        return named != null ? named : dot < 0 ? List.of() : byName.getOrDefault(ending, List.of());
    }

    /**
     * The language of a text.
     *
     * @param path of its file.
     * @param text its content.
     * @return the language; null if it is in none that is known.
     */
    public @Nullable Language of(final String path, final Text text) {
        return of(candidates(path), path, () -> text);
    }

    /**
     * The same where the candidates are known.
     *
     * @param candidates of the path.
     * @param path       of the file.
     * @param text       gives its content, asked for only where that decides.
     * @return the language; null if it is in none that is known.
     */
    public @Nullable Language of(final List<Language> candidates, final String path, final Supplier<Text> text) {
        for (final Language language : candidates) {
            if (language.probes().isEmpty()
                    || language.probes().stream().anyMatch(p -> text.get().indexOf(p, 0) >= 0)) {
                return language;
            }
        }
        return path.indexOf('.', path.lastIndexOf('/') + 1) < 0 ? byFirstLine(text.get()) : null;
    }

    /** {@code #!/usr/bin/env python3} and the like. */
    private @Nullable Language byFirstLine(final Text text) {
        if (!text.startsWith("#!", 0)) {
            return null;
        }
        final String line = text.string(2, Math.min(text.lineEnd(0), LONGEST_FIRST_LINE));
        for (final String word : line.strip().split("[\\s/]+", -1)) {
            final Language exact = byInterpreter.get(word);
            final Language language = exact != null ? exact : byInterpreter.get(VERSION.matcher(word).replaceFirst(""));
            if (language != null) {
                return language;
            }
        }
        return null;
    }
}
