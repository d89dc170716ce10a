package io.envcli.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * The one way out: the result to stdout, everything else to stderr, both buffered bytes of UTF-8.
 *
 * <p>A reader of stdout that went away is no failure: the rest is dropped, and {@link #readerGone()} says so. Any other
 * error while writing the result is one, reported by {@link #flush()}. Errors while writing to stderr are dropped, since
 * there is nowhere left to report them.
 *
 * <p>Threading: one thread at a time, but for {@link #flush()}.
 */
final class Output {
    private static final String RESET = "\u001b[0m";
    /** Of a terminal that does not tell. */
    private static final int USUAL_COLUMNS = 80;

    /** In fewer columns text is not wrapped: it would be a column of single words. */
    private static final int NARROWEST = 20;

    private final Sink result;
    private final Sink remarks;
    private final boolean resultIsTerminal;
    private final boolean remarksAreTerminal;
    private final int columns;
    private boolean color;
    private boolean quiet;
    private boolean changed;

    /** A way to show text on a terminal that shows colours. */
    enum Paint {
        /** A failure. */
        RED("\u001b[1;31m"),
        /** All is well. */
        GREEN("\u001b[32m"),
        /** A warning. */
        YELLOW("\u001b[33m"),
        /** A heading or what was asked for. */
        BOLD("\u001b[1m"),
        /** What matters less. */
        DIM("\u001b[2m");

        private final String escape;

        Paint(final String escape) {
            this.escape = escape;
        }
    }

    /**
     * Opens the way out.
     *
     * @param shell whose streams it writes to.
     */
    Output(final Shell shell) {
        this.result = new Sink(shell.stdout());
        this.remarks = new Sink(shell.stderr());
        this.resultIsTerminal = shell.stdoutIsTerminal();
        this.remarksAreTerminal = shell.stderrIsTerminal();
        this.color = !shell.refusesColor();
        this.columns = shell.columns() > 0 ? shell.columns() : USUAL_COLUMNS;
    }

    /**
     * Takes over what the command was told.
     *
     * @param isQuiet no remarks but errors.
     * @param noColor no colour, whatever the terminal can show.
     */
    void configure(final boolean isQuiet, final boolean noColor) {
        quiet = isQuiet;
        color &= !noColor;
    }

    /** {@return whether somebody looks at the result} */
    boolean isTerminal() {
        return resultIsTerminal;
    }

    /** {@return how wide the terminal is that shows the result, in columns} */
    int columns() {
        return columns;
    }

    /** {@return whether somebody looks at the remarks, and wants them} */
    boolean showsProgress() {
        return remarksAreTerminal && !quiet;
    }

    /** {@return whether remarks other than errors are dropped} */
    boolean isQuiet() {
        return quiet;
    }

    /**
     * Writes part of the result as it is.
     *
     * @param text our own words, or text made harmless.
     * @return this.
     */
    Output print(final String text) {
        result.write(text);
        return this;
    }

    /**
     * Writes a line of the result.
     *
     * @param text our own words, or text made harmless.
     */
    void println(final String text) {
        result.write(text);
        result.write('\n');
    }

    /**
     * Writes the rest of a line of the result; on a terminal that is too narrow for it, more lines below, indented as far.
     *
     * @param indent columns that the line has already.
     * @param text   which may hold names and paths from outside.
     */
    void wrapped(final int indent, final String text) {
        final String harmless = Printable.line(text);
        final int width = columns - indent;
        println(!resultIsTerminal || width < NARROWEST ? harmless
                : String.join("\n" + " ".repeat(indent), DisplayWidth.wrap(harmless, width)));
    }

    /**
     * Writes a name of the result: harmless on a terminal, exact elsewhere.
     *
     * @param name from the store or a file.
     * @return this.
     */
    Output printName(final String name) {
        return print(resultIsTerminal ? Printable.line(name) : name);
    }

    /**
     * Writes bytes of the result as they are.
     *
     * @param bytes  borrowed until this returns.
     * @param offset of the first one.
     * @param length how many.
     */
    void write(final byte[] bytes, final int offset, final int length) {
        result.write(bytes, offset, length);
    }

    /** {@return the result as a stream, whose close and flush do nothing} */
    OutputStream stream() {
        return result;
    }

    /**
     * Colours part of the result.
     *
     * @param paint how.
     * @param text  what.
     * @return the text, in colour if the result goes to a terminal that shows it.
     */
    String paint(final Paint paint, final String text) {
        return resultIsTerminal && color ? paint.escape + text + RESET : text;
    }

    /**
     * Writes a remark, a line to stderr; dropped if the command is to be quiet.
     *
     * @param text which may hold names and paths from outside.
     */
    void remark(final String text) {
        if (!quiet) {
            keepOrder();
            remarks.write(Printable.line(text));
            remarks.write('\n');
            remarks.drain();
        }
    }

    /**
     * Writes a remark with a coloured word before it.
     *
     * @param paint of the word.
     * @param word  such as {@code warning:}.
     * @param text  which may hold names and paths from outside.
     */
    void remark(final Paint paint, final String word, final String text) {
        if (!quiet) {
            keepOrder();
            remarks.write(paintRemark(paint, word) + " " + Printable.line(text) + "\n");
            remarks.drain();
        }
    }

    /**
     * Writes an error, also if the command is to be quiet.
     *
     * @param text what, where and what to do; may hold names and paths from outside.
     */
    void error(final String text) {
        remarks.write(paintRemark(Paint.RED, "env-cli:") + " " + Printable.line(text) + "\n");
        remarks.drain();
    }

    /**
     * Writes a reject, a line to stderr, also if the command is to be quiet.
     *
     * @param text place and reason; may hold a path from outside.
     */
    void reject(final String text) {
        keepOrder();
        remarks.write(Printable.line(text) + "\n");
        remarks.drain();
    }

    /**
     * Writes a line to stderr as it is, at once and also if the command is to be quiet: for prompts and progress.
     *
     * @param text our own words, with their own line end.
     */
    void progress(final String text) {
        remarks.write(text);
        remarks.drain();
    }

    /** {@return whether whoever read the result has gone, so that making more of it is a waste} */
    boolean readerGone() {
        return result.broken;
    }

    /** Notes that the store has changed, whatever becomes of the result. */
    void changeMade() {
        changed = true;
    }

    /** {@return whether the store has changed} */
    boolean isChangeMade() {
        return changed;
    }

    /** Writes out the result, which is whole, so that what is said about it comes after it. */
    void resultDone() {
        result.drain();
    }

    /** Forgets the part of the result that is still here, since the command failed: no half of an answer is one. */
    void dropResult() {
        result.length = 0;
    }

    /**
     * Writes everything out.
     *
     * @throws IOException if part of the result could not be written, other than for want of a reader.
     */
    void flush() throws IOException {
        result.drain();
        remarks.drain();
        if (result.failure != null) {
            throw result.failure;
        }
    }

    /** Somebody who sees both reads what is said about part of the result behind that part. */
    private void keepOrder() {
        if (resultIsTerminal && remarksAreTerminal) {
            result.drain();
        }
    }

    private String paintRemark(final Paint paint, final String text) {
        return remarksAreTerminal && color ? paint.escape + text + RESET : text;
    }

    /** A buffer before an unbuffered stream. It remembers the first error and swallows what comes after. */
    private static final class Sink extends OutputStream {
        private final OutputStream stream;
        private final byte[] buffer = new byte[16 * 1024];
        private int length;
        private boolean broken;
        @org.jspecify.annotations.Nullable
        private IOException failure;

        Sink(final OutputStream stream) {
            super();
            this.stream = stream;
        }

        void write(final String text) {
            final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            write(bytes, 0, bytes.length);
        }

        @Override
        public void write(final int b) {
            if (length == buffer.length) {
                drain();
            }
            buffer[length++] = (byte) b;
        }

        @Override
        public void write(final byte[] bytes, final int offset, final int count) {
            if (count > buffer.length - length) {
                drain();
            }
            if (count > buffer.length) {
                writeOut(bytes, offset, count);
            } else {
                System.arraycopy(bytes, offset, buffer, length, count);
                length += count;
            }
        }

        void drain() {
            writeOut(buffer, 0, length);
            length = 0;
        }

        private void writeOut(final byte[] bytes, final int offset, final int count) {
            if (count == 0 || broken || failure != null) {
                return;
            }
            try {
                stream.write(bytes, offset, count);
            } catch (final IOException e) {
                if (String.valueOf(e.getMessage()).contains("Broken pipe")) {
                    broken = true;
                } else {
                    failure = e;
                }
            }
        }
    }
}
