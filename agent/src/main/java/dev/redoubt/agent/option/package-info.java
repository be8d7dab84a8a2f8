/** What the agent is told: settings, where they may come from, and what is wrong with them. */
package dev.redoubt.agent.option;
