package io.envcli.simd;

/**
 * Checks UTF-8 as Unicode's table 3-7 has it: no overlong form, no surrogate, nothing above U+10FFFF.
 *
 * <p>Threading: stateless, any thread.
 */
public interface Utf8Kernel {
    /**
     * Finds the first byte that is not part of a well-formed sequence. Nothing past the end is read.
     *
     * @param address of the text, absolute, borrowed.
     * @param length  in bytes, at least 0.
     * @return its offset (where a sequence is broken off, that of the sequence's first byte), or -1 if all is well-formed.
     */
    int firstInvalid(long address, int length);
}
