package io.envcli.journal;

import org.jspecify.annotations.Nullable;

/**
 * Tells from the numbers in the headers of frames whether some are lost between two, and whether one stands where it never
 * was written.
 *
 * <p>Changes are numbered over the whole store, blocks within each opening for writing. So both say where something is
 * missing, and neither can go back.
 *
 * <p>Threading: one thread.
 */
final class FrameOrder {
    private Hash salt = Hash.ZERO;
    private long nextNonce;
    private long nextChange;
    private int segment;
    private long end;
    private long problemAt;
    private boolean taken;

    /** Looks at the next frame; answers what is wrong with its place, or null. */
    @Nullable
    String accept(final FrameScan scan) {
        final FrameHeader header = scan.header();
        final boolean sameSalt = salt.equalTo(header.buffer(), header.offset() + FrameDescriptor.SALT);
        final long expectedNonce = sameSalt ? nextNonce : 0;
        final long change = header.firstChange();
        taken = change >= nextChange && header.firstNonce() >= expectedNonce;
        if (!taken) {
            problemAt = scan.position();
            return "the frame is out of place: it was written before the one in front of it";
        }
        final long lostChanges = change - nextChange;
        final boolean gap = lostChanges > 0 || header.firstNonce() > expectedNonce;
        problemAt = segment == scan.segment() ? end : 0;
        salt = Hash.of(header.buffer(), header.offset() + FrameDescriptor.SALT);
        nextNonce = header.firstNonce() + header.blockCount();
        nextChange = change + header.changeCount();
        segment = scan.segment();
        end = scan.position() + header.frameLength();
        return !gap ? null
                : "from here to " + scan.position() + " frames are lost"
                        + (lostChanges > 0 ? ", with " + lostChanges + " changes" : ", which held no changes");
    }

    /** Where in its file that is. */
    long problemAt() {
        return problemAt;
    }

    /** Whether the frame may be where it is. */
    boolean isTaken() {
        return taken;
    }
}
