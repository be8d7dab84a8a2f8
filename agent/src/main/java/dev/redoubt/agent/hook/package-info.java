/** Finds the classes of Redis clients, changes their methods, and answers what the changed methods ask. */
@NullMarked
package dev.redoubt.agent.hook;

import org.jspecify.annotations.NullMarked;
