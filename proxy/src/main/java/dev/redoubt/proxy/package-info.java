/** The sidecar: wiring and entry point. */
@NullMarked
package dev.redoubt.proxy;

import org.jspecify.annotations.NullMarked;
