/** Redoubt is killed in the middle of outages, with its journal on disk: what it had acknowledged must be in Redis afterwards. */
package dev.redoubt.it.crash;
