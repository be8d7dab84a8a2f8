package dev.redoubt.proxy.config;

import java.time.Duration;

/**
 * What a client of one kind may leave unread, as Redis's {@code client-output-buffer-limit} has it. Immutable.
 *
 * @param hardBytes beyond that it is cut off; 0 is no limit
 * @param softBytes beyond that it is cut off when it stays there; 0 is no limit
 * @param softFor for how long
 */
public record OutputBufferLimit(long hardBytes, long softBytes, Duration softFor) {
    /** None at all. */
    public static final OutputBufferLimit NONE = new OutputBufferLimit(0, 0, Duration.ZERO);

    public OutputBufferLimit {
        Require.notNegative("hardBytes", hardBytes);
        Require.notNegative("softBytes", softBytes);
    }
}
