/** Puts the agent together and starts it. */
package dev.redoubt.agent.core;
