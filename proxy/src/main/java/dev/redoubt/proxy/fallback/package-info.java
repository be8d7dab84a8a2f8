/**
 * Answers while Redis is away: known values fed by the flight recorder, the journal of acknowledged writes, and the way
 * back to Redis.
 */
@NullMarked
package dev.redoubt.proxy.fallback;

import org.jspecify.annotations.NullMarked;
