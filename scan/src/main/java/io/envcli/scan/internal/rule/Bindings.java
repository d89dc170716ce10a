package io.envcli.scan.internal.rule;

import io.envcli.scan.internal.rule.Match.Binding;

import java.util.List;

/**
 * What is between the braces of a destructuring or of an import: {@code A}, {@code B: alias}, {@code C = "default"},
 * {@code 'D': alias}, {@code E as alias}; a rest ({@code ...others}) and a computed key are unknown.
 */
final class Bindings {
    private Bindings() {}

    /** Reads them; false if this is something else. Nothing is added then. */
    static boolean parse(final Source source, final int from, final int to, final List<Binding> into) {
        final int before = into.size();
        int at = source.skip(from);
        while (at < to) {
            final int end = source.expressionEnd(at, false);
            if (end <= at || end > to || !one(source, at, end, into)) {
                into.subList(before, into.size()).clear();
                return false;
            }
            at = source.skip(end);
            if (at < to && source.at(at) != ',') {
                return false;
            }
            at = source.skip(at + 1);
        }
        return true;
    }

    private static boolean one(final Source source, final int from, final int end, final List<Binding> into) {
        int at = from;
        if (source.text().startsWith("...", at) || source.at(at) == '[') {
            into.add(new Binding(at, end, Values.line(source.text().string(at, end)), true, null));
            return true;
        }
        if (source.text().startsWith("type ", at)) {
            at = source.skip(at + 5);
        }
        final int stringEnd = source.stringEnd(at);
        final boolean quoted = stringEnd > at;
        final int start = quoted ? source.contentStart(at) : at;
        final int nameEnd = quoted ? source.contentEnd(at) : source.nameEnd(at);
        if (nameEnd <= start) {
            return false;
        }
        int next = source.skip(quoted ? stringEnd : nameEnd);
        if (next < end && source.at(next) == ':') {
            next = source.skip(source.nameEnd(source.skip(next + 1)));
        } else if (source.text().startsWith("as ", next)) {
            next = source.skip(source.nameEnd(source.skip(next + 3)));
        }
        String defaultValue = null;
        if (next < end) {
            if (source.at(next) != '=') {
                return false;
            }
            defaultValue = Values.of(source, source.skip(next + 1), end);
        }
        into.add(new Binding(start, nameEnd, source.text().string(start, nameEnd), false, defaultValue));
        return true;
    }
}
