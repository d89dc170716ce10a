package io.envcli.cli;

import java.util.Locale;

/** Text for {@code man}: the macros of man(7) that a manual page needs, with everything escaped that roff would act on. */
final class Roff {
    /** Longer lines of input are frowned upon; the reader's terminal decides where lines end. */
    private static final int LINE = 78;

    private final StringBuilder text = new StringBuilder();

    /**
     * Begins a page of section 1.
     *
     * @param name    of the page.
     * @param date    as {@code 2026-01-31}.
     * @param version of the program.
     */
    Roff(final String name, final String date, final String version) {
        text.append(".TH ").append(escape(name.toUpperCase(Locale.ROOT))).append(" 1 ").append(date)
                .append(" \"env-cli ").append(escape(version)).append("\" \"User Commands\"\n");
    }

    /**
     * Begins a section.
     *
     * @param title in capitals.
     * @return this.
     */
    Roff section(final String title) {
        text.append(".SH ").append(escape(title)).append('\n');
        return this;
    }

    /**
     * Adds text that is filled.
     *
     * @param paragraph in lines that mean nothing.
     * @return this.
     */
    Roff text(final String paragraph) {
        int column = 0;
        for (final String word : paragraph.strip().split("\\s+", -1)) {
            final String escaped = escape(word);
            if (column > 0 && column + 1 + escaped.length() > LINE) {
                text.append('\n');
                column = 0;
            } else if (column > 0) {
                text.append(' ');
                column++;
            }
            text.append(column == 0 ? atLineStart(escaped) : escaped);
            column += escaped.length();
        }
        text.append('\n');
        return this;
    }

    /**
     * Adds a paragraph with a tag beside it.
     *
     * @param tag         set bold.
     * @param description filled.
     * @return this.
     */
    Roff tagged(final String tag, final String description) {
        text.append(".TP\n.B ").append(escape(tag)).append('\n');
        return text(description);
    }

    /**
     * Adds lines as they are.
     *
     * @param lines a command each, say.
     * @return this.
     */
    Roff lines(final String lines) {
        text.append(".nf\n");
        lines.strip().lines().forEach(line -> text.append(atLineStart(escape(line))).append('\n'));
        text.append(".fi\n");
        return this;
    }

    /**
     * Adds a line set bold.
     *
     * @param line a command, say.
     * @return this.
     */
    Roff bold(final String line) {
        text.append(".B ").append(escape(line)).append('\n');
        return this;
    }

    /** A hyphen stays one, so that options can be copied from the page. */
    private static String escape(final String plain) {
        return plain.replace("\\", "\\e").replace("-", "\\-").replace("'", "\\(aq").replace("`", "\\(ga")
                .replace("^", "\\(ha").replace("~", "\\(ti").replace("\"", "\\(dq");
    }

    private static String atLineStart(final String escaped) {
        return escaped.startsWith(".") ? "\\&" + escaped : escaped;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
