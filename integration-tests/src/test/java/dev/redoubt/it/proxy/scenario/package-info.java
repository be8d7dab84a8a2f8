/** What an application does with a client library, in classes that an {@code IsolatedLibrary} loads anew beside each version of it. */
package dev.redoubt.it.proxy.scenario;
