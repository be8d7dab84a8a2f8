/** How lines are logged: their format, their level at run time, and few lines for much trouble. */
@NullMarked
package dev.redoubt.proxy.log;

import org.jspecify.annotations.NullMarked;
