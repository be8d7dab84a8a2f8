/** What Java agents report about their applications' Redis clients: read, checked, kept for a while. Never on a lane's thread. */
@NullMarked
package dev.redoubt.proxy.agentreport;

import org.jspecify.annotations.NullMarked;
