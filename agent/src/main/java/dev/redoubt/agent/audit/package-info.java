/**
 * Which lines of the application make Redis clients, and what becomes of those: counted, reported, sent to the proxy. Only the JDK is
 * used, as whatever else the agent brought along would be loaded into the application.
 */
package dev.redoubt.agent.audit;
