package io.envcli.scan.internal.rule;

import io.envcli.scan.internal.text.Mask;
import io.envcli.scan.internal.text.Text;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * One try of one rule at one place: what stands before the anchor is matched backwards, what stands after it forwards.
 *
 * <p>Threading: one thread at a time.
 */
final class Match {
    /** An answer of a step: not matched. */
    static final int NO = -1;

    /** Words before the name of a function that is defined here, not called. */
    private static final String DEFINING = " def function func fn fun sub ";

    private final Language language;
    private final Source source;
    private final Rule rule;
    private final boolean isRaw;
    private final boolean isTight;
    private int nameStart = NO;
    private int nameEnd = NO;
    private int defaultStart = NO;
    private int defaultEnd = NO;
    private boolean isExpression;
    private final List<Binding> bindings = new ArrayList<>();
    private final List<NamedFile> files = new ArrayList<>();

    /** One of several variables that a match names. */
    record Binding(int start, int end, String name, boolean isUnknown, @Nullable String defaultValue) {}

    /** A file of definitions that a match names. */
    record NamedFile(String path, boolean isRequired) {}

    Match(final Language language, final Source source, final Rule rule) {
        this.language = language;
        this.source = source;
        this.rule = rule;
        this.isRaw = rule.isOf("in", "string");
        this.isTight = isRaw || rule.has("tight") || (language.hasFlag("tight") && !rule.has("spaced"));
    }

    int nameStart() {
        return nameStart;
    }

    int nameEnd() {
        return nameEnd;
    }

    int defaultStart() {
        return defaultStart;
    }

    int defaultEnd() {
        return defaultEnd;
    }

    boolean isExpression() {
        return isExpression;
    }

    List<Binding> bindings() {
        return bindings;
    }

    List<NamedFile> files() {
        return files;
    }

    /** Tries it; the end of what matched, or {@link #NO}. */
    int at(final int anchorOffset) {
        final List<Element> elements = rule.elements();
        final Element anchor = elements.get(rule.anchor());
        if (!isToken(anchor.text(), anchorOffset)) {
            return NO;
        }
        int at = anchorOffset;
        for (int i = rule.anchor() - 1; i >= 0 && at != NO; i--) {
            at = back(elements.get(i), at);
        }
        if (at == NO || !mayBegin(at)) {
            return NO;
        }
        if (rule.has("command") && !source.isCommandStart(at)) {
            return NO;
        }
        return forwards(anchorOffset + anchor.text().length(), rule.anchor() + 1);
    }

    /** Matches the elements from one on. */
    int forwards(final int from, final int first) {
        final List<Element> elements = rule.elements();
        int at = from;
        for (int i = first; i < elements.size() && at != NO; i++) {
            at = forward(elements.get(i), isTight ? at : source.skip(at), i == elements.size() - 1);
        }
        return at;
    }

    private boolean mayBegin(final int at) {
        final String text = rule.elements().getFirst().text();
        if (text.equals("$") && (source.at(at - 1) == '$' || (source.at(at - 1) == '\\' && !isRaw))) {
            return false; // a dollar that stands for itself
        }
        if (isRaw || text.isEmpty() || !Element.isWord(text.charAt(0))) {
            return !rule.has("word") || source.at(at - 1) <= ' ' || "\"';(&|{".indexOf(source.at(at - 1)) >= 0;
        }
        final byte before = source.at(at - 1);
        return !DEFINING.contains(" " + source.wordBefore(at) + " ") && (before != '.' || rule.has("member"))
                && before != '$'
                && (before != '>' || source.at(at - 2) != '-');
    }

    /** A word is matched as a whole, so that {@code env} is not found in {@code envelope}. */
    private boolean isToken(final String token, final int at) {
        if (!source.text().startsWith(token, at) || (!isRaw && !source.isCode(at))
                || (isRaw && source.mask(at) != Mask.STRING)) {
            return false;
        }
        return !(Element.isWord(token.charAt(0)) && Text.isNamePart(source.at(at - 1)))
                && !(Element.isWord(token.charAt(token.length() - 1))
                        && Text.isNamePart(source.at(at + token.length())));
    }

    private int back(final Element element, final int from) {
        final int at = isTight ? from : source.skipBack(from);
        return switch (element.kind()) {
            case TOKEN -> backToken(element.text(), at);
            case LINE -> isLineStart(from) ? from : NO;
            case NAME -> backName(at);
            case STRING -> backString(at);
            case BINDINGS -> {
                final int open = source.openingOf(from);
                yield open != NO && Bindings.parse(source, open + 1, from, bindings) ? open + 1 : NO;
            }
            default -> NO;
        };
    }

    private int backToken(final String token, final int end) {
        final int at = end - token.length();
        if (token.equals(".") && isToken("?.", end - 2) && language.hasFlag("chaining")) {
            return end - 2;
        }
        return at >= 0 && isToken(token, at) ? at : NO;
    }

    private boolean isLineStart(final int at) {
        for (int i = at - 1; i >= 0 && source.at(i) != '\n'; i--) {
            if (!Source.isBlank(source.at(i))) {
                return false;
            }
        }
        return true;
    }

    private int backString(final int end) {
        int at = end;
        while (source.mask(at - 1) == Mask.CLOSE) {
            at--;
        }
        nameEnd = at;
        while (source.mask(at - 1) == Mask.STRING && end - at < Source.REACH) {
            at--;
        }
        nameStart = at;
        while (source.mask(at - 1) == Mask.OPEN) {
            at--;
        }
        return source.stringEnd(at) == end && end > at ? at : NO;
    }

    private int backName(final int end) {
        int at = end;
        while (at > 0 && Text.isNamePart(source.at(at - 1)) && end - at < 255) {
            at--;
        }
        if (at == end || source.nameEnd(at) != end || !source.isCode(at)) {
            return NO;
        }
        nameStart = at;
        nameEnd = end;
        return at;
    }

    private int forward(final Element element, final int at, final boolean isLast) {
        return switch (element.kind()) {
            case TOKEN -> forwardToken(element.text(), at);
            case NAME -> name(at, source.nameEnd(at), source.nameEnd(at));
            case STRING -> name(source.contentStart(at), source.contentEnd(at), source.stringEnd(at));
            case DEFAULT -> {
                defaultStart = at;
                defaultEnd = source.expressionEnd(at, isLast);
                yield defaultEnd > at ? defaultEnd : NO;
            }
            case EXPRESSION -> {
                final int end = source.expressionEnd(at, isLast);
                isExpression = true;
                yield end > at && source.stringEnd(at) != end ? name(at, end, end) : NO;
            }
            case ANY -> {
                final int end = source.expressionEnd(at, isLast);
                yield end > at ? end : NO;
            }
            case TEXT -> text(at);
            case BINDINGS -> {
                final int close = closingOf(at);
                yield close != NO && Bindings.parse(source, at, close, bindings) ? close : NO;
            }
            case FIELDS -> Fields.parse(source, at, bindings) ? at : NO;
            case STRINGS -> {
                SettingStrings.ofFile(source, bindings);
                yield at;
            }
            case BODY -> SettingStrings.ofClass(source, at, bindings) ? at : NO;
            case FILES -> {
                EnvFiles.parse(source, at, files);
                yield at;
            }
            case QUOTED ->
                source.text().startsWith(element.text(), source.contentStart(at)) && source.stringEnd(at) > at
                        ? source.stringEnd(at)
                        : NO;
            case LINE -> NO;
        };
    }

    private int forwardToken(final String token, final int at) {
        if (isToken(token, at)) {
            return at + token.length();
        }
        if (token.equals(")") && isToken(",", at) && isToken(token, source.skip(at + 1))) {
            return source.skip(at + 1) + 1; // a comma after the last argument
        }
        if (language.hasFlag("chaining") && source.text().startsWith("?.", at) && source.isCode(at)) {
            return token.equals(".") ? at + 2 : isToken(token, at + 2) ? at + 2 + token.length() : NO;
        }
        return NO;
    }

    private int name(final int start, final int end, final int after) {
        if (end <= start || after <= start || (!isRaw && source.mask(start) == Mask.COMMENT)) {
            return NO;
        }
        nameStart = start;
        nameEnd = end;
        return after;
    }

    /** Up to the brace that closes, nested ones with their own; on one line. */
    private int text(final int from) {
        int depth = 0;
        for (int i = from; i < from + Source.REACH && i < source.text().length(); i++) {
            final byte c = source.at(i);
            if (c == '\n' || (isRaw && source.mask(i) != Mask.STRING)) {
                return NO;
            }
            depth += c == '{' ? 1 : 0;
            if (c == '}' && depth-- == 0) {
                defaultStart = from;
                defaultEnd = i;
                return i;
            }
        }
        return NO;
    }

    private int closingOf(final int from) {
        int depth = 0;
        for (int i = from; i < from + Source.REACH && i < source.text().length(); i++) {
            if (source.isCode(i)) {
                depth += source.at(i) == '{' ? 1 : 0;
                if (source.at(i) == '}' && depth-- == 0) {
                    return i;
                }
            }
        }
        return NO;
    }
}
