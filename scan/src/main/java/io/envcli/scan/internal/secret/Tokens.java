package io.envcli.scan.internal.secret;

import io.envcli.scan.internal.text.Text;

/**
 * Cuts a text into what may be the value of a variable, on one line: what stands between quotes; a run without blanks and
 * quotes, as it is, without punctuation around it, and what follows its first {@code =} or colon; and a run of the
 * letters that tokens are made of. Of those it takes what may be a secret.
 */
final class Tokens {
    /** Shorter values can be guessed, and stand in a text by chance. */
    static final int SHORTEST = 12;
    /** In bits a byte. Of twelve bytes, all different, it is 3.6. */
    static final double LEAST_ENTROPY = 3.0;
    private static final int LONGEST = 4_096;
    private static final String AROUND = "()[]{}<>,;";

    private final Text text;
    private final Visitor visitor;

    /** Is told of candidates, some of them more than once. */
    @FunctionalInterface
    interface Visitor {
        void candidate(int from, int to);
    }

    private Tokens(final Text text, final Visitor visitor) {
        this.text = text;
        this.visitor = visitor;
    }

    /**
     * Cuts a text.
     *
     * @param text    borrowed.
     * @param visitor is told of candidates of {@value #SHORTEST} to 4,096 bytes.
     */
    static void forEach(final Text text, final Visitor visitor) {
        new Tokens(text, visitor).cut();
    }

    private void cut() {
        int i = 0;
        while (i < text.length()) {
            if (isBreak(text.at(i))) {
                if (isQuote(text.at(i))) {
                    quoted(i);
                }
                i++;
                continue;
            }
            final int from = i;
            while (i < text.length() && !isBreak(text.at(i))) {
                i++;
            }
            run(from, i);
        }
    }

    /** What follows a quote, to the next of its kind on the line. */
    private void quoted(final int open) {
        boolean hasBlank = false;
        final int limit = Math.min(text.length(), open + LONGEST + 2);
        for (int i = open + 1; i < limit && text.at(i) != '\n'; i++) {
            final byte c = text.at(i);
            if (c == text.at(open)) {
                if (hasBlank) { // else it is a run
                    offer(open + 1, i);
                }
                return;
            }
            hasBlank |= isBreak(c);
        }
    }

    private void run(final int from, final int to) {
        if (to - from < SHORTEST) {
            return;
        }
        offer(from, to);
        int start = from;
        int end = to;
        while (start < end && AROUND.indexOf(text.at(start)) >= 0) {
            start++;
        }
        while (end > start && AROUND.indexOf(text.at(end - 1)) >= 0) {
            end--;
        }
        if (end - start != to - from) {
            offer(start, end);
        }
        after('=', start, end);
        after(':', start, end);
        letters(start, end);
    }

    private void after(final char separator, final int from, final int to) {
        for (int i = from; i < to; i++) {
            if (text.at(i) == separator) {
                offer(i + 1, to);
                return;
            }
        }
    }

    /** Runs of letters, digits and what Base64 has, within a run. */
    private void letters(final int from, final int to) {
        int start = from;
        for (int i = from; i <= to; i++) {
            if (i == to || !(isTokenPart(text.at(i)) || isPadding(i, to))) {
                if (i - start != to - from) {
                    offer(start, i);
                }
                start = i + 1;
            }
        }
    }

    private void offer(final int from, final int to) {
        if (to - from >= SHORTEST && to - from <= LONGEST && mayBeSecret(from, to)) {
            visitor.candidate(from, to);
        }
    }

    /** Prose, names and plain addresses are none, though somebody may set a variable to them. */
    private boolean mayBeSecret(final int from, final int to) {
        boolean letter = false;
        boolean digit = false;
        boolean at = false;
        for (int i = from; i < to; i++) {
            final byte c = text.at(i);
            letter |= (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            digit |= c >= '0' && c <= '9';
            at |= c == '@';
        }
        final boolean isAddress = text.startsWith("//", from) || text.indexOf("://", from, to) >= 0;
        return letter && digit && (at || !isAddress)
                && Entropy.of(text.bytes(), from, to) >= LEAST_ENTROPY;
    }

    private static boolean isTokenPart(final byte c) {
        return Text.isNamePart(c) || c == '+' || c == '/' || c == '-' || c == '.';
    }

    /** Base64 ends with it; elsewhere it comes before a value. */
    private boolean isPadding(final int i, final int to) {
        return text.at(i) == '=' && (i + 1 == to || !isTokenPart(text.at(i + 1)));
    }

    private static boolean isQuote(final byte c) {
        return c == '"' || c == '\'' || c == '`';
    }

    private static boolean isBreak(final byte c) {
        return (c >= 0 && c <= ' ') || isQuote(c);
    }
}
