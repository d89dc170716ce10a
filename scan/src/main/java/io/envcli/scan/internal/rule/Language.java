package io.envcli.scan.internal.rule;

import io.envcli.scan.internal.text.Syntax;

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
 * The table of one language. Threading: immutable once read.
 */
public final class Language {
    private final String name;
    private final Syntax syntax;
    /** From the name of a type of files, as {@code --type} has it, to its globs. */
    private final Map<String, List<String>> types = new LinkedHashMap<>();
    private final List<String> interpreters = new ArrayList<>();
    private final List<String> probes = new ArrayList<>();
    private final List<Rule> fallbacks = new ArrayList<>();
    /** In the order of the table, by what they look for. */
    private final Map<String, List<Rule>> rules = new TreeMap<>();
    private final List<String> flags = new ArrayList<>();
    private final List<String> ignored = new ArrayList<>();
    private final List<Pattern> heads = new ArrayList<>();
    /** What the search finds: the rules of each anchor, in the order of the table. */
    private List<List<Rule>> byAnchor = List.of();
    private AnchorSearch search = new AnchorSearch(List.of(), true);
    private Prefilter prefilter = new Prefilter(List.of());

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
        language.prepare();
        return language;
    }

    /** The same language with other rules. */
    Language with(final List<Rule> others) {
        final Language language = new Language(name, syntax);
        language.fallbacks.addAll(fallbacks);
        language.flags.addAll(flags);
        language.heads.addAll(heads);
        others.forEach(language::add);
        language.prepare();
        return language;
    }

    private void prepare() {
        byAnchor = rules.values().stream().map(List::copyOf).toList();
        search = new AnchorSearch(List.copyOf(rules.keySet()), true);
        prefilter = new Prefilter(rules.values().stream().flatMap(List::stream)
                .map(rule -> rule.needed(hasFlag("tight"))).toList());
    }

    private void add(final Rule rule) {
        rules.computeIfAbsent(rule.anchorText(), anchor -> new ArrayList<>()).add(rule);
    }

    private void line(final String line) {
        if (line.isBlank() || line.startsWith("# ")) {
            return;
        }
        final String[] parts = line.strip().split("\\s+", 2);
        final List<String> words = parts.length == 1 ? List.of() : List.of(parts[1].split("\\s+"));
        switch (parts[0]) {
            case "rule" -> {
                final String[] fields = parts[1].split(" *\\| ?", 3);
                final List<String> attributes = fields[1].isBlank() ? List.of()
                        : Arrays.asList(fields[1].strip().split(" +"));
                add(new Rule(fields[0].strip(), attributes, fields[2].strip()));
            }
            case "fallback" -> fallbacks.add(new Rule("fallback", List.of(), parts[1]));
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
        return fallbacks;
    }

    /** The rules of an anchor that the search has found. */
    List<Rule> rules(final int anchor) {
        return byAnchor.get(anchor);
    }

    /** What at least one rule needs to match. */
    Prefilter prefilter() {
        return prefilter;
    }

    AnchorSearch search() {
        return search;
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
