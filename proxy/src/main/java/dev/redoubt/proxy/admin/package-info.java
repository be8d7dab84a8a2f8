/** HTTP for people and monitoring: health and metrics. Never on a lane's thread. */
@NullMarked
package dev.redoubt.proxy.admin;

import org.jspecify.annotations.NullMarked;
