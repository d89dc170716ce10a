package io.envcli.cli;

import java.util.Map;

/**
 * What one check of {@code doctor} has found.
 *
 * @param check  its label, which stays the same for ever.
 * @param mark   how it went.
 * @param text   what was found, for a person; may hold names and paths from outside, never a value or a key.
 * @param remedy what to do about it; empty if nothing needs to be done.
 * @param values what was measured: numbers by name, with the unit in the name.
 */
record Finding(String check, Mark mark, String text, String remedy, Map<String, Long> values) {
    /** How a check went. */
    enum Mark {
        /** As it should be. */
        OK("ok", Output.Paint.GREEN),
        /** It works, but slower, or with less promised. */
        WARN("warn", Output.Paint.YELLOW),
        /** It does not work. */
        FAIL("fail", Output.Paint.RED);

        private final String word;
        private final Output.Paint paint;

        Mark(final String word, final Output.Paint paint) {
            this.word = word;
            this.paint = paint;
        }

        /** {@return the word shown} */
        String word() {
            return word;
        }

        /** {@return its colour} */
        Output.Paint paint() {
            return paint;
        }
    }

    /** Copies the values. */
    Finding {
        values = Map.copyOf(values);
    }

    /** All is well. */
    static Finding ok(final String check, final String text) {
        return new Finding(check, Mark.OK, text, "", Map.of());
    }

    /** It works, but not as it could. */
    static Finding warn(final String check, final String text, final String remedy) {
        return new Finding(check, Mark.WARN, text, remedy, Map.of());
    }

    /** It does not work. */
    static Finding fail(final String check, final String text, final String remedy) {
        return new Finding(check, Mark.FAIL, text, remedy, Map.of());
    }

    /** The same with what was measured. */
    Finding with(final Map<String, Long> measured) {
        return new Finding(check, mark, text, remedy, measured);
    }
}
