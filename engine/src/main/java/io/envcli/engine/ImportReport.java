package io.envcli.engine;

import io.envcli.engine.dialect.Diagnostic;

import java.util.List;

/**
 * What an import did.
 *
 * @param version      that it made; 0 if nothing was imported, since something was rejected and that was not to be.
 * @param durability   class of its acknowledgement.
 * @param files        read.
 * @param bytes        read.
 * @param variables    distinct environments and names, after last-wins.
 * @param environments that variables went into; a file without any makes none.
 * @param rejected     variables and lines refused.
 * @param warnings     things read as the dialect reads them, but surely not meant.
 * @param unchanged    variables whose value the store had already.
 * @param journalBytes written to the journal.
 * @param nanos        from the first byte read to the acknowledgement.
 * @param empty        files without a variable, in the order read; as {@link SourceReport#path()} shows them.
 * @param templates    files that are templates by their names, such as {@code .env.example}, and were taken as any other.
 * @param pruned       variables that the sources lack and that were unset, if that was asked for.
 * @param sources      the files that have something to tell, in the order read.
 * @param skipped      what was found below folders and not read, since it is no file, or a link that leads nowhere or out of the
 *                     folder: path and reason of each.
 */
public record ImportReport(long version, Durability durability, int files, long bytes, long variables, int environments,
        long rejected, long warnings, long unchanged, long journalBytes, long nanos,
        List<String> empty, List<String> templates, long pruned, List<SourceReport> sources, List<String> skipped) {

    /** Copies the lists. */
    public ImportReport {
        empty = List.copyOf(empty);
        templates = List.copyOf(templates);
        sources = List.copyOf(sources);
        skipped = List.copyOf(skipped);
    }

    /** {@return whether everything was taken: no line was rejected, and no file skipped} */
    public boolean complete() {
        return rejected == 0 && skipped.isEmpty();
    }

    /** {@return seconds from the first byte read to the acknowledgement} */
    public double seconds() {
        return nanos / 1e9;
    }

    /**
     * What there is to tell about one file.
     *
     * @param path        of the file, as the user gave it or found below the folder given.
     * @param environment it went into.
     * @param rejected    variables and lines refused.
     * @param warnings    warnings.
     * @param diagnostics the first of them, in order of lines; fewer than counted if there were very many.
     */
    public record SourceReport(String path, String environment, long rejected, long warnings,
            List<Diagnostic> diagnostics) {

        /** Copies the list. */
        public SourceReport {
            diagnostics = List.copyOf(diagnostics);
        }
    }
}
