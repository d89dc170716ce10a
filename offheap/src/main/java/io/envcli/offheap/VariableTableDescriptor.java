package io.envcli.offheap;

/**
 * Layout of one row of a {@link VariableTable}: a cache line.
 *
 * <pre>
 *  0             4             8              12             16     20      24             40           56         64
 *  | name offset | name length | value offset | value length | line | flags | fingerprint | name hash  | location |
 *  native order; offsets are relative to the slab; fingerprint and name hash are 16 bytes each
 * </pre>
 */
final class VariableTableDescriptor {
    static final int NAME_OFFSET = 0;
    static final int NAME_LENGTH = NAME_OFFSET + Integer.BYTES;
    static final int VALUE_OFFSET = NAME_LENGTH + Integer.BYTES;
    static final int VALUE_LENGTH = VALUE_OFFSET + Integer.BYTES;
    static final int LINE = VALUE_LENGTH + Integer.BYTES;
    static final int FLAGS = LINE + Integer.BYTES;
    static final int FINGERPRINT = FLAGS + Integer.BYTES;
    static final int NAME_HASH = FINGERPRINT + 2 * Long.BYTES;
    static final int LOCATION = NAME_HASH + 2 * Long.BYTES;
    static final int ROW_LENGTH = LOCATION + Long.BYTES;

    private VariableTableDescriptor() {}
}
