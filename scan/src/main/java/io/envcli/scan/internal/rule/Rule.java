package io.envcli.scan.internal.rule;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One line of a table: {@code rule ID | ATTRIBUTES | PATTERN}. {@code README} beside the tables lists them.
 *
 * <p>Threading: immutable.
 */
final class Rule {
    private final String id;
    private final List<Element> elements;
    private final Map<String, String> attributes = new HashMap<>();
    private final int anchor;

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

    /** Which element that is. */
    int anchor() {
        return anchor;
    }

    String id() {
        return id;
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
