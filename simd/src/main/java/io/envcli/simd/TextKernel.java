package io.envcli.simd;

/**
 * Classifies text, 64 bytes to a word, so that a parser walks bits instead of bytes.
 *
 * <p>Threading: stateless, any thread.
 */
public interface TextKernel {
    /** How far past the end of the text a kernel may read, in bytes. */
    int OVER_READ = 64;

    /**
     * Writes three bitmaps. Bit {@code i % 64} of little-endian word {@code i / 64} speaks of byte {@code i}; bits past
     * the length are 0. Each bitmap is {@code ceil(length / 64)} words of 8 bytes, at any alignment.
     *
     * @param address     of the text, absolute, borrowed; up to {@link #OVER_READ} bytes past its end may be read.
     * @param length      in bytes, at least 0.
     * @param newlineBits where to write: LF or CR.
     * @param notNameBits where to write: not one of {@code [A-Za-z0-9_.-]}.
     * @param hardBits    where to write: below 0x20, 0x7F and above, space, or one of {@code " ' ` # \}.
     */
    void bitmaps(long address, int length, long newlineBits, long notNameBits, long hardBits);
}
