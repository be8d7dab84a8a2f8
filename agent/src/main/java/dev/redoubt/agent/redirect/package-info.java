/** Where connections go instead of where the application sends them. */
package dev.redoubt.agent.redirect;
