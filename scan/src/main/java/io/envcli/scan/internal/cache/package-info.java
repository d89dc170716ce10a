/**
 * What the last scan of a tree found, file by file, so that the next one reads only what has changed. A
 * {@link io.envcli.scan.internal.cache.ResultCache} is one file in a folder of the user's: a checksummed header, then
 * {@link io.envcli.scan.internal.cache.Records}, which say of a file as it was, by device, inode, size and times, what
 * {@link io.envcli.scan.internal.cache.FileResult} it had. Whatever is odd about it counts as if it were not there.
 */
@NullMarked
package io.envcli.scan.internal.cache;

import org.jspecify.annotations.NullMarked;
