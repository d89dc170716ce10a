package io.envcli.scan.internal.rule;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * One line of a table: {@code rule ID | ATTRIBUTES | PATTERN}. {@code README} beside the tables lists them.
 *
 * <p>Threading: immutable.
 */
final class Rule {
    /** A shorter word is too frequent to be looked for. */
    private static final int LONG = 3;
    /** So long a text seldom stands inside another word. */
    private static final int RARE = 8;

    private final String id;
    private final List<Element> elements;
    private final Map<String, String> attributes = new HashMap<>();
    private final int anchor;
    private final @Nullable String when;

    /**
     * Reads a rule.
     *
     * @param id         which users see.
     * @param attributes words, or {@code name=value}.
     * @param pattern    to match.
     * @throws IllegalArgumentException if the pattern has no token to look for.
     */
    Rule(final String id, final List<String> attributes, final String pattern) {
        this.id = id;
        this.elements = Element.parse(pattern);
        for (final String attribute : attributes) {
            final int equals = attribute.indexOf('=');
            this.attributes.put(equals < 0 ? attribute : attribute.substring(0, equals),
                    equals < 0 ? "" : attribute.substring(equals + 1).replace('·', ' '));
        }
        this.anchor = findAnchor();
        this.when = this.attributes.get("when");
    }

    /** The token that the table names, or the longest of those before the first that is none, or of all. */
    private int findAnchor() {
        final String named = attributes.get("anchor");
        int best = -1;
        for (int i = 0; i < elements.size() && (best < 0 || named == null); i++) {
            final String text = elements.get(i).text();
            if (best >= 0 && !elements.get(i).isToken()) {
                break;
            }
            if (elements.get(i).isToken() && (named == null
                    ? best < 0 || text.length() > elements.get(best).text().length()
                    : text.equals(named))) {
                best = i;
            }
        }
        if (best < 0) {
            throw new IllegalArgumentException("rule=" + id + " has no token to look for");
        }
        return best;
    }

    /** What is looked for in the text. */
    String anchorText() {
        return elements.get(anchor).text();
    }

    /**
     * What must stand in a file for the rule to match anywhere: the anchor, with what follows it without a blank, and what
     * the file must have besides, if that is longer, and so long that no other word has it in it.
     *
     * @param isTight whether the language has no blanks between the parts of a pattern.
     */
    Prefilter.Need needed(final boolean isTight) {
        final StringBuilder text = new StringBuilder(anchorText());
        if (isOf("in", "string") || has("tight") || (isTight && !has("spaced"))) {
            for (int i = anchor + 1; i < elements.size() && elements.get(i).isToken()
                    && !elements.get(i).text().equals(")"); i++) { // a comma may stand before that one
                text.append(elements.get(i).text());
            }
        }
        final Prefilter.Literal own = new Prefilter.Literal(text.toString(), true);
        final boolean isRare = when != null && when.length() >= Math.max(text.length(), RARE);
        final List<Prefilter.Literal> others = new ArrayList<>();
        if (isRare) {
            others.add(own);
        }
        for (final Element element : elements) {
            if (element.isToken() && element.text().length() >= LONG) {
                others.add(new Prefilter.Literal(element.text(), true));
            }
        }
        return new Prefilter.Need(isRare ? new Prefilter.Literal(Objects.requireNonNull(when), false) : own, others,
                isRare);
    }

    /** Which element that is. */
    int anchor() {
        return anchor;
    }

    /** What the file must have as well; null if nothing. */
    @Nullable
    String when() {
        return when;
    }

    String id() {
        return id;
    }

    /** Whether it is about the strings of a file or a class, and not about the place where it matches. */
    boolean takesStrings() {
        return takesFile() || elements.getLast().kind() == Element.Kind.BODY;
    }

    /** Whether it is about the strings of the whole file, wherever it matches. */
    boolean takesFile() {
        return elements.getLast().kind() == Element.Kind.STRINGS;
    }

    List<Element> elements() {
        return elements;
    }

    boolean has(final String attribute) {
        return attributes.containsKey(attribute);
    }

    @Nullable
    String attribute(final String name) {
        return attributes.get(name);
    }

    boolean isOf(final String attribute, final String value) {
        return value.equals(attributes.get(attribute));
    }
}
