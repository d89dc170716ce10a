package io.envcli.engine;

import io.envcli.engine.internal.view.SalvageNote;
import io.envcli.journal.JournalDamagedException;
import io.envcli.journal.JournalReport.Finding;
import io.envcli.journal.SalvageReport;
import io.envcli.journal.SalvageReport.Loss;
import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What a reader of a damaged store knows to be lost: to the view, which was salvaged from what is whole, and to what it was
 * asked for since.
 *
 * <p>Threading: one thread.
 */
final class Losses {
    private final Path store;
    private final Set<String> leftOut = new LinkedHashSet<>();
    private @Nullable SalvageReport report;
    private boolean knownHead = true;

    Losses(final Path store) {
        this.store = store;
    }

    /** What is lost to a view that was salvaged, and whether the store has what its head record says; null for a whole one. */
    void note(final @Nullable SalvageNote note, final boolean hasKnownHead) {
        report = note == null ? null : note.report();
        knownHead = hasKnownHead;
    }

    void leftOut(final Throwable damage) {
        leftOut.add(damage instanceof final JournalDamagedException journal
                ? new Finding(journal.file(), journal.position(), journal.what()).toString()
                : String.valueOf(damage.getMessage()));
    }

    boolean hasLeftOut() {
        return !leftOut.isEmpty();
    }

    /** What is newer than this is proved, of a store read at a version. */
    long newest(final long version, final boolean moved) {
        final SalvageReport known = report;
        if (known == null) {
            return 0;
        }
        if (!moved) {
            return knownHead ? known.newestLost() : Long.MAX_VALUE;
        }
        long newest = 0;
        for (final Loss loss : known.losses()) {
            if (loss.first() <= version) {
                newest = Math.min(loss.last(), version);
            }
        }
        return newest;
    }

    List<String> lines(final long version, final boolean moved) {
        final List<String> lines = new ArrayList<>();
        final SalvageReport known = report;
        if (known != null) {
            known.findings().forEach(finding -> lines.add(finding.toString()));
            known.losses().stream().filter(loss -> !moved || loss.first() <= version)
                    .forEach(loss -> lines.add(store + ": " + loss));
            if (!knownHead) {
                lines.add(store + ": the record beside the key knows of a version that is lost, or was another one");
            }
            if (known.openEnded() && !moved) {
                lines.add(store + ": versions after " + known.lastVersion() + " may be lost");
            }
        }
        for (final String line : leftOut) {
            if (!lines.contains(line)) {
                lines.add(line);
            }
        }
        return lines;
    }
}
