/** Whether generated trees and timed searches are what they say. */
@NullMarked
package io.envcli.perf.scan;

import org.jspecify.annotations.NullMarked;
