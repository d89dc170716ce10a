/**
 * Memory outside the heap: who owns it, how it is laid out, and the hash index.
 *
 * <p>A {@link io.envcli.offheap.Region} is a run of memory with one owner and an explicit close. A
 * {@link io.envcli.offheap.Slab} is a flyweight over part of one: source text and its
 * {@link io.envcli.offheap.VariableTable}, the unit that moves through the pipeline. Layouts live in descriptor classes,
 * one per format, and nowhere else.
 */
@NullMarked
package io.envcli.offheap;

import org.jspecify.annotations.NullMarked;
