/** From a host name to its addresses, off the lane. docs/decisions says why not the JDK's resolver alone. */
@NullMarked
package dev.redoubt.proxy.resolver;

import org.jspecify.annotations.NullMarked;
