/** The agent's own lines. */
package dev.redoubt.agent.log;
