/** Finds the classes of Redis clients, changes their methods, and answers what the changed methods ask. */
package dev.redoubt.agent.hook;
