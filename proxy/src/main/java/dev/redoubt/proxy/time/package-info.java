/** The one source of time, injected everywhere. */
@NullMarked
package dev.redoubt.proxy.time;

import org.jspecify.annotations.NullMarked;
