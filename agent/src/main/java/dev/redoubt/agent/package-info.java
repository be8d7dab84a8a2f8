/** The optional Java agent. Empty for now. */
package dev.redoubt.agent;
