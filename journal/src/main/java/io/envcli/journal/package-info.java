/**
 * The journal: sealed frames in Chronicle Queues, the one place where values live.
 *
 * <p>A {@link io.envcli.journal.JournalWriter} holds the store's {@link io.envcli.journal.StoreLock} and appends frames:
 * batches of changes sealed in blocks of a few KiB, and commits, which make versions; a frame may hold both. One Chronicle
 * document is one frame. A {@link io.envcli.journal.JournalReader} replays them in order and proves them whole; a
 * {@link io.envcli.journal.BlockReader} opens the one block that a {@link io.envcli.journal.Location} points into, a
 * {@link io.envcli.journal.CommitReader} the one commit; a
 * {@link io.envcli.journal.JournalVerifier} reads everything and lists what is wrong. None of the four opens a
 * Chronicle Queue: they read the queue's files with {@code SegmentWalker}.
 *
 * <p>{@link io.envcli.journal.Resealing} writes a whole journal once more, under another {@link io.envcli.journal.UserKey}.
 *
 * <p>Every format has one descriptor class: {@code FrameDescriptor}, {@code BlockDescriptor}, {@code SegmentDescriptor},
 * {@code CommitDescriptor}, {@code LockDescriptor}, {@code CheckpointDescriptor}, {@code QueueFileDescriptor}. Chronicle
 * types are used in {@code SegmentQueue} alone.
 */
@NullMarked
package io.envcli.journal;

import org.jspecify.annotations.NullMarked;
