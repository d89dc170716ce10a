package io.envcli.offheap;

/** What a {@link Region} is for. Every native byte is counted under one of these, so that a leak has a name. */
public enum Owner {
    /** Slabs of the pipeline. */
    SLABS,
    /** The mapped hash index of the view. */
    INDEX,
    /** Buffers and mappings of the journal. */
    JOURNAL,
    /** Scratch memory of parsers and kernels. */
    SCRATCH,
    /** Memory taken by tests themselves. */
    TEST
}
