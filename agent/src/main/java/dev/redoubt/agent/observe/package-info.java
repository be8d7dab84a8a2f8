/** What the hooks tell about the clients that an application constructs. */
package dev.redoubt.agent.observe;
