package io.envcli.scan.internal.rule;

import io.envcli.scan.internal.text.Syntax;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The table of one language. Threading: any thread, once it is read.
 */
public final class Language {
    private static final String RULE = "rule ";
    private static final String FALLBACK = "fallback ";

    private final String name;
    private final Syntax syntax;
    /** From the name of a type of files, as {@code --type} has it, to its globs. */
    private final Map<String, List<String>> types = new LinkedHashMap<>();
    private final List<String> interpreters = new ArrayList<>();
    private final List<String> probes = new ArrayList<>();
    /** The lines of rules, which are read when a file of the language is: of most languages a tree has none. */
    private final List<String> lines = new ArrayList<>();
    private final List<Rule> given = new ArrayList<>();
    private final List<String> flags = new ArrayList<>();
    private final List<String> ignored = new ArrayList<>();
    private final List<Pattern> heads = new ArrayList<>();
    private volatile @Nullable Prepared prepared;

    /**
     * What rules are looked for with.
     *
     * @param byAnchor  the rules of each anchor that the search has, in the order of the table.
     * @param search    for anchors.
     * @param prefilter what at least one rule needs.
     * @param fallbacks what gives a default.
     */
    private record Prepared(List<List<Rule>> byAnchor, AnchorSearch search, Prefilter prefilter,
            List<Rule> fallbacks) {}

    private Language(final String name, final Syntax syntax) {
        this.name = name;
        this.syntax = syntax;
    }

    /**
     * Reads a table.
     *
     * @param name of the language and of the resource.
     * @return its table.
     * @throws IllegalStateException if there is none, or a line of it cannot be read.
     */
    static Language read(final String name) {
        final Language language = new Language(name, new Syntax());
        try (InputStream in = Language.class.getResourceAsStream(name + ".rules")) {
            if (in == null) {
                throw new IllegalStateException("language=" + name + " has no table");
            }
            new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().forEach(language::line);
        } catch (final IOException e) {
            throw new UncheckedIOException("language=" + name, e);
        }
        return language;
    }

    /** The same language with other rules. */
    Language with(final List<Rule> others) {
        final Language language = new Language(name, syntax);
        lines.stream().filter(line -> line.startsWith(FALLBACK)).forEach(language.lines::add);
        language.flags.addAll(flags);
        language.heads.addAll(heads);
        language.given.addAll(others);
        return language;
    }

    private Prepared prepared() {
        final Prepared known = prepared;
        return known != null ? known : prepare();
    }

    private synchronized Prepared prepare() {
        final Prepared known = prepared;
        if (known != null) {
            return known;
        }
        final List<Rule> rules = new ArrayList<>(given);
        final List<Rule> fallbacks = new ArrayList<>();
        for (final String line : lines) {
            if (line.startsWith(FALLBACK)) {
                fallbacks.add(new Rule("fallback", List.of(), line.substring(FALLBACK.length()).strip()));
            } else {
                rules.add(rule(line));
            }
        }
        final Map<String, List<Rule>> byAnchor = new TreeMap<>();
        rules.forEach(rule -> byAnchor.computeIfAbsent(rule.anchorText(), anchor -> new ArrayList<>()).add(rule));
        final Prepared made = new Prepared(byAnchor.values().stream().map(List::copyOf).toList(),
                new AnchorSearch(List.copyOf(byAnchor.keySet()), true),
                new Prefilter(byAnchor.values().stream().flatMap(List::stream)
                        .map(rule -> rule.needed(hasFlag("tight"))).toList()),
                List.copyOf(fallbacks));
        prepared = made;
        return made;
    }

    private static Rule rule(final String line) {
        final String[] fields = line.substring(RULE.length()).strip().split(" *\\| ?", 3);
        final List<String> attributes = fields[1].isBlank() ? List.of()
                : Arrays.asList(fields[1].strip().split(" +"));
        return new Rule(fields[0].strip(), attributes, fields[2].strip());
    }

    private void line(final String line) {
        if (line.isBlank() || line.startsWith("# ")) {
            return;
        }
        if (line.startsWith(RULE) || line.startsWith(FALLBACK)) {
            lines.add(line);
            return;
        }
        final String[] parts = line.strip().split("\\s+", 2);
        final List<String> words = parts.length == 1 ? List.of() : List.of(parts[1].split("\\s+"));
        switch (parts[0]) {
            case "type" -> types.put(words.getFirst(), words.subList(1, words.size()));
            case "interpreter" -> interpreters.addAll(words);
            case "probe" -> probes.add(parts[1]);
            case "flag" -> flags.addAll(words);
            case "ignore" -> ignored.addAll(words);
            case "head" -> heads.add(Pattern.compile(parts[1]));
            default -> {
                if (!syntax.add(parts[0], words)) {
                    throw new IllegalStateException("language=" + name + ": cannot read the line: " + line);
                }
            }
        }
    }

    /** {@return what users see} */
    public String name() {
        return name;
    }

    Syntax syntax() {
        return syntax;
    }

    /** {@return the types of its files, with their globs} */
    public Map<String, List<String>> types() {
        return types;
    }

    List<String> interpreters() {
        return interpreters;
    }

    /** Texts one of which a file must have to be of this language; empty if its name is enough. */
    List<String> probes() {
        return probes;
    }

    List<Rule> fallbacks() {
        return prepared().fallbacks();
    }

    /** The rules of an anchor that the search has found. */
    List<Rule> rules(final int anchor) {
        return prepared().byAnchor().get(anchor);
    }

    /** What at least one rule needs to match. */
    Prefilter prefilter() {
        return prepared().prefilter();
    }

    AnchorSearch search() {
        return prepared().search();
    }

    /** What matches the head of a function, with the groups {@code name} and {@code parameters}. */
    List<Pattern> heads() {
        return heads;
    }

    boolean hasFlag(final String flag) {
        return flags.contains(flag);
    }

    /** Whether a name is one that the language itself sets. */
    boolean sets(final String variable) {
        for (final String pattern : ignored) {
            if (pattern.endsWith("*") ? variable.startsWith(pattern.substring(0, pattern.length() - 1))
                    : variable.equals(pattern)) {
                return true;
            }
        }
        return false;
    }
}
