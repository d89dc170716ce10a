package io.envcli.scan.internal.rule;

import io.envcli.scan.internal.rule.Match.Binding;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The fields of a Python settings class, whose names in upper case are variables: {@code port: int = 8080}. A field may name
 * its variable itself: {@code Field(..., env="PORT")} or {@code validation_alias="PORT"}.
 */
final class Fields {
    private static final Pattern FIELD = Pattern
            .compile("([A-Za-z][A-Za-z0-9_]*)\\s*:[^=#]*(?:=\\s*([^#]*?))?\\s*(?:#.*)?");
    private static final Pattern NAMED = Pattern
            .compile("Field\\(.*\\b(?:env|alias|validation_alias)\\s*=\\s*[\"']([A-Za-z_][A-Za-z0-9_]*)[\"'].*");
    private static final Pattern FIELD_DEFAULT = Pattern.compile("Field\\(\\s*(?:default\\s*=\\s*)?([^,=)]+)[,)].*");
    private static final int MOST_LINES = 400;
    private static final int LONGEST_FIELD = 500;

    private Fields() {}

    /** Reads them; false if no class begins in this line. */
    static boolean parse(final Source source, final int head, final List<Binding> into) {
        final var text = source.text();
        final int classLine = text.lineStart(head);
        final int indentation = indentation(source, classLine);
        if (!text.startsWith("class ", classLine + indentation)) {
            return false;
        }
        int body = 0;
        int line = text.lineEnd(head) + 1;
        for (int i = 0; i < MOST_LINES && line < text.length(); i++) {
            final int here = indentation(source, line);
            final int start = line + here;
            final int end = text.lineEnd(line);
            final boolean isCode = start < end && source.isCode(start) && source.at(start) != '\r';
            if (isCode && here <= indentation) {
                break;
            }
            body = isCode && body == 0 ? here : body;
            if (isCode && here == body) {
                field(source, start, Math.min(end, start + LONGEST_FIELD), into);
            }
            line = end + 1;
        }
        return !into.isEmpty();
    }

    private static int indentation(final Source source, final int line) {
        int i = line;
        while (source.at(i) == ' ' || source.at(i) == '\t') {
            i++;
        }
        return i - line;
    }

    private static void field(final Source source, final int start, final int end, final List<Binding> into) {
        final Matcher field = FIELD.matcher(source.text().string(start, end).strip());
        if (!field.matches() || field.group(1).equals("model_config") || field.group(1).equals("class")) {
            return;
        }
        final String value = field.group(2);
        if (value != null && value.contains("AliasChoices(")) {
            return; // its name is none, and its aliases are on their own
        }
        final Matcher named = NAMED.matcher(value == null ? "" : value);
        final boolean isNamed = named.matches();
        final String name = isNamed ? named.group(1) : "\0" + field.group(1).toUpperCase(Locale.ROOT);
        into.add(new Binding(start, start + field.group(1).length(), name, false, value == null ? null : value(value)));
    }

    private static @org.jspecify.annotations.Nullable String value(final String expression) {
        String text = expression;
        if (text.startsWith("Field(")) {
            final Matcher given = FIELD_DEFAULT.matcher(text);
            if (!given.matches() || given.group(1).strip().equals("...")) {
                return null;
            }
            text = given.group(1).strip();
        }
        final boolean quoted = text.length() > 1 && (text.charAt(0) == '"' || text.charAt(0) == '\'')
                && text.charAt(text.length() - 1) == text.charAt(0);
        return quoted ? text.substring(1, text.length() - 1) : Values.line(text);
    }
}
