/** Puts the agent together and starts it. */
@NullMarked
package dev.redoubt.agent.core;

import org.jspecify.annotations.NullMarked;
