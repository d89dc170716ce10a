package io.envcli.scan.internal.rule;

import io.envcli.scan.Confidence;
import io.envcli.scan.Use;
import io.envcli.scan.internal.text.Lexer;
import io.envcli.scan.internal.text.Text;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Finds the uses in one file after another.
 *
 * <p>Threading: one thread at a time. Keeps one array as long as the longest file.
 */
public final class FileScan {
    private final Lexer lexer = new Lexer();
    private byte[] mask = new byte[0];

    /**
     * Finds the uses in a file.
     *
     * @param file     its name, for the uses.
     * @param language of it.
     * @param text     its content, borrowed.
     * @return the uses, in order.
     */
    public List<Use> uses(final String file, final Language language, final Text text) {
        if (!language.search().finds(text.bytes(), text.length())) {
            return List.of();
        }
        if (mask.length < text.length()) {
            mask = new byte[Math.max(text.length(), 64 * 1024)];
        }
        lexer.mask(text.bytes(), text.length(), language.syntax(), mask);
        return placed(file, language, text, new Matcher(language, new Source(text, mask)).all());
    }

    /** Counts lines and characters once over the file. */
    private static List<Use> placed(final String file, final Language language, final Text text,
            final List<Found> found) {
        final List<Use> uses = new ArrayList<>();
        int line = 1;
        int column = 1;
        int at = 0;
        for (final Found use : found.stream().sorted(Comparator.comparingInt(Found::offset)).toList()) {
            for (; at < use.offset(); at++) {
                final byte c = text.at(at);
                if (c == '\n') {
                    line++;
                    column = 1;
                } else if ((c & 0xC0) != 0x80) {
                    column++;
                }
            }
            final Use.Kind kind = use.kind();
            if (kind != null) {
                uses.add(new Use(file, line, column, language.name(), use.rule().id(), kind, use.name(), use.need(),
                        use.defaultValue(), Confidence.ACCESSOR));
            }
        }
        return uses;
    }
}
