/** What the proxy and the agent share. Java 8, no third-party dependencies. */
package dev.redoubt.common;
