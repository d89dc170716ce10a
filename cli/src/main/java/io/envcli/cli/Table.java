package io.envcli.cli;

import io.envcli.cli.Output.Paint;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Rows of text as the result. On a terminal they stand in columns, with a heading, cut to the terminal's width; elsewhere
 * the cells are whole, without a heading, and separated by tabs.
 *
 * <p>Columns are as wide as the widest of the first rows, so that millions of rows need not be kept.
 */
final class Table {
    private static final int ROWS_MEASURED = 1_000;
    private static final int GAP = 2;
    private static final int NARROWEST = 8;

    private final Output out;
    private final Column[] columns;
    private final List<String[]> measured = new ArrayList<>();
    private int @Nullable [] widths;

    /**
     * A column.
     *
     * @param heading shown on a terminal.
     * @param right   whether cells are aligned on the right.
     * @param paint   of the cells; null for none.
     * @param path    whether cells are paths, whose end says most: they are cut in front.
     */
    record Column(String heading, boolean right, @Nullable Paint paint, boolean path) {
        /** {@return a column aligned on the left} */
        static Column left(final String heading) {
            return new Column(heading, false, null, false);
        }

        /** {@return a column aligned on the right} */
        static Column right(final String heading) {
            return new Column(heading, true, null, false);
        }

        /** {@return a column of paths} */
        static Column path(final String heading) {
            return new Column(heading, false, null, true);
        }

        /** {@return a column that matters less} */
        static Column dim(final String heading) {
            return new Column(heading, false, Paint.DIM, false);
        }
    }

    /**
     * A table without rows.
     *
     * @param out     to write to.
     * @param columns from left to right.
     */
    Table(final Output out, final Column... columns) {
        this.out = out;
        this.columns = columns;
    }

    /**
     * Writes a row, now or later.
     *
     * @param cells one for each column, as they are to be read elsewhere than on a terminal.
     */
    void row(final String... cells) {
        if (!out.isTerminal()) {
            out.println(String.join("\t", cells));
            return;
        }
        final String[] harmless = Arrays.stream(cells).map(Printable::line).toArray(String[]::new);
        if (widths != null) {
            write(harmless, widths);
            return;
        }
        measured.add(harmless);
        if (measured.size() == ROWS_MEASURED) {
            end();
        }
    }

    /** Writes what has not been written yet. */
    void end() {
        if (measured.isEmpty()) {
            return;
        }
        final int[] fitting = fit(measure());
        widths = fitting;
        final String[] headings = Arrays.stream(columns).map(Column::heading).toArray(String[]::new);
        out.println(out.paint(Paint.DIM, line(headings, fitting, false)));
        for (final String[] row : measured) {
            write(row, fitting);
        }
        measured.clear();
    }

    private int[] measure() {
        final int[] width = new int[columns.length];
        for (int i = 0; i < width.length; i++) {
            width[i] = DisplayWidth.of(columns[i].heading);
            for (final String[] row : measured) {
                width[i] = Math.max(width[i], DisplayWidth.of(row[i]));
            }
        }
        return width;
    }

    /** Takes from the widest column what does not fit. */
    private int[] fit(final int[] width) {
        int over = Arrays.stream(width).sum() + GAP * (width.length - 1) - out.columns();
        while (over > 0) {
            int widest = 0;
            for (int i = 1; i < width.length; i++) {
                widest = width[i] > width[widest] ? i : widest;
            }
            if (width[widest] <= NARROWEST) {
                break;
            }
            width[widest]--;
            over--;
        }
        return width;
    }

    private void write(final String[] cells, final int[] width) {
        out.println(line(cells, width, true));
    }

    private String line(final String[] cells, final int[] width, final boolean painted) {
        final StringBuilder line = new StringBuilder();
        for (int i = 0; i < cells.length; i++) {
            final String cell = columns[i].path ? DisplayWidth.cutFront(cells[i], width[i])
                    : DisplayWidth.cut(cells[i], width[i]);
            final String padding = " ".repeat(width[i] - DisplayWidth.of(cell));
            final Paint paint = columns[i].paint;
            final String shown = painted && paint != null ? out.paint(paint, cell) : cell;
            line.append(i == 0 ? "" : " ".repeat(GAP)).append(columns[i].right ? padding + shown : shown);
            if (!columns[i].right && i < cells.length - 1) {
                line.append(padding);
            }
        }
        return line.toString();
    }
}
