/** A file that keeps the newest state of each key through crashes: appended to, checked when read, cut where it is damaged. Knows nothing of Redis. */
@NullMarked
package dev.redoubt.proxy.journalfile;

import org.jspecify.annotations.NullMarked;
