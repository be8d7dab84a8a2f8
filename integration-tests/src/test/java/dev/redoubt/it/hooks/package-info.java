/** The Java agent in JVMs of their own, before a real Redis. */
package dev.redoubt.it.hooks;
