@NullMarked
package io.envcli.perf.peers;

import org.jspecify.annotations.NullMarked;
