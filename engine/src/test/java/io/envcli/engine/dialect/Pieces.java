package io.envcli.engine.dialect;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Tuple;

import java.util.Random;

/** What dotenv text is made of when one means it to go wrong. */
final class Pieces {
    static final String[] SOUP = {"A", "B", "b1", "x.y", "N-2", "export", "export ", "=", "=", "=", ":", ": ", " ", " ",
        "\t", "'", "'", "\"", "\"", "`", "`", "\\", "\\'", "\\\"", "\\`", "\\n", "\\r", "\n", "\n", "\n", "\r\n",
        "\r", "#", " #", "$x", "é", "日", "😀", "\u00a0", "\u2028", "\u2029", "\u3000", "\ufeff", "\u200b", "\u000b",
        "/", "+", "{", "\u007f", "\u0001", "\u1680", "\u205f", "\u202f", "\u2003"};
    static final String[] LINES = {"A=1\n", "NAME=value\n", "B=\n", "C: v\n", "C:v\n", "# comment\n", "#\n", "\n",
        "\r\n",
        "D='one'\n", "E=\"two\\nlines\"\n", "F=`it's \"x\"`\n", "export G=1\n", "A=2\r\n", "H=a b # c\n",
        "I=\"multi\nline\"\n", "J='open\n", "K=\"open\r\n", "L=\"x\"y\n", "junk\n", "two words=1\n", "=x\n", "M=a#b\n",
        "N=\n\"next\"\n", "O\n=1\n", "P:\n1\n", "export\nQ=1\n", "R='a' # b\n", "S=\"C:\\dir\\\"\n", " T = t \n",
        "U=ü\n", "V=\"\r\n\"\r", "W=`\n`\n", "X=\u00a0x\u00a0\n", "Y=a\u2028'b'\u2028\"c\"\n", "# \u2028Z=1\n",
        "-----BEGIN KEY-----\n", "KEY=\"-----BEGIN-----\nMIIE+/=\n-----END-----\n\"\n", "AA='{\"a\": \"b\"}'\n"};
    /** Bytes that are not UTF-8, and NUL. */
    static final byte[][] BROKEN = {{(byte) 0xFF}, {(byte) 0x80}, {(byte) 0xC3}, {(byte) 0xE2, (byte) 0x80},
        {(byte) 0xF0, (byte) 0x9F}, {(byte) 0xED, (byte) 0xA0, (byte) 0x80}, {(byte) 0xC0, (byte) 0xA0}, {0}};

    private Pieces() {}

    /** Text in UTF-8, that shrinks piece by piece. */
    static Arbitrary<String> texts() {
        final Arbitrary<String> piece = Arbitraries.frequencyOf(Tuple.of(4, Arbitraries.of(SOUP)),
                Tuple.of(1, Arbitraries.of(LINES)));
        return piece.list().ofMaxSize(24).map(pieces -> String.join("", pieces));
    }

    /** A text of so many pieces at most. */
    static String text(final Random random, final int most) {
        final StringBuilder text = new StringBuilder();
        final int count = random.nextInt(most + 1);
        final int lineShare = random.nextInt(4);
        for (int i = 0; i < count; i++) {
            final String[] kind = random.nextInt(4) < lineShare ? LINES : SOUP;
            text.append(kind[random.nextInt(kind.length)]);
        }
        return text.toString();
    }
}
