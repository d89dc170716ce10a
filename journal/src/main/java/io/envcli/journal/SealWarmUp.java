package io.envcli.journal;

/** Has the code that seals compiled before it is needed. See {@link JournalWriter#warmUp()}. */
final class SealWarmUp {
    /** Enough for the last compiler, as measured, which the JVM's flags have take the cipher up early. */
    private static final int BLOCKS = 100;
    private static final int BLOCK_LENGTH = 16 << 10;

    private SealWarmUp() {}

    static void run() {
        final byte[] nothing = new byte[BLOCK_LENGTH];
        final FrameBuilder frame = new FrameBuilder(BLOCK_LENGTH, 2 * BLOCK_LENGTH);
        // Under a key of its own: no key that matters meets a nonce here.
        try (UserKey key = UserKey.of(new byte[UserKey.LENGTH]);
                StoreKeys keys = StoreKeys.derive(key, new byte[FrameDescriptor.STORE_ID_LENGTH]);
                FrameSealer sealer = new FrameSealer(keys)) {
            for (int i = 0; i < BLOCKS; i++) {
                frame.begin(0);
                frame.addBlock(nothing, BLOCK_LENGTH);
                sealer.header(frame, FrameDescriptor.CHANGES, 1, 1, 0);
                sealer.seal(frame);
            }
        }
    }
}
