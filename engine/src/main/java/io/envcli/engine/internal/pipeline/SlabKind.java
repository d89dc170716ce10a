package io.envcli.engine.internal.pipeline;

/** What a slab in the ring holds, as {@code Slab.kind()}, and its flags. */
final class SlabKind {
    /** Text of a {@link TextSource}, to be parsed. */
    static final int TEXT = 1;
    /** One variable of a {@link Put}, parsed already. */
    static final int PUT = 2;
    /** The end of an {@link ImportTransaction}: it becomes a version. */
    static final int COMMIT = 3;
    /** The end of an {@link ImportTransaction} that failed: it never becomes visible. */
    static final int ABORT = 4;

    /** Names of a {@link TextSource}'s environment to be unset in its transaction, parsed already. */
    static final int UNSETS = 5;

    /** Flag of a TEXT slab: it is the last of its source. */
    static final int LAST = 1;

    private SlabKind() {}
}
