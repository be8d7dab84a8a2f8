/** The log of accepted commands of one upstream connection: backlog, in-flight queue and replay buffer in one. */
@NullMarked
package dev.redoubt.proxy.backlog;

import org.jspecify.annotations.NullMarked;
