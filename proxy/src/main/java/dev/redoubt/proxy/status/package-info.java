/** What the proxy says about itself: states, counters and gauges, as immutable snapshots that leave the lane. */
@NullMarked
package dev.redoubt.proxy.status;

import org.jspecify.annotations.NullMarked;
