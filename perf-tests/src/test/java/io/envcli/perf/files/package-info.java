@NullMarked
package io.envcli.perf.files;

import org.jspecify.annotations.NullMarked;
