package io.envcli.scan.internal.rule;

import io.envcli.scan.internal.rule.Match.Binding;
import io.envcli.scan.internal.text.Mask;

import java.util.List;

/**
 * The plain strings of a module that is known as settings, or of a class where indentation shows its end: those that may name a
 * variable. A beginning of names, and a value that something is compared with, are none.
 */
final class SettingStrings {
    private static final int LONGEST = 250;
    private static final int MOST_LINES = 400;

    private SettingStrings() {}

    /** Reads those of the whole file. */
    static void ofFile(final Source source, final List<Binding> into) {
        parse(source, 0, source.text().length(), into);
    }

    /** Reads those of the class whose head ends here; false if none does. */
    static boolean ofClass(final Source source, final int head, final List<Binding> into) {
        final int line = source.text().lineStart(head);
        if (!source.text().startsWith("class ", line + source.indentation(line))) {
            return false;
        }
        int end = source.text().lineEnd(head);
        for (int i = 0; i < MOST_LINES && end < source.text().length()
                && source.isIndentedBelow(line, end, end + 1); i++) {
            end = source.text().lineEnd(end + 1);
        }
        parse(source, head, Math.min(end, head + MOST_LINES * LONGEST), into);
        return true;
    }

    private static void parse(final Source source, final int from, final int to, final List<Binding> into) {
        for (int i = from; i < to; i++) {
            final int end = source.mask(i) == Mask.OPEN ? source.stringEnd(i) : i;
            if (end > i) {
                final int start = source.contentStart(i);
                final int contentEnd = source.contentEnd(i);
                if (contentEnd - start <= LONGEST && isCapital(source.at(start)) && source.at(contentEnd - 1) != '_'
                        && !isCompared(source, i, end)) {
                    into.add(new Binding(start, contentEnd, source.text().string(start, contentEnd), false, null));
                }
                i = end - 1;
            }
        }
    }

    private static boolean isCapital(final byte c) {
        return c >= 'A' && c <= 'Z';
    }

    private static boolean isCompared(final Source source, final int open, final int end) {
        final int before = source.skipBack(open);
        final int after = source.skip(end);
        return isComparison(source, before - 2) || isComparison(source, after)
                || source.wordBefore(open).equals("case");
    }

    private static boolean isComparison(final Source source, final int at) {
        return source.at(at + 1) == '=' && (source.at(at) == '=' || source.at(at) == '!');
    }
}
