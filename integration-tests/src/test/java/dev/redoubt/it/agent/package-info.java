/** The Java agent: applications that know nothing of it, with every version of the client libraries, each in a JVM of its own with and without it. */
package dev.redoubt.it.agent;
