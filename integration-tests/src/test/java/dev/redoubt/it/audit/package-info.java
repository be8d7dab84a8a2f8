/** What the Java agent finds out about a real application, and where it tells that. */
package dev.redoubt.it.audit;
