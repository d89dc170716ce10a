package io.envcli.offheap;

import java.util.List;

/**
 * What a walk through a whole index file found.
 *
 * @param entries      that the slots lead to.
 * @param environments in their chain.
 * @param variables    in the chains of their environments, unset ones included.
 * @param versions     transactions that made one.
 * @param findings     what is wrong, the first of them; none if the index is intact.
 * @param damages      how much is wrong in all.
 */
public record HashIndexReport(long entries, long environments, long variables, long versions, List<Finding> findings,
        long damages) {
    /** What can be wrong. */
    public enum Code {
        /** The header's numbers do not hold. */
        HEADER,
        /** A bucket's check does not hold. */
        BUCKET,
        /** An entry's check does not hold. */
        ENTRY,
        /** A chain is broken, or leads where it should not. */
        CHAIN,
        /** A transaction's record does not hold. */
        VERSION,
        /** Numbers that should agree do not: something is unreachable, or reachable twice. */
        COUNT
    }

    /**
     * One thing that is wrong.
     *
     * @param code     what.
     * @param position of the damaged bytes in the file.
     */
    public record Finding(Code code, long position) {}

    /** {@return whether nothing is wrong} */
    public boolean isIntact() {
        return damages == 0;
    }
}
