/** RESP2 and RESP3 on the wire: frame boundaries of commands and replies, and the writing of replies. */
@NullMarked
package dev.redoubt.proxy.resp;

import org.jspecify.annotations.NullMarked;
