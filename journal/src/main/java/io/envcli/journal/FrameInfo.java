package io.envcli.journal;

/**
 * What is known of a CHANGES frame before its changes.
 *
 * @param segment     that it is in.
 * @param position    byte position in the segment's file.
 * @param transaction that it belongs to.
 * @param firstChange number in the store of its first change.
 * @param changeCount changes in it.
 * @param length      of the frame in bytes.
 */
public record FrameInfo(int segment, long position, long transaction, long firstChange, int changeCount, int length) {}
