package io.envcli.offheap;

import io.envcli.offheap.testing.LeakCheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** Pins the file format byte by byte: whoever changes one of these must change the format's version. */
@ExtendWith(LeakCheck.class)
class HashIndexDescriptorTest {
    @TempDir
    private Path folder;

    @Test
    void goldenBytes() throws IOException {
        final Path file = folder.resolve("golden");
        try (Names names = new Names();
                HashIndex index = HashIndex.create(file, 3, HashIndexTest.STORE, HashIndexTest.BOOT, 5, 2)) {
            final int environment = index.environment(names.hash(1), 0x0102030405060700L);
            final int first = index.transaction(0x1111);
            index.upsert(environment, names.hash(2), names.fingerprint(3), first, 0x2220, 0);
            index.commit(first, 1, 0x3330, 0x4444);
            final int second = index.transaction(0x1112);
            index.upsert(environment, names.hash(2), names.fingerprint(0), second, 0x2230, VariableTable.UNSET);
            index.applied(0x0A0B, 0x0C0D);
        }
        final byte[] bytes = Files.readAllBytes(file);
        assertEquals(4096 + 64 + 256 + 128, bytes.length);
        assertEquals(GOLDEN.replaceAll("//.*|\\s", ""), dump(bytes).replaceAll("\\s", ""), () -> dump(bytes));
    }

    /** All words that are not zero, by offset. */
    private static String dump(final byte[] bytes) {
        final StringBuilder dump = new StringBuilder();
        for (int i = 0; i < bytes.length; i += Long.BYTES) {
            final String word = HexFormat.of().formatHex(bytes, i, i + Long.BYTES);
            if (!"0000000000000000".equals(word)) {
                dump.append(i).append(' ').append(word).append('\n');
            }
        }
        return dump.toString();
    }

    private static final String GOLDEN = """
            // header, immutable
            0 454e56494e444558 // magic
            8 0100000000000000 // format version
            16 3031323334353637 // store id
            24 3839616263646566
            32 0300000000000000 // generation
            40 0100000000000000 // buckets
            48 0500000000000000 // entries
            56 0200000000000000 // versions
            64 0010000000000000 // buckets offset
            72 4010000000000000 // entries offset
            80 4011000000000000 // versions offset
            88 c011000000000000 // file length
            120 3d4c1e2f00000000 // CRC32C
            // header, mutable: numbers with 24 bits of check
            128 0100000000d3c4f1 // last version
            136 000000000075ea5c // superseded
            144 00000000000923d5 // dirty
            152 01000000002ce5da // newest environment
            192 03000000009ea9d3 // entries
            200 0100000000358305 // environments
            208 010000000015e242 // variables, as of the last commit
            216 0200000000d327f8 // transactions
            224 626f6f742d626f6f // boot id
            232 742d626f6f742d62
            240 0b0a000000000000 // applied
            248 0d0c000000000000
            256 db0376a5c29a4fb2
            // bucket 0: two slots, the second one leads to the unset
            4096 fdad85ae02000000
            4104 e27d0df601000000
            4112 3008c18503000000
            // entry 1, an environment
            4160 a5498939ec5db0ff // name hash
            4176 02000000d7e3a5c4 // newest variable
            4184 010000009023d851 // variables ever
            4192 0e07060504030201 // location, ENVIRONMENT | FIRST | ORDERED
            4200 00000000c1b2414e // link, check
            // entry 2, a setting
            4208 fcf38c5e10218b19
            4216 0100000001000000 // environment, ordinal
            4224 f3e781fc797f3d97 // fingerprint
            4232 fcffffffffffffff
            4240 2c22000000000000 // location, FIRST | ORDERED
            4248 0000000093c09ea1
            // entry 3, an unsetting
            4256 fcf38c5e10218b19
            4264 0100000002000000
            4272 89c00975c95dce79
            4280 ffffffffffffffff
            4288 3922000000000000 // location, UNSET | ORDERED
            4296 020000002ba0c964
            // version of transaction 1, committed
            4416 1111000000000000 // transaction
            4424 0100000000288dd4 // version
            4432 3033000000000000 // commit location
            4440 4444000000000000 // time
            4448 d24876ad00000000 // check
            // version of transaction 2, open
            4456 1211000000000000
            4464 0000000000ccce15
            4488 f2573e3300000000
            """;
}
