package io.envcli.journal;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Finds out whose a damaged journal is: what its frames say, if the key opens one of them. */
final class SalvagedStoreId {
    /** Frames that are tried with the key before it is called the wrong one. */
    private static final int TRIED = 64;

    private SalvagedStoreId() {}

    static byte[] of(final Path store, final UserKey key) throws IOException {
        final Path journal = StoreFolders.journal(store);
        @Nullable
        Path sealed = null;
        for (final int segment : StoreFolders.segments(journal)) {
            final Path file = StoreFolders.queueFile(StoreFolders.segment(journal, segment));
            if (!Files.exists(file)) {
                continue;
            }
            try (SegmentWalker walker = new SegmentWalker(file)) {
                long at = walker.findFrame(0, Long.MAX_VALUE, _ -> true);
                for (int tried = 0; at >= 0 && tried < TRIED; tried++) {
                    if (walker.isWholeFrame(at)) {
                        sealed = file;
                        final FrameHeader header = new FrameHeader().wrap(walker.buffer(), walker.offset());
                        if (header.blockProblem() == null && key.choose(one -> opens(header, one))) {
                            return header.storeId();
                        }
                    }
                    at = walker.findFrame(at + 4, Long.MAX_VALUE, _ -> true);
                }
            }
        }
        if (sealed != null) {
            throw new WrongKeyException(sealed);
        }
        throw new NotAJournalException(store + ": no frame of a journal is whole here; nothing can be saved");
    }

    private static boolean opens(final FrameHeader header, final UserKey key) {
        final byte[] storeId = header.storeId();
        try (StoreKeys keys = StoreKeys.derive(key, storeId); BlockCipher cipher = new BlockCipher()) {
            cipher.keys(keys);
            return cipher.open(header.buffer(), header.offset(), header.buffer(),
                    header.clearOffset() + header.clearLength());
        }
    }
}
