/** The Java agent: brings the Redis clients of an application to the proxy. What is here is what the application's class loader can see. */
package dev.redoubt.agent;
