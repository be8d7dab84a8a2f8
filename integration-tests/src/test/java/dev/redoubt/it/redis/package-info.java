/** The real Redis and the proxy as processes that tests start, stop, kill and pause, and a plain client to talk to both. */
package dev.redoubt.it.redis;
