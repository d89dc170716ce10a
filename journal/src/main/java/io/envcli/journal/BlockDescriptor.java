package io.envcli.journal;

/**
 * Layout of a block: the smallest part of a frame that can be opened.
 *
 * <pre>
 *  0               4                      8             12          16
 *  | sealed length | distance to frame    | block index | row count | ciphertext … | tag (16) | 0 to 3 zero bytes
 *  little-endian, 4-aligned; sealed length counts ciphertext and tag; the distance leads back to the frame's first byte
 * </pre>
 *
 * The plaintext is self-contained: records in order, each of them one of
 *
 * <pre>
 *  section:  | 0x80 | dialect (1) | varint length | environment | varint length | source |
 *  change:   | flags &lt; 0x80 | varint zigzag(line - line before) | varint name length | varint value length | name | value |
 *            | fingerprint (16) |
 *  unset:    | flags with bit 0 | varint zigzag(line - line before) | varint name length | name |
 *  commit:   | 0x81 | words ({@link CommitDescriptor}) | length of the words (4) |
 * </pre>
 *
 * A section holds for the changes after it, to the next section or the end of the block; it sets the line before to 0. A
 * block with changes starts with a section. A commit ends the last block of a WHOLE frame, and stands nowhere else. Rows count
 * changes alone. Varints have seven bits a byte, least significant first, bit 7 set in all but the last.
 */
final class BlockDescriptor {
    static final int SEALED_LENGTH = 0;
    static final int DISTANCE = SEALED_LENGTH + Integer.BYTES;
    static final int INDEX = DISTANCE + Integer.BYTES;
    static final int ROW_COUNT = INDEX + Integer.BYTES;
    static final int PREFIX_LENGTH = ROW_COUNT + Integer.BYTES;

    static final int TAG_LENGTH = 16;
    static final int FINGERPRINT_LENGTH = 16;
    static final int NONCE_LENGTH = 12;
    static final int NONCE_COUNTER = 4;

    /** First byte of a section record. */
    static final int SECTION = 0x80;
    /** First byte of a commit record. */
    static final int COMMIT = 0x81;
    /** The flags that a change record can hold. */
    static final int FLAGS_MASK = 0x7F;

    private BlockDescriptor() {}

    /**
     * {@return bytes that a block takes in its frame}
     *
     * @param sealedLength of ciphertext and tag.
     */
    static int length(final int sealedLength) {
        return PREFIX_LENGTH + (sealedLength + 3 & ~3);
    }
}
