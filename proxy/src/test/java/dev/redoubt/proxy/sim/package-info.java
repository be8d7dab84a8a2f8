/**
 * A deterministic simulation: the production classes of the data plane between simulated clients and a model of Redis, over simulated connections and in simulated time. One seed decides everything that happens.
 */
@NullMarked
package dev.redoubt.proxy.sim;

import org.jspecify.annotations.NullMarked;
