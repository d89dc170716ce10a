package io.envcli.engine.dialect;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What duplicates are, in the plainest way: names that a set has already. */
final class PlainNames {
    private PlainNames() {}

    /** The entries, from 1, whose name stands before them as well. Empty names are rejected, and duplicates of nothing. */
    static List<Integer> duplicates(final List<String> names) {
        final Set<String> set = new HashSet<>();
        final List<Integer> duplicates = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            if (!names.get(i).isEmpty() && !set.add(names.get(i))) {
                duplicates.add(i + 1);
            }
        }
        return duplicates;
    }

    /** The names in order, each with a value of its own, each ended by a character. */
    static byte[] text(final List<String> names, final char end) {
        final StringBuilder text = new StringBuilder();
        for (int i = 0; i < names.size(); i++) {
            text.append(names.get(i)).append('=').append(i).append(end);
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The lines or entries that a parser calls duplicates, in the order in which it does. */
    static List<Integer> found(final TextParser parser, final byte[] text) {
        final Diagnostics diagnostics = new Diagnostics(1 << 20);
        parser.parse(text, diagnostics, (buffer, name, nameLength, value, valueLength, line) -> {});
        final List<Integer> lines = new ArrayList<>();
        for (int i = 0; i < diagnostics.size(); i++) {
            final Diagnostic diagnostic = diagnostics.get(i);
            if (diagnostic.reason() == Reason.DUPLICATE) {
                lines.add(diagnostic.line());
            }
        }
        return lines;
    }
}
