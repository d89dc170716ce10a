package io.envcli.simd;

import io.envcli.simd.internal.Memory;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Sample data, and a contest over it for each kernel. It has something of everything, and in likely proportions: a branch
 * never taken here would be compiled away, and the first real datum that takes it would throw the kernel back to the
 * interpreter, where vectors crawl.
 *
 * <p>Threading: one thread. Owns native memory until closed.
 */
final class WarmUpSample implements AutoCloseable {
    private static final String LINES = """
            # database
            DATABASE_URL=postgres://app:secret@db.internal:5432/app?sslmode=require
            export CACHE_TTL_SECONDS=3600
            GREETING="Grüße, 世界 \uD83D\uDE00"
            PATH_TO\\KEY='/etc/keys/app.pem'\r
            api.key-id=`cat /run/id`\t!
            REDIS_HOST=cache-01.eu-central-1.internal.example.com
            REDIS_PORT=6379
            AWS_REGION=eu-central-1
            S3_BUCKET=example-production-artifacts
            SMTP_URL=smtp://mailer:password@mail.internal.example.com:587
            SESSION_SECRET=4f1d2c3b5a697887968574635241302f1e0d9c8b7a6958473625140392817065
            LOG_LEVEL=info
            WORKER_CONCURRENCY=16
            SENTRY_DSN=https://0123456789abcdef@errors.example.com/42
            PUBLIC_BASE_URL=https://www.example.com/
            JWT_ISSUER=https://login.example.com/realms/production
            FEATURE_FLAGS=search,billing,reports,notifications,exports,imports,dashboards,integrations
            """;
    /** More than a page, so that inputs lie across the edges of pages. */
    private static final int TEXT_LENGTH = 12_345;
    private static final int WORDS_LENGTH = (TEXT_LENGTH / Long.SIZE + 1) * Long.BYTES;
    /** Many short calls rather than a long one: that would be replaced in its loop, leaving every new call slow at first. */
    private static final int CALL_LENGTH = 640;
    private static final int INPUTS = 400;
    private static final int OUTPUTS_LENGTH = INPUTS * Blake3.HASH_LENGTH;
    /** Lengths of inputs in turn: mostly values of a block or two, some of none, some of many, some of more than a chunk. */
    private static final int[] LENGTHS = {5, 32, 64, 0, 40, 71, 17, 128, 64, 23, 9, 130, 60, 300, 33, 12, 45, 100, 27,
        700,
        1_024, 16, 55, 1_025, 8, 38, 64, 2_500};

    /** Lengths of names in turn; one is too long for the lanes. */
    private static final int[] NAME_LENGTHS = {12, 9, 17, 23, 8, 31, 5, 14, 20, 11, 1, 16, 26, 44, 13, 70, 7, 19, 63};

    /** Rare ones, and one that is frequent. */
    private static final List<BytePairs> PAIRS = List.of(new BytePairs('n' | 'v' << 8),
            new BytePairs('g' | 'f' << 8, 'd' | 'y' << 8, 'Q' | 'Q' << 8),
            new BytePairs('$' | -1 << 8, 'n' | 'v' << 8));

    private final Kernels vector;
    private final long text = Memory.allocate(TEXT_LENGTH + PairKernel.OVER_READ);
    private final long scalarOutput = Memory.allocate(Math.max(3 * WORDS_LENGTH, OUTPUTS_LENGTH));
    private final long vectorOutput = Memory.allocate(Math.max(3 * WORDS_LENGTH, OUTPUTS_LENGTH));
    private int scalarAnswer;
    private int vectorAnswer;

    WarmUpSample(final Kernels vector) {
        this.vector = vector;
        final byte[] lines = LINES.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < TEXT_LENGTH + PairKernel.OVER_READ; i++) {
            Memory.putByte(text + i, lines[i % lines.length]);
        }
    }

    Contest text() {
        return new Contest(() -> bitmaps(Kernels.scalar(), scalarOutput), () -> bitmaps(vector, vectorOutput),
                () -> same(3 * WORDS_LENGTH));
    }

    private void bitmaps(final Kernels kernels, final long output) {
        for (int from = 0; from < TEXT_LENGTH; from += CALL_LENGTH) {
            final long at = output + from / Byte.SIZE;
            kernels.text().bitmaps(text + from, Math.min(CALL_LENGTH, TEXT_LENGTH - from), at, at + WORDS_LENGTH,
                    at + 2 * WORDS_LENGTH);
        }
    }

    Contest utf8() {
        return new Contest(() -> scalarAnswer = check(Kernels.scalar()), () -> vectorAnswer = check(vector),
                () -> scalarAnswer == vectorAnswer);
    }

    /** A call may begin or end within a character, so the answers differ; all of them go into one number. */
    private int check(final Kernels kernels) {
        int answer = 0;
        for (int from = 0; from < TEXT_LENGTH; from += CALL_LENGTH) {
            answer = 31 * answer
                    + kernels.utf8().firstInvalid(text + from, Math.min(CALL_LENGTH, TEXT_LENGTH - from));
        }
        return answer;
    }

    Contest pairs() {
        return new Contest(() -> scalarAnswer = find(Kernels.scalar()), () -> vectorAnswer = find(vector),
                () -> scalarAnswer == vectorAnswer);
    }

    private int find(final Kernels kernels) {
        int answer = 0;
        for (final BytePairs pairs : PAIRS) {
            for (int from = 0; from < TEXT_LENGTH; from += CALL_LENGTH) {
                final int length = Math.min(CALL_LENGTH, TEXT_LENGTH - from);
                int at = kernels.pairs().find(pairs, text + from, length, 0);
                while (at < length) {
                    answer = 31 * answer + at;
                    at = kernels.pairs().find(pairs, text + from, length, at + 1);
                }
            }
        }
        return answer;
    }

    Contest lanes() {
        final byte[] key = new byte[Blake3.KEY_LENGTH];
        try (Blake3Lanes scalarLanes = new Blake3Lanes(key, Kernels.scalar());
                Blake3Lanes vectorLanes = new Blake3Lanes(key, vector)) {
            return new Contest(() -> hash(scalarLanes, scalarOutput), () -> hash(vectorLanes, vectorOutput),
                    () -> same(OUTPUTS_LENGTH));
        }
    }

    private void hash(final Blake3Lanes lanes, final long output) {
        int offset = 0;
        for (int i = 0; i < INPUTS; i++) {
            final int length = LENGTHS[i % LENGTHS.length];
            if (offset + length > TEXT_LENGTH) {
                offset = i & 7;
            }
            lanes.add(text + offset, length, output + (long) i * Blake3.HASH_LENGTH);
            offset += length;
        }
        lanes.flush();
    }

    Contest sip() {
        final SipHash hash = new SipHash(0, 0);
        final SipHashLanes scalarLanes = new SipHashLanes(hash, Kernels.scalar());
        final SipHashLanes vectorLanes = new SipHashLanes(hash, vector);
        return new Contest(() -> hash(scalarLanes, scalarOutput), () -> hash(vectorLanes, vectorOutput),
                () -> same(OUTPUTS_LENGTH));
    }

    private void hash(final SipHashLanes lanes, final long output) {
        for (int i = 0; i < INPUTS; i++) {
            // Spread over several pages, so that some lie at the end of one.
            lanes.add(text + 29L * i, NAME_LENGTHS[i % NAME_LENGTHS.length], output + (long) i * SipHash.HASH_LENGTH);
        }
        lanes.flush();
    }

    private boolean same(final int length) {
        boolean same = true;
        for (int i = 0; i < length; i += Long.BYTES) {
            same &= Memory.getLong(scalarOutput + i) == Memory.getLong(vectorOutput + i);
        }
        return same;
    }

    @Override
    public void close() {
        Memory.free(text);
        Memory.free(scalarOutput);
        Memory.free(vectorOutput);
    }
}
