/** The files of Unix sockets: made sure to be ours before they are listened on, and given to whom they are meant for. */
@NullMarked
package dev.redoubt.proxy.listen;

import org.jspecify.annotations.NullMarked;
