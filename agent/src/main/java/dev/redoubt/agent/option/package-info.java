/** What the agent is told: settings, where they may come from, and what is wrong with them. */
@NullMarked
package dev.redoubt.agent.option;

import org.jspecify.annotations.NullMarked;
