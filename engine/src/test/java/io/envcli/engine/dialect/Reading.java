package io.envcli.engine.dialect;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a parser made of a text: variables in order, and everything it reported, for tests to compare. */
record Reading(List<Variable> variables, List<Diagnostic> diagnostics) {
    private static final int PLENTY = 10_000;

    /** One variable; bytes as ISO 8859-1, so that nothing is lost. */
    record Variable(String name, String value, int line) {
        @Override
        public String toString() {
            return "line " + line + " " + name + "=" + value.replace("\r", "<CR>").replace("\n", "<LF>");
        }
    }

    /** Reads text in a dialect, in slabs of the usual size. */
    static Reading of(final Dialect dialect, final byte[] text) {
        try (TextParser parser = new TextParser(dialect)) {
            return of(parser, text);
        }
    }

    static Reading of(final Dialect dialect, final String text) {
        return of(dialect, text.getBytes(StandardCharsets.UTF_8));
    }

    static Reading of(final TextParser parser, final byte[] text) {
        final Diagnostics diagnostics = new Diagnostics(PLENTY);
        final List<Variable> variables = new ArrayList<>();
        parser.parse(text, diagnostics, (buffer, nameOffset, nameLength, valueOffset, valueLength, line) -> {
            final byte[] name = new byte[nameLength];
            buffer.getBytes(nameOffset, name);
            final byte[] value = new byte[valueLength];
            buffer.getBytes(valueOffset, value);
            variables.add(new Variable(new String(name, StandardCharsets.ISO_8859_1),
                    new String(value, StandardCharsets.ISO_8859_1), line));
        });
        return new Reading(variables, diagnostics.toList());
    }

    /** Reads text in slabs that take so many bytes each. */
    static Reading of(final DialectParser parser, final byte[] text, final int textCapacity) {
        try (TextParser whole = new TextParser(parser, textCapacity)) {
            return of(whole, text);
        }
    }

    /** Names and values as a JavaScript object keeps them: each name where it came first, with the value that came last. */
    Map<String, String> object() {
        final Map<String, String> object = new LinkedHashMap<>();
        variables.forEach(v -> object.put(utf8(v.name()), utf8(v.value())));
        return object;
    }

    /** The reports as {@code line:column label}. */
    List<String> reports() {
        return diagnostics.stream().map(d -> d.line() + ":" + d.column() + " " + d.reason().label()).toList();
    }

    private static String utf8(final String bytes) {
        return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }
}
