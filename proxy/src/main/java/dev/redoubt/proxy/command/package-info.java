/**
 * The command table and what is decided from it: where a command goes, which keys it touches, whether Redis would refuse
 * it, and what may happen to it when it is in doubt. Everything here is immutable or a pure function.
 */
@NullMarked
package dev.redoubt.proxy.command;

import org.jspecify.annotations.NullMarked;
