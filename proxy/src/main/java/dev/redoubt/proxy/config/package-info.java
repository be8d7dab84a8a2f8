/**
 * Every setting in one table ({@link dev.redoubt.proxy.config.Setting}), the sources that give them values, and the immutable
 * {@link dev.redoubt.proxy.config.Settings} that the rest of the proxy is built from.
 */
@NullMarked
package dev.redoubt.proxy.config;

import org.jspecify.annotations.NullMarked;
