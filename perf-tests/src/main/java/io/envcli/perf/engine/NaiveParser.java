package io.envcli.perf.engine;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Enough of a dotenv parser for bulk text: one variable a line, perhaps in quotes, no escapes and no comments. */
final class NaiveParser {
    private NaiveParser() {}

    /** {@return names and values in order} */
    static List<Map.Entry<String, String>> parse(final byte[] text) {
        final List<Map.Entry<String, String>> variables = new ArrayList<>();
        new String(text, StandardCharsets.UTF_8).lines().forEach(line -> {
            final int equals = line.indexOf('=');
            final String value = line.substring(equals + 1);
            final boolean quoted = value.length() > 1 && (value.charAt(0) == '"' || value.charAt(0) == '\'')
                    && value.charAt(value.length() - 1) == value.charAt(0);
            variables.add(Map.entry(line.substring(0, equals),
                    quoted ? value.substring(1, value.length() - 1) : value));
        });
        return variables;
    }
}
