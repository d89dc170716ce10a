package io.envcli.offheap;

/**
 * Layout of one file of the hash index: one generation of the view.
 *
 * <pre>
 *  0        4096                       64-aligned                  64-aligned
 *  | header | buckets, 64 bytes each … | entries, 48 bytes each …  | versions, 40 bytes each … |
 * </pre>
 *
 * Everything is little-endian and 8-aligned, and every word that readers look at is stored at once: there is no moment at
 * which a reader finds half of something. Nothing in it is a name or a value.
 *
 * <p><b>Header.</b> The immutable part is written before the file gets its name:
 *
 * <pre>
 *  0       8                16                      32           40       44         48       52         56            60
 *  | magic | format version | store id, 16 bytes    | generation | buckets (u32)     | entries (u32)     | versions (u32)
 *  64               72                80                 88            96                                 120     124
 *  | buckets offset | entries offset | versions offset | file length | zero …                             | CRC32C | zero
 * </pre>
 *
 * The mutable part has a cache line for what readers poll, and one for the rest:
 *
 * <pre>
 *  128            136          144     152                  160
 *  | last version | superseded | dirty | newest environment | zero …
 *  192       200            208         216            224          240                     256
 *  | entries | environments | variables | transactions | boot id    | applied a | applied b | check, 8 bytes
 * </pre>
 *
 * All but boot id and applied position are <em>checked words</em>.
 *
 * <p><b>Checked word.</b> A number below 2^40 and a check of it, seeded with what the word is for. Zero is never valid:
 *
 * <pre>
 *  63      40 39                              0
 *  | check    | number                        |
 * </pre>
 *
 * <p><b>Bucket.</b> A cache line: a header word and seven slots, of which the first <i>count</i> are in use.
 *
 * <pre>
 *  0                8        16       24       32       40       48       56       64
 *  | header         | slot 1 | slot 2 | slot 3 | slot 4 | slot 5 | slot 6 | slot 7 |
 *
 *  header: 63   40 39        37 36      35         34     32 31    0      slot: 63    32 31  0
 *          | zero | swing slot | swing  | overflow | count  | check |           | entry | tag  |
 * </pre>
 *
 * The check covers bucket number, header bits and slots in use; zero is never valid, so a zeroed bucket is not an empty
 * one. A slot is added by writing it and then the header. A slot's entry is changed in three stores: the header with
 * <i>swing</i>, which takes that slot's entry out of the check; the slot; the header without it. So the bucket is valid at
 * any instant, also when the writer stops for ever. The tag is the low half of the name hash's second word. <i>Overflow</i>
 * says that probing goes on in the next bucket.
 *
 * <p><b>Entry.</b> Numbered from 1, never changed once written but for an environment's two words:
 *
 * <pre>
 *  0                   8             12                    16                         32                 40     44      48
 *  | name hash, word 0 | environment | transaction ordinal | fingerprint, 16 bytes    | location | flags | link | check |
 *  environment:        | 0           | 0                   | newest u32 and its check | variables u32 and its check
 *  flags, the low four bits of the location: UNSET 1, ENVIRONMENT 2, FIRST 4, ORDERED 8
 * </pre>
 *
 * Link: the variable's entry before this one; of a variable's FIRST entry, the environment's FIRST entry before it; of an
 * environment, the environment before it; 0 ends each chain, and each link is lower than the entry it stands in. ORDERED:
 * when the entry was made, all older entries of the variable were its own transaction's or belonged to ended ones, so none
 * of them can get a higher version. The check covers all but an environment's 16 bytes, and the entry's number.
 *
 * <p><b>Version.</b> One record for each transaction, by ordinal from 1:
 *
 * <pre>
 *  0             8         16                24               32      36     40
 *  | transaction | version | commit location | time, epoch ms | check | zero |
 *  version: a checked word; 0 while open, 2^40 - 1 when abandoned
 * </pre>
 *
 * The version is stored last. Location, time and check mean something only once it is there.
 */
final class HashIndexDescriptor {
    /** "ENVINDEX" read as bytes. */
    static final long MAGIC_VALUE = 0x5845444E49564E45L;
    static final long FORMAT_VERSION_VALUE = 1;

    static final int MAGIC = 0;
    static final int FORMAT_VERSION = MAGIC + Long.BYTES;
    static final int STORE_ID = FORMAT_VERSION + Long.BYTES;
    static final int GENERATION = STORE_ID + 2 * Long.BYTES;
    static final int BUCKETS = GENERATION + Long.BYTES;
    static final int ENTRIES = BUCKETS + Long.BYTES;
    static final int VERSIONS = ENTRIES + Long.BYTES;
    static final int BUCKETS_OFFSET = VERSIONS + Long.BYTES;
    static final int ENTRIES_OFFSET = BUCKETS_OFFSET + Long.BYTES;
    static final int VERSIONS_OFFSET = ENTRIES_OFFSET + Long.BYTES;
    static final int FILE_LENGTH = VERSIONS_OFFSET + Long.BYTES;
    static final int HEADER_CRC = 120;
    static final int IMMUTABLE_LENGTH = 128;

    static final int LAST_VERSION = IMMUTABLE_LENGTH;
    static final int SUPERSEDED = LAST_VERSION + Long.BYTES;
    static final int DIRTY = SUPERSEDED + Long.BYTES;
    static final int NEWEST_ENVIRONMENT = DIRTY + Long.BYTES;
    static final int ENTRY_COUNT = 192;
    static final int ENVIRONMENT_COUNT = ENTRY_COUNT + Long.BYTES;
    static final int VARIABLE_COUNT = ENVIRONMENT_COUNT + Long.BYTES;
    static final int TRANSACTION_COUNT = VARIABLE_COUNT + Long.BYTES;
    static final int BOOT_ID = TRANSACTION_COUNT + Long.BYTES;
    static final int APPLIED_A = BOOT_ID + 2 * Long.BYTES;
    static final int APPLIED_B = APPLIED_A + Long.BYTES;
    static final int APPLIED_CHECK = APPLIED_B + Long.BYTES;
    static final int HEADER_LENGTH = 4096;

    static final int BUCKET_LENGTH = 64;
    static final int SLOTS = 7;
    static final long COUNT_MASK = 7;
    static final long OVERFLOW = 1 << 3;
    static final int SWING_SHIFT = 4;
    static final long SWING = 1L << SWING_SHIFT;
    static final int SWING_SLOT_SHIFT = SWING_SHIFT + 1;

    static final int NAME_HASH = 0;
    static final int OWNERS = NAME_HASH + Long.BYTES;
    static final int FINGERPRINT = OWNERS + Long.BYTES;
    static final int NEWEST_VARIABLE = FINGERPRINT;
    static final int VARIABLES_EVER = NEWEST_VARIABLE + Long.BYTES;
    static final int LOCATION = FINGERPRINT + 2 * Long.BYTES;
    static final int LINK = LOCATION + Long.BYTES;
    static final int ENTRY_LENGTH = LINK + Long.BYTES;

    static final long UNSET = 1;
    static final long ENVIRONMENT = 1 << 1;
    static final long FIRST = 1 << 2;
    static final long ORDERED = 1 << 3;
    static final long FLAGS_MASK = 15;

    static final int TRANSACTION = 0;
    static final int VERSION = TRANSACTION + Long.BYTES;
    static final int COMMIT_LOCATION = VERSION + Long.BYTES;
    static final int TIME = COMMIT_LOCATION + Long.BYTES;
    static final int RECORD_CHECK = TIME + Long.BYTES;
    static final int RECORD_LENGTH = RECORD_CHECK + Long.BYTES;

    /** Checked words hold numbers below this. */
    static final long NUMBER_LIMIT = 1L << 40;
    /** The version of a transaction that will never have one. */
    static final long ABANDONED = NUMBER_LIMIT - 1;

    private HashIndexDescriptor() {}
}
