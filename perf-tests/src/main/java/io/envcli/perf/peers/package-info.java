/**
 * Other people's programs on the same generated files, right beside ours: parsers of dotenv text, each in a process of its
 * own that times itself, and Redis with an append-only file as a store that journals. Each peer's work is proved by what it
 * found; one that is absent is skipped with a line. {@code perf-tests/install-peers} installs them.
 */
@NullMarked
package io.envcli.perf.peers;

import org.jspecify.annotations.NullMarked;
