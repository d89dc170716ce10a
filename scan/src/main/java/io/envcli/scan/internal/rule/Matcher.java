package io.envcli.scan.internal.rule;

import io.envcli.scan.Use;
import io.envcli.scan.internal.rule.Match.Binding;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Applies the rules of a language to a file, at the places where their anchors stand. The first rule of an anchor that
 * matches, and names what may be a variable, is the one that counts.
 *
 * <p>Threading: one thread at a time.
 */
final class Matcher {
    /** Windows has {@code ProgramFiles(x86)}. */
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]{0,249}(\\(x86\\))?");
    private static final Pattern SCREAMING = Pattern.compile("[A-Z][A-Z0-9_]*");
    private static final Pattern SETTING = Pattern.compile("[A-Za-z_][A-Za-z0-9_.]*(:[A-Za-z0-9_.]+)+");
    /** A parameter with its type, or a word of a sentence: no expression. */
    private static final Pattern DECLARATION = Pattern
            .compile("(?s).*[A-Za-z0-9_>*&]\\s*[ *&]\\s*[A-Za-z_][A-Za-z0-9_]*(\\s*=.*)?|.*:\\s*&?[A-Za-z]+");
    private static final Pattern OPERATORS = Pattern.compile("(?s).*[-+(\\[\"'`?|].*|(new|await|not|typeof) .*");
    private static final int MOST_CLOSING = 3;

    private final Language language;
    private final Source source;
    private final List<Found> found = new ArrayList<>();
    private final List<Match.NamedFile> files = new ArrayList<>();
    /** Whether the strings of the file have been taken: once is enough. */
    private boolean hasStrings;
    /** Where anchors stand: their offset, and the number of the anchor in the lower half. */
    private long[] places = new long[16];
    private int placeCount;

    Matcher(final Language language, final Source source) {
        this.language = language;
        this.source = source;
    }

    /** Whether there is a place where a rule may match; needs no mask. */
    boolean hasPlaces() {
        language.search().forEach(source.text().bytes(), source.text().length(), (anchor, offset) -> {
            for (final Rule rule : language.rules(anchor)) {
                if (isInUse(rule)) {
                    places = placeCount == places.length ? Arrays.copyOf(places, 2 * placeCount) : places;
                    places[placeCount++] = ((long) offset << Integer.SIZE) | anchor;
                    return;
                }
            }
        });
        return placeCount > 0;
    }

    /** All uses of a file, in order, those of its own variables left out; asked for once, after {@link #hasPlaces}. */
    List<Found> all() {
        for (int i = 0; i < placeCount; i++) {
            at((int) places[i], (int) (places[i] >>> Integer.SIZE));
        }
        found.sort(Comparator.comparingInt(Found::offset));
        final Map<String, Integer> own = ownVariables();
        final Set<String> known = known();
        final Map<Integer, Found> uses = new LinkedHashMap<>();
        for (final Found use : found) {
            final boolean isOwn = use.kind() == null || (use.kind() == Use.Kind.READ
                    && use.offset() > own.getOrDefault(use.name(), Integer.MAX_VALUE));
            if (!isOwn && !(use.rule().takesStrings() && known.contains(use.name()))) {
                uses.merge(use.offset(), use, Matcher::better);
            }
        }
        return List.copyOf(uses.values());
    }

    /** What a string need not name any more: variables that other rules have found, and their defaults, which are values. */
    private Set<String> known() {
        final Set<String> known = new HashSet<>();
        for (final Found use : found) {
            if (!use.rule().takesStrings()) {
                known.add(use.name());
                known.add(String.valueOf(use.defaultValue()));
            }
        }
        return known;
    }

    /** Two rules may find the same, and one of them know more. */
    private static Found better(final Found known, final Found other) {
        final boolean isMore = known.rule().takesStrings()
                || (known.defaultValue() == null && other.defaultValue() != null);
        return isMore ? other : known;
    }

    /** The files of definitions that the file names; asked for after {@link #all}. */
    List<Match.NamedFile> files() {
        return files;
    }

    /**
     * From names that the file itself sets to the place from which on they are its own: anywhere, since a function may stand
     * above what sets the variables it reads; but where the assignment reads the old value, after that.
     */
    private Map<String, Integer> ownVariables() {
        final Map<String, Integer> own = new HashMap<>();
        if (language.hasFlag("locals")) {
            for (int i = 0; i < found.size(); i++) {
                final Found use = found.get(i);
                if (use.kind() == null || use.kind() == Use.Kind.DEFINITION || use.rule().has("own")) {
                    final int end = statementEnd(use.end());
                    own.merge(use.name(), use.rule().has("own") || readsItself(i, end) ? end : -1, Math::min);
                }
            }
        }
        return own;
    }

    private boolean readsItself(final int assignment, final int end) {
        for (int i = assignment + 1; i < found.size() && found.get(i).offset() < end; i++) {
            if (found.get(i).kind() == Use.Kind.READ && found.get(i).name().equals(found.get(assignment).name())) {
                return true;
            }
        }
        return false;
    }

    private int statementEnd(final int from) {
        if (source.at(from) != '=') {
            return from;
        }
        int i = from;
        while (i < source.text().length() && source.at(i) != '\n' && source.at(i) != ';') {
            i++;
        }
        return i;
    }

    private boolean isInUse(final Rule rule) {
        return rule.when() == null || source.first(rule.when()) >= 0;
    }

    private void at(final int anchor, final int offset) {
        for (final Rule rule : language.rules(anchor)) {
            if (applies(rule, offset)) {
                final Match match = new Match(language, source, rule);
                final int end = match.at(offset);
                if (end != Match.NO && take(rule, match, end)) {
                    return;
                }
            }
        }
    }

    private boolean applies(final Rule rule, final int offset) {
        final String line = rule.attribute("line");
        final String under = rule.attribute("under");
        return isInUse(rule) && !(hasStrings && rule.takesFile()) && (line == null || source.isInLine(offset, line))
                && (under == null || source.isUnder(offset, under));
    }

    /** Takes what a match names; false if that is no name of a variable, so that another rule may match. */
    private boolean take(final Rule rule, final Match match, final int end) {
        for (final Binding binding : match.bindings()) {
            final String name = binding.name().startsWith("\0") ? prefix(rule) + binding.name().substring(1)
                    : binding.name();
            if (binding.isUnknown() || isVariable(rule, name)) {
                found.add(new Found(binding.start(), binding.end(), rule,
                        binding.isUnknown() ? Use.Kind.UNKNOWN : Use.Kind.READ, name,
                        need(rule, binding.defaultValue()), binding.defaultValue()));
            }
        }
        files.addAll(match.files());
        hasStrings |= rule.takesFile();
        if (match.nameStart() == Match.NO) {
            return !rule.takesStrings();
        }
        if (match.isExpression()) {
            unknown(rule, match);
            return true;
        }
        final String written = source.text().string(match.nameStart(), match.nameEnd());
        if (!isVariable(rule, written) || language.sets(written) || (rule.has("line-end") && !source.isLineEnd(end))) {
            return false;
        }
        final String defaultValue = defaultValue(rule, match, end);
        found.add(new Found(match.nameStart(), match.nameEnd(), rule, kind(rule, end), name(rule, written),
                need(rule, defaultValue), defaultValue));
        return true;
    }

    private void unknown(final Rule rule, final Match match) {
        final String text = Values.line(source.text().string(match.nameStart(), match.nameEnd()));
        if (DECLARATION.matcher(text).matches() && !OPERATORS.matcher(text).matches()) {
            return;
        }
        found.add(new Found(match.nameStart(), match.nameEnd(), rule, Use.Kind.UNKNOWN, text,
                Use.Need.REQUIRED, null));
    }

    private boolean isVariable(final Rule rule, final String name) {
        final String form = rule.attribute("name");
        if ("colon".equals(form)) {
            return SETTING.matcher(name).matches();
        }
        if ("snake".equals(form)) {
            return SCREAMING.matcher(name).matches() && name.indexOf('_') > 0;
        }
        if ("screaming".equals(form)) {
            return SCREAMING.matcher(name).matches();
        }
        return VARIABLE.matcher(name).matches();
    }

    private String name(final Rule rule, final String written) {
        final String form = rule.attribute("name");
        if ("colon".equals(form)) {
            return written.replace(":", "__");
        }
        if ("upper".equals(form)) {
            return prefix(rule) + written.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
        }
        return prefix(rule) + written;
    }

    /** What stands before every name: said by the rule, or by the file, after a text that the rule names. */
    private String prefix(final Rule rule) {
        final String fixed = rule.attribute("prefix");
        if (fixed != null) {
            return fixed;
        }
        final String said = rule.attribute("prefix-after");
        final int at = said == null ? -1 : source.first(said);
        if (said == null || at < 0) {
            return "";
        }
        int open = source.skip(at + said.length());
        open = source.at(open) == '=' || source.at(open) == '(' || source.at(open) == ':' ? source.skip(open + 1)
                : open;
        if (source.stringEnd(open) == open) {
            return "";
        }
        final String text = source.text().string(source.contentStart(open), source.contentEnd(open))
                .toUpperCase(Locale.ROOT);
        return rule.has("joined") ? text + "_" : text;
    }

    private Use.@Nullable Kind kind(final Rule rule, final int end) {
        final String kind = rule.attribute("kind");
        if (kind != null) {
            return kind.equals("set") ? Use.Kind.DEFINITION : null;
        }
        final int next = source.skip(end);
        final boolean isAssigned = language.hasFlag("assign") && source.at(next) == '=' && source.isCode(next)
                && "=>~".indexOf(source.at(next + 1)) < 0;
        return isAssigned ? Use.Kind.DEFINITION : Use.Kind.READ;
    }

    private static Use.Need need(final Rule rule, final @Nullable String defaultValue) {
        if (defaultValue != null) {
            return Use.Need.DEFAULT;
        }
        return rule.has("optional") ? Use.Need.OPTIONAL : Use.Need.REQUIRED;
    }

    private @Nullable String defaultValue(final Rule rule, final Match match, final int end) {
        if (match.defaultStart() != Match.NO) {
            return Values.of(source, match.defaultStart(), match.defaultEnd());
        }
        if (rule.has("kind") || rule.has("no-fallback")) {
            return null;
        }
        if (rule.has("block-default")) {
            return blockDefault(end);
        }
        final String after = rule.attribute("default-after");
        return after == null ? fallback(end) : tagged(end, after);
    }

    /** In the block that begins here: what stands after {@code default =}. */
    private @Nullable String blockDefault(final int open) {
        int depth = 1;
        for (int i = open; i < source.text().length() && i < open + Source.REACH && depth > 0; i++) {
            if (source.isCode(i)) {
                depth += source.at(i) == '{' ? 1 : source.at(i) == '}' ? -1 : 0;
                if (depth == 1 && source.text().startsWith("default", i)) {
                    final int equals = source.skip(i + "default".length());
                    final int start = source.skip(equals + 1);
                    final int end = source.expressionEnd(start, true);
                    if (source.at(equals) == '=' && end > start) {
                        return Values.of(source, start, end);
                    }
                }
            }
        }
        return null;
    }

    /** In the same string, after a text, up to a quote. */
    private @Nullable String tagged(final int end, final String after) {
        final int limit = source.text().lineEnd(end);
        final int at = source.text().indexOf(after, source.text().lineStart(end), limit);
        final int close = at < 0 ? -1 : source.text().indexOf("\"", at + after.length(), limit);
        return close < 0 ? null : source.text().string(at + after.length(), close);
    }

    /** What the language has for "if there is none", after the match and the brackets that close around it. */
    private @Nullable String fallback(final int end) {
        int at = end;
        for (int closing = 0; closing <= MOST_CLOSING; closing++) {
            at = source.skip(at);
            while (source.at(at) == '!' && source.at(at + 1) != '=') {
                at = source.skip(at + 1);
            }
            for (final Rule fallback : language.fallbacks()) {
                final Match match = new Match(language, source, fallback);
                if (match.forwards(at, 0) != Match.NO) {
                    return Values.of(source, match.defaultStart(), match.defaultEnd());
                }
            }
            at = afterClosing(at);
            if (at == Match.NO) {
                return null;
            }
        }
        return null;
    }

    /** After {@code )} or {@code , 10)}. */
    private int afterClosing(final int at) {
        int i = at;
        if (source.at(i) == ',') {
            i = source.skip(i + 1);
            while (source.at(i) >= '0' && source.at(i) <= '9') {
                i++;
            }
        }
        return source.at(i) == ')' ? i + 1 : Match.NO;
    }
}
