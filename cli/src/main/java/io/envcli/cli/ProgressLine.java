package io.envcli.cli;

import io.envcli.engine.ImportProgress;

import java.util.Locale;

/**
 * Tells how far an import or another long piece of work is: on a terminal by one line that is rewritten ten times a second,
 * elsewhere by a plain line every few seconds.
 *
 * <p>Threading: used by the thread alone that does the work.
 */
final class ProgressLine implements ImportProgress {
    private static final long TERMINAL_INTERVAL_NS = 100_000_000L;
    private static final long PLAIN_INTERVAL_NS = 5_000_000_000L;
    private static final String REWRITE = "\r\u001b[K";

    private final Output out;
    private final String doing;
    private final boolean rewrites;
    private long startNs;
    private long nextNs;
    private boolean begun;
    private boolean shown;

    /**
     * A line that shows nothing yet. Time counts from the first that is read.
     *
     * @param out   to write to.
     * @param doing what the line begins with: {@code importing}, for example.
     */
    ProgressLine(final Output out, final String doing) {
        this.out = out;
        this.doing = doing;
        this.rewrites = out.showsProgress();
    }

    @Override
    public void onProgress(final int files, final long bytes, final long totalBytes) {
        final long now = System.nanoTime();
        if (!begun) {
            begun = true;
            startNs = now;
            nextNs = now + intervalNs();
        }
        if (out.isQuiet() || now < nextNs) {
            return;
        }
        nextNs = now + intervalNs();
        final String text = text(files, bytes, totalBytes, (now - startNs) / 1e9);
        out.progress(rewrites ? REWRITE + text : text + "\n");
        shown = true;
    }

    private long intervalNs() {
        return rewrites ? TERMINAL_INTERVAL_NS : PLAIN_INTERVAL_NS;
    }

    /**
     * Tells of the last piece of the work, of which nobody knows how long it takes. Only where a line stands already: work that
     * was over at once is not told of.
     *
     * @param what is done now.
     */
    void last(final String what) {
        if (shown) {
            out.progress(rewrites ? REWRITE + doing + ": " + what : doing + ": " + what + "\n");
        }
    }

    /** Takes the line away again, so that the summary stands in its place. */
    void finish() {
        if (shown && rewrites) {
            out.progress(REWRITE);
        }
        shown = false;
    }

    private String text(final int files, final long bytes, final long totalBytes, final double seconds) {
        final StringBuilder text = new StringBuilder(doing).append(": ").append(Amounts.bytes(bytes));
        if (totalBytes > 0) {
            text.append(" of ").append(Amounts.bytes(totalBytes))
                    .append(String.format(Locale.ROOT, " (%d%%)", Math.min(100, bytes * 100 / totalBytes)));
        }
        if (files > 1) {
            text.append(", file ").append(Amounts.grouped(files));
        }
        return text.append(", ").append(Amounts.bytes((long) (bytes / seconds))).append("/s").toString();
    }
}
