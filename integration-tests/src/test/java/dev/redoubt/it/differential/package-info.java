/** The differential test: what many clients say, said to a Redis and through the proxy to another one. The replies must be the same. */
package dev.redoubt.it.differential;
