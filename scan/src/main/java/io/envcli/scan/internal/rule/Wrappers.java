package io.envcli.scan.internal.rule;

import io.envcli.scan.internal.text.Text;
import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * Finds wrappers, and makes the rules that find their callers: through one level, with names resolved as names, so that a
 * file that defines a function of the same name itself means its own.
 *
 * <p>Threading: immutable once made.
 */
public final class Wrappers {
    private static final int FURTHEST = 2_000;
    private static final int LONGEST_HEAD = 500;
    /** So many places of a name are looked at for its definition. */
    private static final int MOST_LOOKS = 100;
    private static final Pattern IDENTIFIER = Pattern.compile("[$&*]?[A-Za-z_][A-Za-z0-9_]*");
    private static final Pattern DEFAULT = Pattern.compile("(?i).*(def|fallback|dflt|otherwise|alternative).*");
    private static final Pattern RECEIVER = Pattern.compile("(?:&?(?:mut )?self|cls|this)\\b[^,]*");

    /** What looks like the head of a function, and is none. */
    private static final String KEYWORDS = " if for while switch catch return function foreach elif with match when unless "
            + "synchronized using lock fixed ";

    private final Map<String, Language> languages = new HashMap<>();
    /** From language and name to the files that define the wrapper. */
    private final Map<String, TreeSet<String>> files = new TreeMap<>();
    private final long hash;

    /**
     * Makes the rules for the callers of wrappers.
     *
     * @param all     the languages.
     * @param wrapped what was found in the tree, in any order.
     */
    public Wrappers(final Languages all, final List<Wrapper> wrapped) {
        final Map<String, Map<String, Boolean>> names = new TreeMap<>();
        for (final Wrapper wrapper : wrapped.stream().sorted(Comparator.comparing(Wrapper::file)).toList()) {
            names.computeIfAbsent(wrapper.language(), language -> new LinkedHashMap<>()).merge(wrapper.name(),
                    wrapper.hasDefault(), Boolean::logicalOr);
            files.computeIfAbsent(wrapper.language() + " " + wrapper.name(), key -> new TreeSet<>())
                    .add(wrapper.file());
        }
        final String text = names + "\n" + files;
        final CRC32C crc = new CRC32C();
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        hash = (crc.getValue() << Integer.SIZE) | (text.hashCode() & 0xFFFFFFFFL);
        names.forEach((language, functions) -> languages.put(language, all.named(language).with(rules(functions))));
    }

    /** {@return a hash of all that callers depend on: functions, their defaults, and the files that define them} */
    public long hash() {
        return hash;
    }

    /** {@return whether there is any} */
    public boolean isEmpty() {
        return languages.isEmpty();
    }

    /**
     * The rules that find callers.
     *
     * @param language of a file.
     * @return the language with no other rules; null if it has no wrapper.
     */
    public @Nullable Language callers(final Language language) {
        return languages.get(language.name());
    }

    private static List<Rule> rules(final Map<String, Boolean> functions) {
        final List<Rule> rules = new ArrayList<>();
        functions.forEach((name, hasDefault) -> {
            final List<String> attributes = new ArrayList<>(List.of("name=screaming", "anchor=" + name));
            // Of an object or a module: only where the name itself speaks of the environment.
            if (name.toLowerCase(Locale.ROOT).contains("env")) {
                attributes.add("member");
            }
            rules.add(new Rule(name + "()", attributes, name + "(<string>)"));
            rules.add(new Rule(name + "()", attributes,
                    name + (hasDefault ? "(<string>, <default>)" : "(<string>, <any>)")));
            rules.add(new Rule(name + "()", attributes, name + "(<string>, <any>, <any>)"));
        });
        return rules;
    }

    /**
     * Whether a file that calls a function of a wrapper's name means another function: one that it defines itself.
     *
     * @param language of the file.
     * @param function its name.
     * @param file     that calls it.
     * @param text     of that file.
     * @return whether it does.
     */
    boolean isShadowed(final Language language, final String function, final String file, final Text text) {
        final TreeSet<String> defining = files.get(language.name() + " " + function);
        if (defining == null || defining.contains(file)) {
            return false;
        }
        int looks = 0;
        for (int at = text.indexOf(function, 0); at >= 0 && looks < MOST_LOOKS; at = text.indexOf(function, at + 1)) {
            looks++;
            final String line = text.string(text.lineStart(at), Math.min(text.length(), at + LONGEST_HEAD));
            for (final Pattern head : language.heads()) {
                final Matcher matcher = head.matcher(line);
                if (matcher.find() && function.equals(matcher.group("name"))) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The wrapper around a read of unknown name; null if its name is no parameter of the function it stands in. */
    static @Nullable Wrapper around(final Language language, final String file, final Source source, final Found read) {
        if (!IDENTIFIER.matcher(read.name()).matches()) {
            return null;
        }
        final int from = Math.max(0, read.offset() - FURTHEST);
        final String before = new String(source.text().bytes(), from, read.offset() - from,
                StandardCharsets.ISO_8859_1);
        Wrapper nearest = null;
        int nearestStart = -1;
        for (final Pattern head : language.heads()) {
            final Matcher matcher = head.matcher(before);
            while (matcher.find()) {
                final String name = matcher.group("name");
                final List<String> parameters = parameters(matcher.group("parameters"));
                if (matcher.start() > nearestStart && source.isCode(from + matcher.start("name"))
                        && !KEYWORDS.contains(" " + name + " ") && !parameters.isEmpty()
                        && encloses(language, source, from + matcher.start(), from + matcher.end(), read.offset())) {
                    nearestStart = matcher.start();
                    nearest = isNamed(parameters.getFirst(), read.name()) ? new Wrapper(language.name(), name, file,
                            parameters.size() > 1 && DEFAULT.matcher(parameters.get(1)).matches()) : null;
                }
            }
        }
        return nearest;
    }

    private static List<String> parameters(final String text) {
        final List<String> parameters = new ArrayList<>();
        for (final String part : text.split(",", -1)) {
            if (!part.isBlank() && !(parameters.isEmpty() && RECEIVER.matcher(part.strip()).matches())) {
                parameters.add(part.strip());
            }
        }
        return parameters;
    }

    private static boolean isNamed(final String parameter, final String name) {
        return Pattern.compile("(?<![A-Za-z0-9_])" + Pattern.quote(name.replaceFirst("^[&*]", "")) + "(?![A-Za-z0-9_])")
                .matcher(parameter).find();
    }

    /** Whether a function that begins somewhere has not ended where something stands. */
    private static boolean encloses(final Language language, final Source source, final int start, final int headEnd,
            final int at) {
        if (language.hasFlag("indented")) {
            return source.isIndentedBelow(start, headEnd, at);
        }
        int depth = source.at(headEnd - 1) == '{' ? 1 : 0;
        boolean opened = depth > 0;
        for (int i = headEnd; i < at; i++) {
            if (source.isCode(i)) {
                depth += source.at(i) == '{' ? 1 : source.at(i) == '}' ? -1 : 0;
                opened |= depth > 0;
                // Without braces a function is one expression.
                if (depth < 0 || (opened && depth == 0) || (!opened && source.at(i) == ';')) {
                    return false;
                }
            }
        }
        return true;
    }
}
