package io.envcli.engine.internal.pipeline;

import io.envcli.engine.dialect.Diagnostics;
import io.envcli.engine.dialect.Dialect;

/**
 * A file or stream whose text is in slabs. Made by the importer; its diagnostics are written by the stages and read by the
 * importer after the acknowledgement.
 */
public final class TextSource {
    final ImportTransaction transaction;
    final EnvironmentKey environment;
    final String shown;
    final byte[] path;
    final Dialect dialect;
    /** Written by the parse stage. */
    final Diagnostics diagnostics;
    /** Written by the apply stage: what was set again. */
    final Diagnostics overrides;
    /** Journal location of the source's first row; written by the journal stage, read by apply. */
    long firstLocation;
    /** Rows parsed. Written by the journal stage. */
    long rows;

    /**
     * A source.
     *
     * @param transaction it belongs to.
     * @param environment its variables go into.
     * @param shown       how messages name it.
     * @param path        the same in UTF-8, as the journal keeps it.
     * @param dialect     how its text is read.
     * @param diagnostics where the parser's rejects and warnings go.
     * @param overrides   where variables set again are noted; another thread than the parser's may write it.
     */
    public TextSource(final ImportTransaction transaction, final EnvironmentKey environment, final String shown,
            final byte[] path, final Dialect dialect, final Diagnostics diagnostics,
            final Diagnostics overrides) {
        this.transaction = transaction;
        this.environment = environment;
        this.shown = shown;
        this.path = path;
        this.dialect = dialect;
        this.diagnostics = diagnostics;
        this.overrides = overrides;
    }

    /** {@return how messages name it} */
    public String shown() {
        return shown;
    }

    /** {@return the environment its variables go into} */
    public EnvironmentKey environment() {
        return environment;
    }

    /** {@return assignments read from it; complete once the transaction is acknowledged} */
    public long rows() {
        return rows;
    }

    /** {@return variables set again; complete once the transaction is acknowledged} */
    public Diagnostics overrides() {
        return overrides;
    }

    /** {@return the parser's rejects and warnings; complete once the transaction is acknowledged} */
    public Diagnostics diagnostics() {
        return diagnostics;
    }
}
