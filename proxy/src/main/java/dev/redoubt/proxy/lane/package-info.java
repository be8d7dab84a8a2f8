/** One event loop with its clock, chance and end-of-turn work: the thread that sessions and upstream connections share. */
@NullMarked
package dev.redoubt.proxy.lane;

import org.jspecify.annotations.NullMarked;
