/** What the hooks tell about the clients that an application constructs. */
@NullMarked
package dev.redoubt.agent.observe;

import org.jspecify.annotations.NullMarked;
