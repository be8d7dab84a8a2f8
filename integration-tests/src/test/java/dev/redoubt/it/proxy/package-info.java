/** The promises of the proxy, each shown by the jar in its own process, a real Redis and real clients. */
package dev.redoubt.it.proxy;
