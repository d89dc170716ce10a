package io.envcli.journal;

import io.envcli.offheap.Owner;
import io.envcli.offheap.Region;
import io.envcli.offheap.testing.LeakCheck;
import org.agrona.UnsafeApi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

/** The bytes of each format, pinned. */
@ExtendWith(LeakCheck.class)
class FormatTest {
    private static final HexFormat HEX = HexFormat.of();
    private static final byte[] STORE_ID = HEX.parseHex("a0a1a2a3a4a5a6a7a8a9aaabacadaeaf");
    private static final byte[] SALT = HEX.parseHex("5a".repeat(32));

    /** Two changes in one section: N=v set on line 5, XY unset on line 3. */
    private static final String PLAINTEXT = "80" + "07" + "02" + hex("pr") + "01" + hex("s") + "40" + "0a" + "01" + "01"
            + hex("N") + hex("v") + "000102030405060708090a0b0c0d0e0f" + "01" + "03" + "02" + hex("XY");
    private static final String HEADER = "45434a46" + "0100" + "02" + "00" + "a0a1a2a3a4a5a6a7a8a9aaabacadaeaf"
            + "09000000" + "b0000000" + "1100000000000000" + "0f27000000000000" + "02000000" + "01000000"
            + "0000000000000000" + "5a".repeat(32) + "00000000";
    private static final String SEGMENT_TAG = "e8be58d8965e9db65cef6e6402611861";
    private static final String PREFIX = "32000000" + "6c000000" + "00000000" + "02000000";

    @Test
    void aFrameOfChanges() throws GeneralSecurityException {
        final FrameBuilder frame = new FrameBuilder(4096, 4096);
        frame.begin(0);
        frame.section("pr".getBytes(StandardCharsets.UTF_8), "s".getBytes(StandardCharsets.UTF_8), (byte) 7);
        try (Region memory = Region.allocate(Owner.TEST, 64)) {
            final byte[] bytes = HEX.parseHex("000102030405060708090a0b0c0d0e0f" + hex("NvXY"));
            for (int i = 0; i < bytes.length; i++) {
                UnsafeApi.putByte(memory.address() + i, bytes[i]);
            }
            final long a = memory.address();
            assertEquals(Location.of(0, 108, 0), frame.add(0x40, 5, a + 16, 1, a + 17, 1, a));
            assertEquals(Location.of(0, 108, 1), frame.add(Change.UNSET, 3, a + 18, 2, 0, 99, 0));
        }
        frame.finish();
        assertEquals(PLAINTEXT, HEX.formatHex(frame.buffer(), 124, 124 + PLAINTEXT.length() / 2));
        try (UserKey user = TestJournal.key(1);
                StoreKeys keys = StoreKeys.derive(user, STORE_ID);
                FrameSealer sealer = new FrameSealer(keys, SALT)) {
            sealer.header(frame, FrameDescriptor.CHANGES, 9, 17, 9999);
            sealer.seal(frame);
            assertEquals(176, frame.length());
            assertEquals(HEADER, HEX.formatHex(frame.buffer(), 0, FrameDescriptor.SEALED_LENGTH));
            assertEquals(PREFIX, HEX.formatHex(frame.buffer(), 108, 124));
            assertEquals(crc(frame.buffer(), 108, 176), LittleEndian.getInt(frame.buffer(), 100));
            assertEquals(crc(frame.buffer(), 0, 104), LittleEndian.getInt(frame.buffer(), 104));
            final FrameHeader header = new FrameHeader().wrap(frame.buffer(), 0);
            assertNull(header.problem());
            assertNull(header.blockProblem());
            assertArrayEquals(openByHand(keys, frame.buffer()), HEX.parseHex(PLAINTEXT));
        }
    }

    /** One change in one section, N=v unset on line 5, and the commit's words. */
    @Test
    void aWholeTransaction() throws GeneralSecurityException {
        final FrameBuilder frame = new FrameBuilder(4096, 4096);
        frame.begin(CommitDescriptor.LENGTH);
        frame.section("pr".getBytes(StandardCharsets.UTF_8), new byte[0], (byte) 0);
        try (Region memory = Region.allocate(Owner.TEST, 64)) {
            UnsafeApi.putByte(memory.address(), (byte) 'N');
            assertEquals(Location.of(0, 220, 0), frame.add(Change.UNSET, 5, memory.address(), 1, 0, 0, 0));
        }
        final CommitWords words = new CommitWords();
        final int length = words.encode(new CommitInfo(1, 1, "put", "me", "here"));
        assertEquals("0300" + hex("put") + "0200" + hex("me") + "0400" + hex("here"),
                HEX.formatHex(words.bytes(), 0, length));
        frame.addCommit(words.bytes(), length);
        final String plaintext = "80" + "00" + "02" + hex("pr") + "00" + "01" + "0a" + "01" + hex("N") + "81" + "0300"
                + hex("put") + "0200" + hex("me") + "0400" + hex("here") + "0f000000";
        assertEquals(plaintext, HEX.formatHex(frame.buffer(), 236, 236 + plaintext.length() / 2));
        try (UserKey user = TestJournal.key(1);
                StoreKeys keys = StoreKeys.derive(user, STORE_ID);
                FrameSealer sealer = new FrameSealer(keys, SALT)) {
            sealer.header(frame, FrameDescriptor.WHOLE, 9, 17, 9999);
            sealer.seal(frame);
            assertEquals("45434a46" + "0200" + "04" + "00", HEX.formatHex(frame.buffer(), 0, 8));
            assertEquals("70000000", HEX.formatHex(frame.buffer(), 96, 100));
            final FrameHeader header = new FrameHeader().wrap(frame.buffer(), 0);
            assertNull(header.problem());
            assertNull(header.blockProblem());
            assertEquals(220, header.lastBlockOffset());
            final Cipher cipher = cipher(keys);
            cipher.updateAAD(frame.buffer(), 0, 100);
            cipher.updateAAD(frame.buffer(), 108, 112 + 16);
            assertEquals(plaintext, HEX.formatHex(
                    cipher.doFinal(frame.buffer(), 236, LittleEndian.getInt(frame.buffer(), 220))));
        }
    }

    /** A kind says its version: an env-cli that does not know the kind sees a version that it does not know. */
    @Test
    void aKindOfAnotherVersionIsDamage() {
        final FrameBuilder frame = new FrameBuilder(4096, 4096);
        for (final int kind : new int[]{FrameDescriptor.SEGMENT, FrameDescriptor.COMMIT, FrameDescriptor.WHOLE}) {
            frame.begin(kind == FrameDescriptor.SEGMENT ? SegmentDescriptor.LENGTH : CommitDescriptor.LENGTH);
            frame.addBlock(new byte[0], 0);
            try (UserKey user = TestJournal.key(1);
                    StoreKeys keys = StoreKeys.derive(user, STORE_ID);
                    FrameSealer sealer = new FrameSealer(keys, SALT)) {
                sealer.header(frame, kind, 1, 0, 0);
                sealer.seal(frame);
            }
            final FrameHeader header = new FrameHeader().wrap(frame.buffer(), 0);
            assertEquals(kind == FrameDescriptor.WHOLE ? 2 : 1, header.version());
            assertNull(header.problem());
            LittleEndian.putShort(frame.buffer(), FrameDescriptor.VERSION, 3 - header.version());
            LittleEndian.putInt(frame.buffer(), FrameDescriptor.HEADER_CRC, crc(frame.buffer(), 0, 104));
            assertEquals("the frame header contradicts itself", header.problem());
        }
    }

    /** As the descriptors say it, with nothing of ours. */
    private static byte[] openByHand(final StoreKeys keys, final byte[] frame) throws GeneralSecurityException {
        final Cipher cipher = cipher(keys);
        cipher.updateAAD(frame, 0, 100);
        cipher.updateAAD(frame, 108, 16);
        return cipher.doFinal(frame, 124, LittleEndian.getInt(frame, 108));
    }

    private static Cipher cipher(final StoreKeys keys) throws GeneralSecurityException {
        final Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(keys.blockKey(SALT, 0), "AES"),
                new GCMParameterSpec(128, new byte[12]));
        return cipher;
    }

    @Test
    void theSealIsPinned() {
        final FrameBuilder frame = new FrameBuilder(4096, 4096);
        frame.begin(SegmentDescriptor.LENGTH);
        frame.addBlock(new byte[0], 0);
        try (UserKey user = TestJournal.key(1);
                StoreKeys keys = StoreKeys.derive(user, STORE_ID);
                FrameSealer sealer = new FrameSealer(keys, SALT)) {
            sealer.header(frame, FrameDescriptor.SEGMENT, 1, 0, 0);
            sealer.seal(frame);
        }
        assertEquals(212, frame.length());
        assertEquals("10000000b40000000000000000000000", HEX.formatHex(frame.buffer(), 180, 196));
        assertEquals(SEGMENT_TAG, HEX.formatHex(frame.buffer(), 196, 212));
    }

    @Test
    void offsets() {
        assertEquals(List.of(0, 4, 6, 7, 8, 24, 28, 32, 40, 48, 52, 56, 64, 96, 100, 104, 108),
                List.of(FrameDescriptor.MAGIC, FrameDescriptor.VERSION, FrameDescriptor.KIND, FrameDescriptor.RESERVED,
                        FrameDescriptor.STORE_ID, FrameDescriptor.SEGMENT_NUMBER, FrameDescriptor.FRAME_LENGTH,
                        FrameDescriptor.TRANSACTION, FrameDescriptor.FIRST_CHANGE, FrameDescriptor.CHANGE_COUNT,
                        FrameDescriptor.BLOCK_COUNT, FrameDescriptor.FIRST_NONCE, FrameDescriptor.SALT,
                        FrameDescriptor.CLEAR_LENGTH, FrameDescriptor.FRAME_CRC, FrameDescriptor.HEADER_CRC,
                        FrameDescriptor.HEADER_LENGTH));
        assertEquals(List.of(0, 8, 40, 48, 56, 64, 68, 72),
                List.of(SegmentDescriptor.LAST_VERSION, SegmentDescriptor.CHAIN_HASH,
                        SegmentDescriptor.NEXT_TRANSACTION, SegmentDescriptor.PREVIOUS_END, SegmentDescriptor.TIME,
                        SegmentDescriptor.PREVIOUS_SEGMENT, SegmentDescriptor.PREVIOUS_PAGES,
                        SegmentDescriptor.LENGTH));
        assertEquals(List.of(0, 8, 16, 24, 32, 40, 48, 80, 112),
                List.of(CommitDescriptor.VERSION, CommitDescriptor.FRAME_COUNT, CommitDescriptor.CHANGE_COUNT,
                        CommitDescriptor.VARIABLE_COUNT, CommitDescriptor.TIME, CommitDescriptor.SYNCED_END,
                        CommitDescriptor.TRANSACTION_HASH, CommitDescriptor.CHAIN_HASH, CommitDescriptor.LENGTH));
        assertEquals(List.of(0, 4, 8, 12, 16), List.of(BlockDescriptor.SEALED_LENGTH, BlockDescriptor.DISTANCE,
                BlockDescriptor.INDEX, BlockDescriptor.ROW_COUNT, BlockDescriptor.PREFIX_LENGTH));
    }

    @Test
    void locations() {
        final long location = Location.of(Location.MAX_SEGMENT, 0xFFFF_FFFCL, 1023);
        assertEquals(-16L, location);
        assertEquals(Location.MAX_SEGMENT, Location.segment(location));
        assertEquals(0xFFFF_FFFCL, Location.position(location));
        assertEquals(1023, Location.row(location));
        assertEquals(0x0000_1000_0000_8010L, Location.of(1, 8, 1));
        assertEquals(Location.of(5, 1000 + 108, 7), Location.of(5, 1000, 0) + Location.of(0, 108, 7));
        assertEquals(Location.of(5, 1000, 0), Location.block(Location.of(5, 1000, 9)));
    }

    @Test
    void checkpoints() {
        final byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) 0xC4);
        final Checkpoint checkpoint = new Checkpoint(2, 3, 4, 5, Hash.of(bytes, 0), 6, Hash.of(SALT, 0),
                List.of(new OpenTransaction(7, 8, 9, Hash.of(bytes, 0))));
        final byte[] encoded = checkpoint.encode();
        assertEquals("01000000" + "02000000" + "0300000000000000" + "0400000000000000" + "0500000000000000"
                + "0600000000000000" + "c4".repeat(32) + "5a".repeat(32) + "01000000" + "0700000000000000"
                + "0800000000000000" + "0900000000000000" + "c4".repeat(32),
                HEX.formatHex(encoded, 0, encoded.length - 4));
        assertEquals(Optional.of(checkpoint), Checkpoint.decode(Arrays.copyOf(encoded, encoded.length + 100)));
        for (int i = 0; i < encoded.length; i++) {
            final byte[] damaged = encoded.clone();
            damaged[i] ^= 4;
            assertEquals(Optional.empty(), Checkpoint.decode(damaged), "byte " + i);
            assertEquals(Optional.empty(), Checkpoint.decode(Arrays.copyOf(encoded, i)), "length " + i);
        }
    }

    private static int crc(final byte[] bytes, final int from, final int to) {
        final CRC32C crc = new CRC32C();
        crc.update(bytes, from, to - from);
        return (int) crc.getValue();
    }

    private static String hex(final String text) {
        return HEX.formatHex(text.getBytes(StandardCharsets.UTF_8));
    }
}
