package io.envcli.engine.dialect;

import org.agrona.DirectBuffer;

/** Is shown variables in the order of their source, duplicates included. */
@FunctionalInterface
public interface VariableVisitor {
    /**
     * One variable. Nothing may be kept: the buffer is used again as soon as this returns.
     *
     * @param buffer      that holds name and value; borrowed, to be read only.
     * @param nameOffset  of the name in the buffer.
     * @param nameLength  in bytes.
     * @param valueOffset of the value in the buffer.
     * @param valueLength in bytes.
     * @param line        of the assignment, from 1; in dialect {@code environ} the number of the entry.
     */
    void onVariable(DirectBuffer buffer, int nameOffset, int nameLength, int valueOffset, int valueLength, int line);
}
