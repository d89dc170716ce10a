package io.envcli.simd;

import org.junit.jupiter.api.Test;

import java.util.HexFormat;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
}
