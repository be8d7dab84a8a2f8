/** Scripts around locks, recognised by what they say: compare and delete, compare and expire, and their relatives. */
@NullMarked
package dev.redoubt.proxy.lockscript;

import org.jspecify.annotations.NullMarked;
