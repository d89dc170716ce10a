package io.envcli.simd;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.HexFormat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

final class SipHashTest {
    @Test
    void givesThePublishedHashesAtEveryAlignment() {
        final SipHash hash = new SipHash(0x0706050403020100L, 0x0F0E0D0C0B0A0908L);
        try (Native memory = new Native(256)) {
            for (final TestData.Published published : TestData.published("siphash-128.txt")) {
                final byte[] input = new byte[published.length()];
                for (int i = 0; i < input.length; i++) {
                    input[i] = (byte) i;
                }
                for (int offset = 0; offset < 8; offset++) {
                    final long address = memory.write(offset, input);
                    hash.hash(address, input.length, memory.address() + 128 + offset);
                    assertEquals(published.hash(), HexFormat.of().formatHex(memory.read(128 + offset, 16)));
                }
            }
        }
    }

    @Test
    void hashesAPartOfAnArrayAsItDoesMemory() {
        final SipHash hash = new SipHash(0x0706050403020100L, 0x0F0E0D0C0B0A0908L);
        try (Native memory = new Native(64)) {
            for (final TestData.Published published : TestData.published("siphash-128.txt")) {
                for (int offset = 0; offset < 9; offset++) {
                    final byte[] around = new byte[offset + published.length() + 9];
                    Arrays.fill(around, (byte) 0xA5);
                    for (int i = 0; i < published.length(); i++) {
                        around[offset + i] = (byte) i;
                    }
                    hash.hash(around, offset, published.length(), memory.address());
                    assertEquals(published.hash(), HexFormat.of().formatHex(memory.read(0, 16)));
                }
            }
            assertThrows(IndexOutOfBoundsException.class, () -> hash.hash(new byte[8], 1, 8, memory.address()));
            assertThrows(IndexOutOfBoundsException.class, () -> hash.hash(new byte[8], -1, 2, memory.address()));
        }
    }
}
