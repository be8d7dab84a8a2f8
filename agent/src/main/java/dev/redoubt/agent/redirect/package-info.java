/** Where connections go instead of where the application sends them. */
@NullMarked
package dev.redoubt.agent.redirect;

import org.jspecify.annotations.NullMarked;
