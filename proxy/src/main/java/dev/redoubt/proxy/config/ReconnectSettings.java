package dev.redoubt.proxy.config;

import java.time.Duration;

/**
 * The waits between attempts to connect: exponential from {@code initial}, at most {@code cap} for the first {@code capFor} of an
 * outage, {@code laterCap} after it. Immutable.
 *
 * @param attempts after so many failures in a row commands are no longer held; 0 is no limit. Attempts go on in the background.
 */
public record ReconnectSettings(Duration initial, Duration cap, Duration capFor, Duration laterCap, int attempts) {
    public ReconnectSettings {
        Require.positive("initial", initial);
        Require.notNegative("capFor", capFor);
        Require.notNegative("attempts", attempts);
        if (initial.compareTo(cap) > 0 || cap.compareTo(laterCap) > 0) {
            throw new IllegalArgumentException(
                    "not initial <= cap <= laterCap: " + initial + ", " + cap + ", " + laterCap);
        }
    }
}
