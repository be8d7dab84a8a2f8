package dev.redoubt.it.agent;

import dev.redoubt.it.agent.Application.Facts;
import dev.redoubt.it.agent.Application.Outcome;

/**
 * One run of an application, with what the servers counted.
 *
 * @param facts of its JVM, when it had left its clients unclosed
 * @param named connections to the Redis that the application named, until then
 * @param shared connections to the Redis behind the proxy, until then
 * @param sharedOpen how many of these were open then
 * @param namedAtEnd connections to the named Redis in the whole run
 * @param sharedAtEnd connections to the Redis behind the proxy in the whole run
 */
record Measured(
        Outcome outcome, Facts facts, long named, long shared, long sharedOpen, long namedAtEnd, long sharedAtEnd) {}
